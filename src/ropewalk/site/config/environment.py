"""What the settings need from the machine: folders, the database and the secret key. Called from the settings only."""

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from ropewalk.site.foundation.kept_keys import SECRET_LENGTH, kept_key, made_key

DATABASE_FILE = "app.sqlite"
# Seconds to wait while another process writes.
PATIENCE = 20


def data_folder(environment: Mapping[str, str]) -> Path:
    """The reader's own folder for Ropewalk, as the XDG rules place it."""
    base = environment.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "ropewalk"


def switched_on(environment: Mapping[str, str], name: str) -> bool:
    """Whether a yes/no variable says yes."""
    return environment.get(name, "").strip().lower() in {"1", "yes", "true", "on"}


def switched_off(environment: Mapping[str, str], name: str) -> bool:
    """Whether a yes/no variable says no; anything else, a slip of the pen included, is no such thing."""
    return environment.get(name, "").strip().lower() == "off"


def names(environment: Mapping[str, str], name: str, default: list[str]) -> list[str]:
    """A list of names written with commas between them."""
    found = [part.strip() for part in environment.get(name, "").split(",")]
    return [part for part in found if part] or default


def database(environment: Mapping[str, str], *, folder: Path, store: Path) -> dict[str, Any]:
    """Where accounts, uploads and reminders are kept: DATABASE_URL, else a file.

    A store that carries a file of its own (a demo's does) is used with it; otherwise it stands in ``folder``.
    Raises ImproperlyConfigured when the address is none we understand; the message does not repeat it, because
    it may hold a password.
    """
    address = environment.get("DATABASE_URL", "").strip()
    beside = store / DATABASE_FILE
    if not address:
        return _sqlite(beside if beside.is_file() else folder / DATABASE_FILE)
    parts = urlsplit(address)
    if parts.scheme == "sqlite" and parts.path.strip("/"):
        # sqlite:///relative.sqlite and sqlite:////whole/path.sqlite
        return _sqlite(Path(unquote(parts.path[1:])))
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        message = (
            "DATABASE_URL is not an address of a database. Write postgresql://name:password@host:5432/database, "
            "or sqlite:////folder/app.sqlite, or leave it out."
        )
        raise ImproperlyConfigured(message)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _sqlite(file: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": {
            # A write takes its lock at the start: waiting then always helps, waiting in the middle never does.
            "transaction_mode": "IMMEDIATE",
            "timeout": PATIENCE,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }


def secret_key(environment: Mapping[str, str], folder: Path) -> str:
    """The key from the environment, else the one kept in ``folder``, made at the first start.

    It is never kept in the store: stores are copied from person to person.
    """
    given = environment.get("ROPEWALK_SECRET_KEY", "").strip()
    if given:
        return given
    file = folder / "secret-key"
    try:
        return kept_key(file) or made_key(file)
    except OSError:
        # A home that cannot be written to: a key for this start only. Public pages need no more.
        return secrets.token_urlsafe(SECRET_LENGTH)
