"""Signing in and out, changing a password; public pages know nothing of it."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from axes.models import AccessAttempt
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.databases import ON_A_SERVER, database_of

from ropewalk.site.config.environment import database
from ropewalk.site.foundation.accounts.administrators import PasswordRefused, new_password, set_administrator
from ropewalk.site.foundation.accounts.models import Account, Invitation

PASSWORD = "rope-walk-of-forty-fathoms"  # noqa: S105 - of a test
SOURCE = Path(__file__).resolve().parents[2] / "src"
SIGN_IN = "/accounts/sign-in/"


@pytest.fixture
def alice(db: None, empty_store: Path) -> Account:  # noqa: ARG001
    set_administrator("Alice", PASSWORD)
    return Account.objects.get(name="Alice")


@pytest.fixture
def charlie(db: None, empty_store: Path) -> Account:  # noqa: ARG001
    """Has an account and no right to anything."""
    account = Account(name="Charlie")
    account.set_password(PASSWORD)
    account.save()
    return account


def try_password(client: Client, name: str, password: str, **more: str) -> tuple[int, str]:
    answer = client.post(SIGN_IN, {"login": name, "password": password, **more})
    return answer.status_code, answer.headers.get("Location") or answer.content.decode()


def test_the_right_password_leads_on_to_where_one_wanted_to_go(client: Client, alice: Account) -> None:  # noqa: ARG001
    asked = client.get("/returns/links/")
    assert (asked.status_code, asked.headers["Location"]) == (302, f"{SIGN_IN}?next=/returns/links/")
    assert 'value="/returns/links/"' in client.get(asked.headers["Location"]).content.decode()
    assert try_password(client, "alice", PASSWORD, next="/returns/links/") == (302, "/returns/links/")
    assert client.get(SIGN_IN).headers["Location"] == "/home/"


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_signing_in_never_leads_to_another_site(client: Client, alice: Account, elsewhere: str) -> None:  # noqa: ARG001
    assert try_password(client, "Alice", PASSWORD, next=elsewhere) == (302, "/home/")


@pytest.mark.parametrize(("name", "password"), [("Alice", "a-guess"), ("Nobody", PASSWORD)])
def test_a_wrong_password_and_a_wrong_name_are_told_alike(
    client: Client,
    alice: Account,  # noqa: ARG001
    name: str,
    password: str,
) -> None:
    status, text = try_password(client, name, password)
    assert status == 422
    assert "The name or the password is wrong. Check both and try again." in text
    assert password not in text


def test_after_five_wrong_passwords_the_right_one_is_refused_for_a_quarter_of_an_hour(
    client: Client,
    alice: Account,  # noqa: ARG001
) -> None:
    for _ in range(4):
        assert "is wrong" in try_password(client, "alice", "guess")[1]
    assert try_password(client, "alice", "guess")[0] == 429
    status, text = try_password(client, "ALICE", PASSWORD)
    assert (status, "Wait 15 minutes" in text) == (429, True)
    other = Client(REMOTE_ADDR="192.0.2.7")
    assert try_password(other, "Alice", PASSWORD)[0] == 302
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert try_password(client, "Alice", PASSWORD)[0] == 302
    assert not AccessAttempt.objects.filter(ip_address="127.0.0.1").exists()


def test_a_name_that_nobody_has_is_shut_out_alike(client: Client, alice: Account) -> None:  # noqa: ARG001
    told = [[try_password(client, name, "guess") for _ in range(6)] for name in ("Alice", "Nobody")]
    assert [status for status, _ in told[0]] == [422, 422, 422, 422, 429, 429]
    assert [status for status, _ in told[1]] == [422, 422, 422, 422, 429, 429]


def test_what_was_typed_is_not_kept(client: Client, alice: Account) -> None:  # noqa: ARG001
    try_password(client, "my-password-in-the-wrong-field", "guess-number-one", next="/returns/links/")
    kept = AccessAttempt.objects.values()[0]
    assert not any("wrong-field" in str(value) or "number-one" in str(value) for value in kept.values())


def test_four_wrong_passwords_and_a_right_one_begin_the_count_anew(client: Client, alice: Account) -> None:  # noqa: ARG001
    for _ in range(2):
        for _ in range(4):
            try_password(client, "Alice", "guess")
        assert try_password(client, "Alice", PASSWORD)[0] == 302
        client.post("/accounts/sign-out/")


def test_failures_of_other_days_are_forgotten(client: Client, alice: Account) -> None:  # noqa: ARG001
    try_password(client, "Someone", "guess")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(days=2))
    try_password(client, "Alice", "guess")
    assert [attempt.failures_since_start for attempt in AccessAttempt.objects.all()] == [1]


def test_signing_out_takes_a_form_and_ends_the_session(client: Client, alice: Account) -> None:
    client.force_login(alice)
    assert client.get("/accounts/sign-out/").status_code == 405
    assert client.post("/accounts/sign-out/").headers["Location"] == "/"
    assert client.get("/returns/").headers["Location"] == f"{SIGN_IN}?next=/returns/"
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(alice)
    refused = strict.post("/accounts/sign-out/")
    assert (refused.status_code, "a form that was open for a long time" in refused.content.decode()) == (403, True)


def test_a_new_password_needs_the_present_one_and_must_be_hard_to_guess(client: Client, alice: Account) -> None:
    client.force_login(alice)
    elsewhere = Client()
    elsewhere.force_login(alice)
    page = "/accounts/password/"
    wrong = client.post(page, {"present": "wrong", "new": "three unlikely words"}).content.decode()
    assert "This is not your present password" in wrong
    for easy in ("short", "123456789012345"):
        assert client.post(page, {"present": PASSWORD, "new": easy}).status_code == 422
    assert client.post(page, {"present": PASSWORD, "new": "three unlikely words"}).status_code == 302
    assert client.get("/accounts/password/changed/").status_code == 200
    assert elsewhere.get("/accounts/password/changed/").status_code == 302


def test_the_present_password_is_not_guessed_for_long(client: Client, alice: Account) -> None:
    client.force_login(alice)
    asked = {"present": "guess", "new": "three unlikely words"}
    told = [client.post("/accounts/password/", asked).status_code for _ in range(6)]
    assert told == [422, 422, 422, 422, 429, 429]
    right = client.post("/accounts/password/", asked | {"present": PASSWORD})
    assert (right.status_code, Account.objects.get(name="Alice").check_password(PASSWORD)) == (429, True)


def test_behind_a_web_server_one_readers_guesses_shut_out_no_other(
    alice: Account,  # noqa: ARG001
    settings: Settings,
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    # What a reader claims stands before what the web server adds.
    guesser, other = (Client(headers={"X-Forwarded-For": f"192.0.2.1, {last}"}) for last in ("192.0.2.8", "192.0.2.9"))
    assert [try_password(guesser, "Alice", "guess")[0] for _ in range(5)][-1] == 429
    assert try_password(guesser, "Alice", PASSWORD)[0] == 429
    assert try_password(other, "Alice", PASSWORD)[0] == 302


def test_whoever_has_no_right_finds_no_returns(client: Client, charlie: Account) -> None:
    client.force_login(charlie)
    assert client.get("/returns/").status_code == 404
    assert client.get("/returns/links/").status_code == 404


def test_private_pages_are_kept_by_nobody(client: Client, alice: Account) -> None:
    anonymous = client.get("/returns/")
    client.force_login(alice)
    for answer in (anonymous, client.get("/returns/"), client.get("/accounts/password/"), client.get(SIGN_IN)):
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert "ETag" not in answer.headers
    client.logout()
    assert client.get("/returns/").status_code == 302


def test_public_pages_ask_nobody_who_they_are(client: Client, alice: Account) -> None:
    client.force_login(alice)
    for address in ("/about-the-figures/", "/measures/"):
        answer = client.get(address)
        text = answer.content.decode()
        assert 'href="/accounts/sign-in/">Sign in</a>' in text
        assert "Alice" not in text
        assert "csrfmiddlewaretoken" not in text
        assert not answer.cookies
        assert "private" not in answer.headers["Cache-Control"]
        assert "cookie" not in answer.headers.get("Vary", "").lower()


def test_a_made_up_password_is_long_and_never_the_same() -> None:
    assert len({new_password() for _ in range(100)}) == 100
    assert all(len(new_password()) == 23 for _ in range(10))


@pytest.mark.django_db
def test_an_administrator_is_made_once_and_reset_afterwards() -> None:
    assert set_administrator("Dana", PASSWORD) is True
    assert set_administrator("dana", new_password()) is False
    assert Account.objects.count() == 1
    with pytest.raises(PasswordRefused, match="too short"):
        set_administrator("Dana", "short")


def command(*words: str, home: Path, typed: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    own = {"XDG_DATA_HOME": str(home), "HOME": str(home), "DATABASE_URL": database_of(home / "ropewalk" / "store")}
    environment = {"PYTHONPATH": str(SOURCE), **own, **more}
    return subprocess.run(
        [sys.executable, "-m", "ropewalk", *words],
        env=environment,
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_makes_the_database_and_prints_the_password_once(tmp_path: Path) -> None:
    first = command("administrator", "Dana", home=tmp_path)
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout.startswith("Dana can now sign in.\nPassword, shown only this once: ")
    again = command("administrator", "dana", home=tmp_path)
    assert "dana has a new password." in again.stdout
    if not ON_A_SERVER:
        assert (tmp_path / "ropewalk" / "app.sqlite").stat().st_mode & 0o777 == 0o600
    assert command("administrator", " ", home=tmp_path).returncode == 2


@pytest.mark.parametrize("words", [("administrator", "Dana"), ("serve", "--port", "58731")])
def test_commands_say_what_is_wrong_with_the_database(tmp_path: Path, words: tuple[str, ...]) -> None:
    told = command(*words, home=tmp_path, DATABASE_URL="mysql://a:secret@b/c")
    assert told.returncode == 1
    assert "DATABASE_URL is not an address of a database" in told.stderr
    assert "secret" not in told.stderr


def test_the_command_invites(tmp_path: Path) -> None:
    words = ("invite", "Bob", "bob@school.example", "--site", "https://ropewalk.example")
    told = command(*words, home=tmp_path)
    assert (told.returncode, told.stderr) == (0, "")
    assert "Link for Bob, shown only this once: https://ropewalk.example/accounts/invitation/" in told.stdout
    assert command("invite", "Bob", "nobody", "--site", "https://ropewalk.example", home=tmp_path).returncode == 2
    assert command("invite", "Bob", "bob@school.example", "--site", "ftp://x", home=tmp_path).returncode == 2


@pytest.mark.parametrize(
    ("words", "more"),
    [
        (("--host", "0.0.0.0"), {}),  # noqa: S104 - that is what is refused
        ((), {"ROPEWALK_ALLOWED_HOSTS": "ropewalk.example"}),
        ((), {"ROPEWALK_HTTPS": "1"}),
    ],
)
def test_a_site_for_others_is_not_served_without_second_factors(
    tmp_path: Path, words: tuple[str, ...], more: dict[str, str]
) -> None:
    told = command("serve", "--port", "58732", *words, home=tmp_path, ROPEWALK_SECOND_FACTOR="off", **more)
    assert told.returncode == 1
    assert "ROPEWALK_SECOND_FACTOR=off is for a demo on this machine alone" in told.stderr


def test_the_command_looks_after_an_account(tmp_path: Path) -> None:
    command("administrator", "Dana", home=tmp_path)
    command("administrator", "Eve", home=tmp_path)
    words = ("--email", "dana@school.example", "--new-password", "--forget-second-factor", "--close")
    told = command("account", "dana", *words, home=tmp_path)
    assert (told.returncode, told.stderr) == (0, "")
    first, second, third, fourth = told.stdout.splitlines()
    assert first == "E-mail address: dana@school.example"
    assert second.startswith("Password, shown only this once: ")
    assert (third, fourth) == ("Second factors removed: 0.", "The account Dana is closed.")
    assert "is closed" in command("account", "Dana", home=tmp_path).stdout
    assert "is open again" in command("account", "Dana", "--reopen", home=tmp_path).stdout
    for name, address, said in (
        ("Eve", "Dana@School.example", "Another account has this e-mail address"),
        ("Eve", "nobody", "This is not an e-mail address"),
        ("Nobody", "a@school.example", "There is no account with this name"),
    ):
        refused = command("account", name, "--email", address, home=tmp_path)
        assert (refused.returncode, said in refused.stderr) == (2, True)


def test_who_has_left_is_shut_out_at_once(client: Client, alice: Account, charlie: Account) -> None:
    client.force_login(alice)
    elsewhere = Client()
    elsewhere.force_login(charlie)
    Invitation.objects.create(
        name="Mallory",
        email="m@school.example",
        link_mark="x",
        by=charlie,
        made_at=timezone.now(),
        expires_at=timezone.now() + timedelta(days=7),
    )
    page = f"/accounts/everybody/{charlie.pk}/"
    assert "Charlie" in client.get("/accounts/everybody/").content.decode()
    assert "Close this account" in client.get(page).content.decode()
    assert client.post(f"{page}close/").headers["Location"] == page
    assert elsewhere.get("/accounts/").headers["Location"].startswith(SIGN_IN)
    assert not Invitation.objects.open_on(timezone.now()).exists()
    assert try_password(Client(), "Charlie", PASSWORD) == (302, "/accounts/closed/")
    assert "This account is closed" in client.get(page).content.decode()
    client.post(f"{page}reopen/")
    assert try_password(Client(), "Charlie", PASSWORD)[0] == 302


def test_nobody_closes_their_own_account_and_only_administrators_anybodys(
    client: Client, alice: Account, charlie: Account
) -> None:
    client.force_login(alice)
    answer = client.post(f"/accounts/everybody/{alice.pk}/close/")
    assert (answer.status_code, "You cannot close your own account" in answer.content.decode()) == (422, True)
    client.force_login(charlie)
    for path in ("", f"{alice.pk}/"):
        assert client.get(f"/accounts/everybody/{path}").status_code == 404
    for path in ("close", "reopen"):
        assert client.post(f"/accounts/everybody/{alice.pk}/{path}/").status_code == 404
    assert Account.objects.get(name="Alice").is_active


def test_a_store_with_accounts_of_its_own_uses_these(tmp_path: Path) -> None:
    (tmp_path / "app.sqlite").touch()
    assert database({}, folder=tmp_path / "data", store=tmp_path)["NAME"] == str(tmp_path / "app.sqlite")
    assert database({}, folder=tmp_path, store=tmp_path / "store")["NAME"] == str(tmp_path / "app.sqlite")


def test_an_address_of_a_postgresql_is_understood(tmp_path: Path) -> None:
    given = {"DATABASE_URL": "postgresql://rope:w%40lk@db.example:5433/house?sslmode=require"}
    parsed = database(given, folder=tmp_path, store=tmp_path)
    assert parsed["ENGINE"] == "django.db.backends.postgresql"
    parts = [parsed[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")]
    assert parts == ["house", "rope", "w@lk", "db.example", "5433", {"sslmode": "require"}]
    relative = database({"DATABASE_URL": "sqlite:////srv/app.sqlite"}, folder=tmp_path, store=tmp_path)
    assert relative["NAME"] == "/srv/app.sqlite"


@pytest.mark.parametrize("address", ["mysql://a:secret@b/c", "postgresql://a:secret@b/", "sqlite://", "nonsense"])
def test_an_address_of_no_database_is_said_without_repeating_it(tmp_path: Path, address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL is not an address of a database") as told:
        database({"DATABASE_URL": address}, folder=tmp_path, store=tmp_path)
    assert "secret" not in str(told.value)
