"""Signing in with an account elsewhere, proven against a certified OpenID Connect provider on this machine."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from ropewalk.site.config.providers import mail_server, sign_in_providers
from ropewalk.site.foundation.accounts import invitations
from ropewalk.site.foundation.accounts.keeping import set_email
from ropewalk.site.foundation.accounts.models import Account, Invitation

PROVIDER = Path(__file__).resolve().parents[1] / "oidc_provider"
SECRET = "a-secret-of-the-tests"  # noqa: S105
BACK = "http://testserver/accounts/with/school/back/"


@pytest.fixture(scope="session")
def issuer() -> Iterator[str]:
    """Address of a running provider."""
    node = Path(sys.executable).parent / "node"
    if not (PROVIDER / "node_modules").is_dir():
        pytest.fail("NO PROVIDER: run 'python3 scripts/set_up.py check', which installs it.", pytrace=False)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    program = str(node) if node.exists() else str(shutil.which("node"))
    command = [program, "server.mjs", str(port), BACK]
    with subprocess.Popen(
        command, cwd=PROVIDER, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "listening\n"
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def configured(settings: Settings, server: str, **more: object) -> None:
    """The site knows a provider, as ROPEWALK_OIDC would say."""
    one = {"id": "school", "name": "School accounts", "server": server, "client_id": "ropewalk", **more}
    apps = sign_in_providers({"ROPEWALK_OIDC": json.dumps([one]), "ROPEWALK_OIDC_SECRET_SCHOOL": SECRET})
    settings.OIDC_PROVIDERS = apps
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": apps, "OAUTH_PKCE_ENABLED": True}}


@pytest.fixture
def site(db: None, empty_store: Path, settings: Settings, issuer: str) -> Settings:  # noqa: ARG001
    configured(settings, issuer)
    return settings


def person_at_provider(address: str, login: str) -> str:
    """Sign in at the provider and agree, as a browser would; where it leads back to."""
    browser = requests.Session()
    # The provider's cookies are for whole paths; a proxy of the machine must not come between.
    browser.trust_env = False
    answer = browser.get(address, allow_redirects=False, timeout=20)
    for _ in range(20):
        if answer.is_redirect:
            onward = urljoin(answer.url, answer.headers["Location"])
            if onward.startswith(BACK):
                return onward
            answer = browser.get(onward, allow_redirects=False, timeout=20)
            continue
        assert answer.status_code == 200, answer.text[:500]
        form = re.search(r'action="([^"]+)"', answer.text)
        assert form is not None
        asks_who = 'name="login"' in answer.text
        typed = {"prompt": "login", "login": login, "password": "x"} if asks_who else {"prompt": "consent"}
        answer = browser.post(urljoin(answer.url, form[1]), data=typed, allow_redirects=False, timeout=20)
    pytest.fail("the provider never led back", pytrace=False)


def sign_in_as(client: Client, login: str, onward: str = "") -> tuple[int, str]:
    """Sign in by the provider; status, and where that leads or what it says."""
    away = client.get(f"/accounts/with/school/{f'?next={onward}' if onward else ''}")
    assert away.status_code == 302
    parts = urlsplit(person_at_provider(away.headers["Location"], login))
    back = client.get(f"{parts.path}?{parts.query}")
    return back.status_code, back.headers.get("Location") or back.content.decode()


def test_the_page_leads_there(client: Client, site: Settings, issuer: str) -> None:  # noqa: ARG001
    page = client.get("/accounts/sign-in/?next=/returns/links/").content.decode()
    link = 'href="/accounts/with/school/?next=%2Freturns%2Flinks%2F">Sign in with School accounts</a>'
    assert link in page
    away = client.get("/accounts/with/school/").headers["Location"]
    assert away.startswith(f"{issuer}/auth?")
    assert "code_challenge=" in away
    assert SECRET not in away


def test_whoever_has_an_account_with_that_address_comes_in(client: Client, site: Settings) -> None:  # noqa: ARG001
    alice = Account.objects.create(name="Alice", email="Alice@school.example", is_local_administrator=True)
    assert sign_in_as(client, "alice@school.example", "/returns/links/") == (302, "/returns/links/")
    assert client.get("/accounts/").status_code == 200
    tie = SocialAccount.objects.get(user=alice)
    assert (tie.provider, tie.uid, tie.extra_data) == ("school", "alice@school.example", {})
    again = Client()
    assert sign_in_as(again, "alice@school.example")[0] == 302
    assert SocialAccount.objects.get(user=alice).extra_data == {}
    # The library's own table of addresses, where they would stand unsealed, stays empty.
    assert not EmailAddress.objects.exists()


def test_a_second_factor_is_asked_for_all_the_same(client: Client, site: Settings) -> None:
    Account.objects.create(name="Alice", email="alice@school.example", is_local_administrator=True)
    site.SECOND_FACTOR_REQUIRED = True
    assert sign_in_as(client, "alice@school.example")[0] == 302
    assert client.get("/returns/").headers["Location"] == "/accounts/second-factor/"
    assert client.get("/accounts/second-factor/totp/activate/").status_code == 200


def test_an_unknown_person_gets_a_plain_page_and_leaves_nothing(client: Client, site: Settings) -> None:  # noqa: ARG001
    Account.objects.create(name="Alice", email="alice@school.example")
    status, said = sign_in_as(client, "mallory@school.example")
    assert (status, "not known here" in said, "mallory" in said) == (403, True, False)
    assert client.get("/accounts/").status_code == 302
    assert (Account.objects.count(), SocialAccount.objects.count()) == (1, 0)


def test_an_address_nobody_vouches_for_opens_nothing(client: Client, site: Settings, issuer: str) -> None:
    Account.objects.create(name="Alice", email="unsure@school.example")
    assert sign_in_as(client, "unsure@school.example")[0] == 403
    # A provider of one organisation, which gives its people their addresses, may be trusted with them.
    configured(site, issuer, vouches_for_email=True)
    assert sign_in_as(Client(), "unsure@school.example")[0] == 302


def test_the_invited_may_come_in_so(client: Client, site: Settings) -> None:  # noqa: ARG001
    now = timezone.now()
    invitations.invite(name="Bob", email="Bob@school.example", local_administrator=False, by=None, now=now)
    invitations.invite(
        name="Old", email="old@school.example", local_administrator=False, by=None, now=now - timedelta(days=8)
    )
    assert sign_in_as(client, "bob@school.example")[0] == 302
    bob = Account.objects.get(name="Bob")
    assert not bob.has_usable_password()
    assert "you sign in with an account elsewhere" in client.get("/accounts/").content.decode()
    assert client.get("/accounts/password/").headers["Location"] == "/accounts/"
    assert Invitation.objects.get(email="bob@school.example").account == bob
    assert sign_in_as(Client(), "old@school.example")[0] == 403


def test_a_closed_account_stays_closed(client: Client, site: Settings) -> None:  # noqa: ARG001
    Account.objects.create(name="Alice", email="alice@school.example", is_active=False)
    assert sign_in_as(client, "alice@school.example") == (302, "/accounts/closed/")
    assert "This account is closed" in client.get("/accounts/closed/").content.decode()
    assert client.get("/accounts/").status_code == 302


def test_another_address_cuts_the_tie(client: Client, site: Settings) -> None:  # noqa: ARG001
    alice = Account.objects.create(name="Alice", email="alice@school.example")
    assert sign_in_as(client, "alice@school.example")[0] == 302
    set_email(alice, "alice@elsewhere.example")
    assert sign_in_as(Client(), "alice@school.example")[0] == 403


def test_an_answer_that_nobody_asked_for_is_refused(client: Client, site: Settings) -> None:  # noqa: ARG001
    answer = client.get("/accounts/with/school/back/?code=abc&state=xyz")
    assert (answer.status_code, "You were not signed in" in answer.content.decode()) == (401, True)
    assert client.get("/accounts/with/nowhere/").status_code == 404


def test_tying_to_an_account_of_ones_own_choice_is_refused(client: Client, site: Settings) -> None:  # noqa: ARG001
    client.force_login(Account.objects.create(name="Eve", email="eve@school.example"))
    away = client.get("/accounts/with/school/?process=connect").headers["Location"]
    parts = urlsplit(person_at_provider(away, "alice@school.example"))
    assert client.get(f"{parts.path}?{parts.query}").status_code == 403
    assert not SocialAccount.objects.exists()


def test_a_provider_that_does_not_answer_is_said(client: Client, site: Settings) -> None:
    configured(site, "http://127.0.0.1:1")
    answer = client.get("/accounts/with/school/")
    assert (answer.status_code, "did not answer" in answer.content.decode()) == (502, True)


GOOD = {"id": "microsoft", "name": "Microsoft", "server": "https://login.example/tenant/v2.0", "client_id": "x"}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{", "it is not JSON"),
        ('{"id": 1}', "write a list"),
        (json.dumps([GOOD | {"server": "http://login.example"}]), "must begin with https://"),
        (json.dumps([GOOD | {"colour": "red"}]), "may have"),
        (json.dumps([{"id": "microsoft"}]), "a provider needs"),
        (json.dumps([GOOD, GOOD]), "two providers have the same id"),
        (json.dumps([GOOD | {"id": "Micro soft"}]), "small letters"),
        (json.dumps([GOOD | {"server": "https://login.example/common/v2.0", "vouches_for_email": True}]), "every firm"),
    ],
)
def test_a_provider_that_is_not_understood_stops_the_site(written: str, said: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=said):
        sign_in_providers({"ROPEWALK_OIDC": written, "ROPEWALK_OIDC_SECRET_MICROSOFT": SECRET})


def test_secrets_come_from_a_variable_or_a_file(tmp_path: Path) -> None:
    given = {"ROPEWALK_OIDC": json.dumps([GOOD])}
    with pytest.raises(ImproperlyConfigured, match="ROPEWALK_OIDC_SECRET_MICROSOFT"):
        sign_in_providers(given)
    (tmp_path / "secret").write_text(f"{SECRET}\n")
    (from_file,) = sign_in_providers(given | {"ROPEWALK_OIDC_SECRET_MICROSOFT_FILE": str(tmp_path / "secret")})
    assert from_file["secret"] == SECRET
    with pytest.raises(ImproperlyConfigured, match="cannot be read"):
        sign_in_providers(given | {"ROPEWALK_OIDC_SECRET_MICROSOFT_FILE": str(tmp_path / "nothing")})
    assert sign_in_providers({}) == []


@pytest.mark.parametrize("written", ["mail.example", "ftp://mail.example", "smtp://mail.example:25?plain=1"])
def test_a_mail_server_that_is_not_understood_is_refused(written: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="ROPEWALK_SMTP is not an address"):
        mail_server({"ROPEWALK_SMTP": written})


def test_mail_goes_out_encrypted() -> None:
    found = mail_server({"ROPEWALK_SMTP": "smtp://user:p%40ss@mail.example"})
    assert (found["EMAIL_PORT"], found["EMAIL_USE_TLS"], found["EMAIL_HOST_PASSWORD"]) == (587, True, "p@ss")
    assert mail_server({"ROPEWALK_SMTP": "smtps://mail.example"})["EMAIL_USE_SSL"] is True
