"""What the environment says of others: accounts elsewhere with which people sign in, and the server that sends mail."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

NEEDED, POSSIBLE = {"id", "name", "server", "client_id"}, {"vouches_for_email"}
ID = re.compile(r"[a-z][a-z0-9-]{0,30}")
THIS_MACHINE = {"127.0.0.1", "::1", "localhost"}
# These let in the accounts of every firm in the world, which say of themselves what e-mail address they have.
OPEN_TO_ALL = ("/common", "/organizations", "/consumers")
SMTP = {"smtp": 587, "smtps": 465}


def sign_in_providers(environment: Mapping[str, str]) -> list[dict[str, Any]]:
    """The providers of ROPEWALK_OIDC as django-allauth wants them, with their secrets.

    Raises ImproperlyConfigured for anything not understood; the message never repeats a secret.
    """
    written = environment.get("ROPEWALK_OIDC", "").strip()
    if not written:
        return []
    try:
        given = json.loads(written)
    except json.JSONDecodeError as problem:
        raise _refused(f"it is not JSON (line {problem.lineno}, column {problem.colno})") from problem
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise _refused('write a list: [{"id": …, "name": …, "server": …, "client_id": …}]')
    if len({one.get("id") for one in given}) != len(given):
        raise _refused("two providers have the same id")
    return [_provider(one, environment) for one in given]


def _provider(one: dict[str, Any], environment: Mapping[str, str]) -> dict[str, Any]:
    missing, unknown = NEEDED - one.keys(), one.keys() - NEEDED - POSSIBLE
    if missing or unknown:
        raise _refused(f"a provider needs {sorted(NEEDED)} and may have {sorted(POSSIBLE)}; it has {sorted(one)}")
    vouches = one.get("vouches_for_email", False)
    if not isinstance(vouches, bool) or not ID.fullmatch(str(one["id"])):
        raise _refused("an id is small letters, digits and hyphens; vouches_for_email is true or false")
    server = urlsplit(str(one["server"]))
    if server.scheme != "https" and server.hostname not in THIS_MACHINE:
        raise _refused(f"the server of {one['id']} must begin with https://")
    if vouches and any(part in server.path for part in OPEN_TO_ALL):
        raise _refused(f"{one['id']} is open to every firm's accounts and cannot vouch for e-mail addresses")
    return {
        "provider_id": one["id"],
        "name": str(one["name"]),
        "client_id": str(one["client_id"]),
        "secret": _secret(str(one["id"]), environment),
        "settings": {"server_url": str(one["server"]).rstrip("/"), "vouches_for_email": vouches},
    }


def _secret(provider: str, environment: Mapping[str, str]) -> str:
    """The secret of a provider: from its own variable, or from the file that another variable names."""
    variable = f"ROPEWALK_OIDC_SECRET_{provider.upper().replace('-', '_')}"
    if environment.get(variable):
        return environment[variable].strip()
    file = environment.get(f"{variable}_FILE")
    try:
        secret = Path(file).read_text(encoding="utf-8").strip() if file else ""
    except OSError as problem:
        raise _refused(f"the file that {variable}_FILE names cannot be read") from problem
    if not secret:
        raise _refused(f"the secret of {provider} is missing: set {variable} or {variable}_FILE")
    return secret


def _refused(why: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"ROPEWALK_OIDC cannot be used: {why}.")


def mail_server(environment: Mapping[str, str]) -> dict[str, Any]:
    """Django's settings for the server of ROPEWALK_SMTP; empty when there is none.

    ``smtp://name:password@host:587`` (STARTTLS), ``smtps://…`` or, for this machine, ``smtp://127.0.0.1:25?plain=1``.
    Raises ImproperlyConfigured; the message does not repeat the address, because it may hold a password.
    """
    written = environment.get("ROPEWALK_SMTP", "").strip()
    if not written:
        return {}
    parts = urlsplit(written)
    plain = parse_qs(parts.query).get("plain") == ["1"]
    if parts.scheme not in SMTP or not parts.hostname or (plain and parts.hostname not in THIS_MACHINE):
        message = (
            "ROPEWALK_SMTP is not an address of a mail server. Write smtp://name:password@host:587 or smtps://…; "
            "?plain=1, without encryption, is for a server on this machine alone."
        )
        raise ImproperlyConfigured(message)
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or SMTP[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp" and not plain,
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }
