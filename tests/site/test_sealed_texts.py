"""Names, addresses and reasons are sealed in the database: found again, told apart, sealed anew, never plain."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import FieldError
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from ropewalk.core.errors import InputRefused, StoreFault
from ropewalk.site.foundation.accounts.invitations import invite
from ropewalk.site.foundation.accounts.keeping import account_named, set_email
from ropewalk.site.foundation.accounts.models import Account, DataSession, Invitation, by_name
from ropewalk.site.foundation.audit.models import Entry
from ropewalk.site.foundation.audit.recording import Deed, record, verify
from ropewalk.site.foundation.organisations.models import Organisation, TrustMembership
from ropewalk.site.foundation.permissions.models import Grant
from ropewalk.site.foundation.retention.elsewhere import ELSEWHERE
from ropewalk.site.foundation.retention.job import all_models, kept_of
from ropewalk.site.foundation.sealed.anew import be_sure_of_keys, models_with_sealed_fields, seal_anew
from ropewalk.site.foundation.sealed.field import SealedText
from ropewalk.site.foundation.sealed.keys import DataKeys
from ropewalk.site.foundation.sealed.texts import mark_of, opened, sealed

SOURCE = Path(__file__).resolve().parents[2] / "src"
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
PASSWORD = "four words of no use"  # noqa: S105 - of no use
FIRST, SECOND = "the first key for tests", "the second key for tests"
# What is personal and stands there unsealed, and why.
UNSEALED = {
    "accounts.Account.password": "a slow hash by itself",
}


@pytest.fixture
def keys(tmp_path: Path, settings: Settings) -> DataKeys:
    """Data keys of this test alone."""
    settings.DATA_KEYS = DataKeys({}, folder=tmp_path / "own", store=tmp_path / "store")
    return settings.DATA_KEYS


def given_keys(tmp_path: Path, **named: str) -> DataKeys:
    return DataKeys(named, folder=tmp_path / "none", store=tmp_path / "store")


def all_rows() -> str:
    """Every row of every table, as the database holds it."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own tables
            found += [repr(bytes(v) if isinstance(v, memoryview) else v) for row in cursor.fetchall() for v in row]
    return "\n".join(found)


@given(st.text(min_size=1, max_size=300), st.booleans())
@hypothesis_settings(max_examples=100, deadline=None)
def test_any_text_comes_back_and_stands_there_differently_each_time(text: str, found_again: bool) -> None:
    keys = DataKeys({"ROPEWALK_DATA_KEY": FIRST}, folder=Path("/nowhere"), store=Path("/nowhere/store"))
    first, second = (sealed(text, of="a.b", keys=keys, found_again=found_again) for _ in range(2))
    assert opened(first, of="a.b", keys=keys) == opened(second, of="a.b", keys=keys) == text
    assert first != second
    assert (first.split(".")[0] == second.split(".")[0]) and (bool(first.split(".")[0]) == found_again)


def test_what_was_changed_or_moved_to_another_column_does_not_open(tmp_path: Path) -> None:
    keys = given_keys(tmp_path, ROPEWALK_DATA_KEY=FIRST)
    written = sealed("Zebedee", of="a.b", keys=keys, found_again=True)
    for wrong, of in ((written, "a.c"), (written[:-3] + "AA=", "a.b"), ("Zebedee", "a.b"), (written[:60], "a.b")):
        with pytest.raises(StoreFault) as problem:
            opened(wrong, of=of, keys=keys)
        assert "Zebedee" not in str(problem.value)
    with pytest.raises(StoreFault, match="not here"):
        opened(written, of="a.b", keys=given_keys(tmp_path, ROPEWALK_DATA_KEY=SECOND))


