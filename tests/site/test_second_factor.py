"""Codes and passkeys: who needs one, setting one up, signing in with it; sessions end."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from ropewalk.site.foundation.accounts import second_factor, sessions
from ropewalk.site.foundation.accounts.administrators import set_administrator
from ropewalk.site.foundation.accounts.models import Account

PASSWORD = "rope-walk-of-forty-fathoms"  # noqa: S105 - of a test
SIGN_IN, SECOND_STEP, SET_UP = "/accounts/sign-in/", "/accounts/second-factor/authenticate/", "/accounts/second-factor/"
APP, CODES = f"{SET_UP}totp/activate/", f"{SET_UP}recovery-codes/"


@pytest.fixture
def alice(db: None, empty_store: Path, no_second_factor_needed: None, settings: Settings) -> Account:  # noqa: ARG001
    settings.SECOND_FACTOR_REQUIRED = True
    set_administrator("Alice", PASSWORD)
    cache.clear()
    return Account.objects.get(name="Alice")


def sign_in(client: Client, **more: str) -> str:
    return client.post(SIGN_IN, {"login": "Alice", "password": PASSWORD, **more}).headers["Location"]


def code_of(key: str) -> str:
    """What an authenticator app with this key shows now (RFC 6238)."""
    return format_hotp_value(hotp_value(key, int(time.time()) // 30))


def set_up_app(client: Client) -> tuple[str, list[str]]:
    """Set up an app as a person would; its key and the recovery codes."""
    page = client.get(APP).content.decode()
    key = re.search(r'id="key">([A-Z2-7 ]+)<', page)
    assert key is not None
    typed = key[1].replace(" ", "")
    answer = client.post(APP, {"code": code_of(typed)})
    assert answer.headers["Location"] == CODES
    shown = client.get(CODES).content.decode()
    return typed, re.findall(r'<li><code class="rw-command">([^<]+)<', shown)


def test_whoever_may_see_pupils_is_led_to_setting_one_up_before_any_page(client: Client, alice: Account) -> None:
    assert sign_in(client, next="/returns/links/") == "/returns/links/"
    for address in ("/returns/", "/returns/links/", "/live/", "/returns/templates/roll.csv"):
        assert client.get(address).headers["Location"] == SET_UP
    assert client.post("/returns/links/decide/").headers["Location"] == SET_UP
    assert "You have no second factor yet" in client.get(SET_UP).content.decode()
    assert second_factor.missing(alice)


def test_an_app_is_set_up_with_its_own_code_and_asked_for_from_then_on(client: Client, alice: Account) -> None:
    sign_in(client)
    wrong = client.post(APP, {"code": "000000"})
    assert "This code is not right" in wrong.content.decode()
    key, codes = set_up_app(client)
    assert len(codes) == 10
    assert client.get("/returns/").status_code == 200
    other = Client()
    assert sign_in(other, next="/returns/links/").startswith(SECOND_STEP)
    assert other.get("/returns/").headers["Location"].startswith(SIGN_IN)
    assert "This code is not right" in other.post(SECOND_STEP, {"code": "000000"}).content.decode()
    cache.clear()
    assert other.post(SECOND_STEP, {"code": code_of(key)}).headers["Location"] == "/returns/links/"
    assert other.get("/returns/").status_code == 200
    assert not second_factor.missing(alice)


def test_a_code_opens_once(client: Client, alice: Account) -> None:  # noqa: ARG001
    sign_in(client)
    key, _ = set_up_app(client)
    cache.clear()
    first, second = Client(), Client()
    for other in (first, second):
        sign_in(other)
    code = code_of(key)
    assert first.post(SECOND_STEP, {"code": code}).status_code == 302
    assert second.post(SECOND_STEP, {"code": code}).status_code == 200


def test_recovery_codes_are_shown_once_and_open_once(client: Client, alice: Account) -> None:  # noqa: ARG001
    sign_in(client)
    _, codes = set_up_app(client)
    again = client.get(CODES).content.decode()
    assert "10 recovery codes left" in again
    assert not any(code in again for code in codes)
    for expected in (302, 200):
        other = Client()
        sign_in(other)
        assert other.post(SECOND_STEP, {"code": codes[0]}).status_code == expected


def test_codes_are_not_guessed_for_long(client: Client, alice: Account) -> None:  # noqa: ARG001
    sign_in(client)
    key, _ = set_up_app(client)
    cache.clear()
    other = Client()
    sign_in(other)
    told = [other.post(SECOND_STEP, {"code": f"{guess:06}"}).content.decode() for guess in range(12)]
    assert "There were too many attempts" in told[-1]
    assert "There were too many attempts" in other.post(SECOND_STEP, {"code": code_of(key)}).content.decode()


def test_secrets_cannot_be_read_in_the_database(client: Client, alice: Account) -> None:
    sign_in(client)
    key, codes = set_up_app(client)
    kept = str(list(Authenticator.objects.filter(user=alice).values_list("data", flat=True)))
    assert key not in kept
    assert not any(code in kept for code in codes)


def test_the_last_one_cannot_be_removed_by_whoever_needs_one(client: Client, alice: Account) -> None:
    sign_in(client)
    set_up_app(client)
    refused = client.post(f"{SET_UP}totp/deactivate/")
    assert "You need a second factor" in refused.content.decode()
    assert second_factor.count(alice) == 1


def test_what_protects_an_account_needs_the_password_again_after_a_while(client: Client, alice: Account) -> None:
    client.force_login(alice)
    later(client, sessions.SIGNED_IN, minutes=6)
    asked = client.get(APP).headers["Location"]
    assert asked == f"/accounts/password/again/?next={APP.replace('/', '%2F')}"
    assert "This is not your password" in client.post(asked, {"password": "wrong"}).content.decode()
    assert client.post(asked, {"password": PASSWORD}).headers["Location"] == APP
    assert client.get(APP).status_code == 200


def test_nobody_can_make_an_account(client: Client, alice: Account) -> None:  # noqa: ARG001
    for address in ("/accounts/signup/", "/accounts/sign-up/", f"{SET_UP}webauthn/signup/", f"{SET_UP}webauthn/login/"):
        assert client.get(address).status_code == 404


def later(client: Client, name: str, **passed: float) -> None:
    """Let time pass for a session: what happened in it happened longer ago."""
    session = client.session
    moment = timezone.datetime.fromisoformat(session[name]) - timedelta(**passed)
    session[name] = moment.isoformat()
    session.save()


@pytest.mark.parametrize(
    ("name", "passed", "said"),
    [(sessions.SEEN, {"minutes": 31}, "did nothing for 30 minutes"), (sessions.SIGNED_IN, {"hours": 12.1}, "12 hours")],
)
def test_sessions_end(client: Client, alice: Account, name: str, passed: dict[str, float], said: str) -> None:
    client.force_login(alice)
    assert client.get("/accounts/").status_code == 200
    later(client, name, **passed)
    assert client.get("/accounts/").headers["Location"] == f"{SIGN_IN}?next=/accounts/"
    assert said in client.get(SIGN_IN).content.decode()
    assert said not in client.get(SIGN_IN).content.decode()


def test_whoever_goes_on_working_stays_signed_in(client: Client, alice: Account) -> None:
    client.force_login(alice)
    for _ in range(3):
        later(client, sessions.SEEN, minutes=29)
        assert client.get("/accounts/").status_code == 200


def test_whoever_sees_no_pupils_may_leave_a_page_open(client: Client, alice: Account) -> None:
    Account.objects.filter(pk=alice.pk).update(is_local_administrator=False)
    client.force_login(alice)
    later(client, sessions.SEEN, hours=3)
    assert client.get("/accounts/").status_code == 200


def test_signing_out_everywhere_ends_every_session(client: Client, alice: Account) -> None:
    elsewhere = Client()
    for one in (client, elsewhere):
        one.force_login(alice)
    assert client.post("/accounts/sign-out-everywhere/").headers["Location"] == SIGN_IN
    assert elsewhere.get("/accounts/").headers["Location"].startswith(SIGN_IN)
    client.force_login(alice)
    assert client.get("/accounts/").status_code == 200


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(client: Client, alice: Account) -> None:  # noqa: ARG001
    client.get(SIGN_IN)
    sign_in(client)
    for name in ("sessionid", "csrftoken"):
        assert client.cookies[name]["httponly"]
        assert client.cookies[name]["samesite"] == "Lax"
    assert not client.cookies["sessionid"]["max-age"]