def test_keys_of_the_environment_take_over_from_each_other(tmp_path: Path) -> None:
    before = given_keys(tmp_path, ROPEWALK_DATA_KEY=FIRST)
    written = sealed("Zebedee", of="a.b", keys=before, found_again=True)
    after = given_keys(tmp_path, ROPEWALK_DATA_KEY=SECOND, ROPEWALK_DATA_OLD_KEYS=f"an even older key, {FIRST}")
    assert opened(written, of="a.b", keys=after) == "Zebedee"
    assert after.present.name != before.present.name
    assert len(after.known) == 3


def test_marks_of_one_column_say_nothing_in_another_nor_under_another_key(tmp_path: Path) -> None:
    one, other = (given_keys(tmp_path, ROPEWALK_DATA_KEY=key).present for key in (FIRST, SECOND))
    marks = {mark_of("Zoë", of=of, key=key) for of in ("a.b", "a.c") for key in (one, other)}
    assert len(marks) == 4
    assert mark_of("ZOE\u0308", of="a.b", key=one) == mark_of("Zoë", of="a.b", key=one)


def test_keys_are_made_once_for_their_owner_and_never_in_the_store(tmp_path: Path) -> None:
    keys = DataKeys({}, folder=tmp_path / "own", store=tmp_path / "store")
    assert keys.known == () and not keys.folder.exists()
    first = keys.present
    assert DataKeys({}, folder=tmp_path / "own", store=tmp_path / "store").present.name == first.name
    assert [file.stat().st_mode & 0o777 for file in keys.folder.iterdir()] == [0o600]
    # Another process makes a key: noticed at once, and the old one still opens.
    DataKeys({}, folder=tmp_path / "own", store=tmp_path / "store").make()
    assert keys.present.name != first.name and keys.named(first.name)
    with pytest.raises(InputRefused, match="within the store"):
        _ = DataKeys({}, folder=tmp_path / "store" / "own", store=tmp_path / "store").present
    with pytest.raises(InputRefused, match="shorter than"):
        _ = given_keys(tmp_path, ROPEWALK_DATA_KEY="short").present


def test_every_text_about_a_person_is_sealed_or_says_why_not() -> None:
    plain = {
        f"{model._meta.label}.{name}"
        for model in all_models()
        if model._meta.label not in ELSEWHERE
        for name in kept_of(model).personal
        if isinstance(model._meta.get_field(name), models.CharField | models.TextField)
        and not isinstance(model._meta.get_field(name), SealedText)
    }
    assert plain == set(UNSEALED)


@pytest.mark.django_db
def test_a_name_is_found_in_small_and_capital_letters_and_given_once(keys: DataKeys) -> None:  # noqa: ARG001
    alice = Account.objects.create(name="Alice Ångström", email="Alice@school.example")
    for name in ("Alice Ångström", "alice ångström", "ALICE ÅNGSTRÖM"):
        assert Account.objects.get(name=name) == Account.objects.get_by_natural_key(name) == alice
    assert Account.objects.filter(email__iexact="aLICE@School.Example").get() == alice
    assert not Account.objects.filter(name="Alice").exists()
    for again in ({"name": "aLICE Ångström"}, {"name": "Bob", "email": "alice@SCHOOL.example"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Account.objects.create(**again)
    # Any number of accounts without an address.
    Account.objects.create(name="Bob")
    Account.objects.create(name="Charlie")
    assert Account.objects.filter(email="").count() == 2
    Account.objects.filter(name="bob").update(email="bob@school.example")
    set_email(account_named("CHARLIE"), "charlie@school.example")
    assert [one.email for one in by_name(Account.objects.all())] == [
        "Alice@school.example",
        "bob@school.example",
        "charlie@school.example",
    ]


@pytest.mark.django_db
def test_what_the_database_cannot_do_with_sealed_texts_is_refused() -> None:
    for lookup in ("name__contains", "name__startswith", "name__in", "name__gt", "email__regex"):
        with pytest.raises(FieldError):
            Account.objects.filter(**{lookup: "A"}).exists()
    with pytest.raises(FieldError, match="cannot be looked up"):
        Entry.objects.filter(who="Alice").exists()


def _plant(client: Client) -> list[str]:
    """Names, addresses and reasons by every way in; what must not be found."""
    alice = Account.objects.create(name="Zebedee Quill", email="zebedee@quill.example", is_local_administrator=True)
    alice.set_password(PASSWORD)
    alice.save()
    invite(name="Yolanda Quirk", email="yolanda@quirk.example", local_administrator=False, by=alice, now=NOW)
    DataSession.objects.create(
        account=alice, reason="Xanthe Quayle asked", opened_at=NOW, until=NOW + timedelta(minutes=30)
    )
    record(by=alice, deed=Deed.LOOKED, thing="sharing:school", now=NOW, about="for Wendeline Quant")
    school, trust = (Organisation.objects.create(kind=kind, key=kind, name=kind) for kind in ("school", "trust"))
    row = TrustMembership(school=school, trust=trust, begins=NOW.date(), at=NOW)
    row.by, row.ended_by = "Valentin Quester", "Ursula Quince"
    row.save()
    of_it = {"begins": NOW.date(), "until": NOW.date(), "review_due": NOW.date(), "given_at": NOW}
    Grant.objects.create(
        account=alice, role="head", organisation=school, reason="Thaddeus Quail left", given_by=alice, **of_it
    )
    # Signed in as anybody does, and twice with a wrong password: the libraries write as well.
    for password in ("a wrong guess", "another wrong guess", PASSWORD):
        client.post("/accounts/sign-in/", {"login": "Zebedee Quill", "password": password})
    return [
        "Zebedee",
        "Quill",
        "quill.example",
        "Yolanda",
        "quirk.example",
        "Xanthe",
        "Wendeline",
        "Valentin",
        "Ursula",
    ]


@pytest.mark.django_db(transaction=True)
def test_no_name_address_or_reason_can_be_read_in_the_database(client: Client, keys: DataKeys) -> None:  # noqa: ARG001
    planted = [*_plant(client), "Thaddeus"]
    assert client.session["_auth_user_id"], "signing in went wrong"
    rows = all_rows()
    assert "Zebedee Quill" in str([*Account.objects.all()]) and "sharing:school" in rows
    assert [name for name in planted if name.casefold() in rows.casefold()] == []
    # A session is written in base 64 and squeezed: opened, it holds a name, and the row of it does not open otherwise.
    assert "Zebedee Quill" in str(dict(client.session.items()))
    [written] = _column("SELECT session_data FROM django_session")
    assert "_auth_user_id" not in _unsigned(written)


def _column(question: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return [value for (value,) in cursor.fetchall()]


def _unsigned(written: str) -> str:
    """A session's row as whoever has the site's secret key, and not the data key, reads it."""
    from django.core import signing  # noqa: PLC0415

    class AsItStands:
        def loads(self, content: bytes) -> str:
            return content.decode("ascii")

    return str(signing.loads(written, salt=SessionStore().key_salt, serializer=AsItStands))  # type: ignore[arg-type]


@pytest.mark.own_database("sqlite")
def test_no_name_can_be_read_in_the_bytes_of_a_database_file(tmp_path: Path) -> None:
    home = tmp_path / "home"
    named = {"PYTHONPATH": str(SOURCE), "XDG_DATA_HOME": str(home), "HOME": str(home)}
    words = ("invite", "Yolanda Quirk", "yolanda@quirk.example", "--site", "https://ropewalk.example")
    for command in (("administrator", "Zebedee Quill"), words):
        done = subprocess.run([sys.executable, "-m", "ropewalk", *command], env=named, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
    files = [file for file in (home / "ropewalk").glob("app.sqlite*") if file.stat().st_size]
    content = b"".join(file.read_bytes() for file in files).lower()
    assert b"accounts_account" in content
    for name in (b"zebedee", b"quill", b"yolanda", b"quirk"):
        assert name not in content
    done = subprocess.run(
        [sys.executable, "-m", "ropewalk", "data-key", "rotate"], env=named, capture_output=True, check=False, text=True
    )
    assert done.stdout.startswith("2 rows were sealed anew.\nThe new key is "), done.stderr
    (home / "ropewalk" / "data-keys" / "1.key").unlink()
    # With the key taken away nothing starts, and it is said why; with a key made later it does not either.
    (home / "ropewalk" / "data-keys" / "2.key").rename(home / "kept.key")
    told = subprocess.run(
        [sys.executable, "-m", "ropewalk", "administrator", "Dana"],
        env=named,
        capture_output=True,
        check=False,
        text=True,
    )
    assert told.returncode == 1 and "sealed with a data key that is not here" in told.stderr, told.stderr


@pytest.mark.django_db
def test_with_a_new_key_everything_is_sealed_anew_and_the_log_still_holds(client: Client, keys: DataKeys) -> None:
    _plant(client)
    before, old = verify(), keys.present
    keys.make()
    # Until they are sealed anew, texts are found and told apart under the old key.
    assert Account.objects.get(name="zebedee quill").email == "zebedee@quill.example"
    assert old.name in all_rows()
    assert seal_anew() == 7
    kept = [value for table in ("accounts_account", "audit_entry", "accounts_invitation") for value in _texts(table)]
    assert not [value for value in kept if f".{old.name}." in value] and any(keys.present.name in v for v in kept)
    (keys.folder / "1.key").unlink()
    assert Account.objects.get(name="zebedee quill").email == "zebedee@quill.example"
    assert [one.email for one in Invitation.objects.all()] == ["yolanda@quirk.example"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create(name="ZEBEDEE quill")
    after = verify()
    assert after.holds and (after.newest_seal, after.entries) == (before.newest_seal, before.entries)
    be_sure_of_keys()
    (keys.folder / "2.key").unlink()
    with pytest.raises(StoreFault, match="not here"):
        be_sure_of_keys()


def _texts(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - our own tables
        return [str(value) for row in cursor.fetchall() for value in row]


@pytest.mark.django_db(transaction=True)
def test_rows_of_an_earlier_version_are_sealed_and_can_be_opened_again(keys: DataKeys) -> None:  # noqa: ARG001
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    try:
        executor = MigrationExecutor(connection)
        executor.migrate([("accounts", "0004_data_sessions")])
        before = executor.loader.project_state([("accounts", "0004_data_sessions")]).apps.get_model(
            "accounts", "Account"
        )
        before.objects.create(name="Zebedee Quill", email="zebedee@quill.example")
        before.objects.create(name="Yolanda")
        assert "Zebedee Quill" in all_rows()
        MigrationExecutor(connection).migrate(newest)
        assert "Quill" not in all_rows()
        assert Account.objects.get(email="ZEBEDEE@quill.example").name == "Zebedee Quill"
        assert Account.objects.get(name="yolanda").email == ""
        MigrationExecutor(connection).migrate([("accounts", "0004_data_sessions")])
        assert sorted(before.objects.values_list("name", "email")) == [
            ("Yolanda", ""),
            ("Zebedee Quill", "zebedee@quill.example"),
        ]
    finally:
        MigrationExecutor(connection).migrate(newest)


@pytest.mark.django_db
def test_five_hundred_accounts_are_listed_with_one_question_and_at_once(
    keys: DataKeys,  # noqa: ARG001
    django_assert_num_queries: Any,
) -> None:
    Account.objects.bulk_create(Account(name=f"Person {n}", email=f"p{n}@school.example") for n in range(500))
    began = datetime.now(UTC)
    with django_assert_num_queries(1):
        listed = by_name(Account.objects.all())
    assert [one.name for one in listed[:2]] == ["Person 0", "Person 1"] and len(listed) == 500
    assert datetime.now(UTC) - began < timedelta(seconds=1)


def test_models_with_sealed_fields_are_found() -> None:
    found = {model._meta.label: [field.name for field in fields] for model, fields in models_with_sealed_fields()}
    assert found["accounts.Account"] == ["name", "email"] and found["audit.Entry"] == ["who", "about"]
