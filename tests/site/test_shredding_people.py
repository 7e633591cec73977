"""A person who was erased is named nowhere: by no field of any model, in no entry of the log, on no receipt."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.site.conftest import Page

from ropewalk.core.errors import InputRefused
from ropewalk.core.use_cases.returns import receipts, submit_files
from ropewalk.site.foundation.accounts.data_sessions import open_session
from ropewalk.site.foundation.accounts.lock_out import name_tried
from ropewalk.site.foundation.accounts.models import Account, Invitation
from ropewalk.site.foundation.audit.looks import words_of
from ropewalk.site.foundation.audit.models import Entry
from ropewalk.site.foundation.audit.recording import Deed, record, verify
from ropewalk.site.foundation.erasing import log, people
from ropewalk.site.foundation.erasing.reach import EXCEPTIONS, personal, way_of
from ropewalk.site.foundation.organisations.models import Organisation, Place, PlaceMembership
from ropewalk.site.foundation.permissions.actions import Wanted, give
from ropewalk.site.foundation.permissions.models import Grant
from ropewalk.site.foundation.retention.job import all_models

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
NAME, EMAIL = "Quintessa Harrowgate", "q.harrowgate@school.example"
PASSWORD = "four words nobody guesses"  # noqa: S105 - of use in this test alone
FIELDS = sorted((model._meta.label, name) for model in all_models() for name in personal(model))
MODELS = {model._meta.label: model for model in all_models()}


@pytest.mark.parametrize(("label", "name"), FIELDS)
def test_every_personal_field_is_reached(label: str, name: str) -> None:
    reached, excepted = way_of(MODELS[label], name), EXCEPTIONS.get((label, name))
    assert (reached is None) != (excepted is None), "say how erasing a person reaches it, or why it need not"


def test_exceptions_are_of_fields_there_are() -> None:
    assert EXCEPTIONS.keys() <= set(FIELDS)


def test_a_field_that_nothing_reaches_is_noticed() -> None:
    class Loose(models.Model):  # noqa: DJ008 - it never has a row
        """A model nobody thought of."""

        words = models.CharField(max_length=5)

        class Meta:
            app_label = "erasing"
            managed = False

    try:
        assert way_of(Loose, "words") is None
    finally:
        Loose._meta.apps.all_models["erasing"].pop("loose")


@pytest.fixture(autouse=True)
def empty_facts(tmp_path: Path, settings: Settings) -> None:
    settings.ROPEWALK_STORE = tmp_path / "store"
    settings.FACTS_ENVIRONMENT = {}


@pytest.fixture
def alice(db: None) -> Account:  # noqa: ARG001
    account = Account(name="Alice", is_local_administrator=True)
    account.set_password(PASSWORD)
    account.save()
    return account


@pytest.fixture
def person(alice: Account) -> Account:
    """Somebody with everything a person can have on the site."""
    account = Account(name=NAME, email=EMAIL, is_local_administrator=True)
    account.set_password(PASSWORD)
    account.save()
    EmailAddress.objects.create(user=account, email=EMAIL)
    Authenticator.objects.create(user=account, type="totp", data={"secret": "x"})
    SocialAccount.objects.create(user=account, provider="p", uid=EMAIL, extra_data={"name": NAME})
    Client().force_login(account)
    assert Session.objects.count() == 1
    tried = name_tried(None, {"username": NAME})  # type: ignore[arg-type]
    AccessAttempt.objects.create(username=tried, ip_address="192.0.2.1", user_agent="x", failures_since_start=1)
    week = {"made_at": NOW, "expires_at": NOW + timedelta(days=7)}
    Invitation.objects.create(name=NAME, email=EMAIL, link_mark="a", by=alice, account=account, **week)
    Invitation.objects.create(name="Carol", email="carol@school.example", link_mark="b", by=account, **week)
    open_session(by=account, reason="to see why it failed", now=NOW)
    place = Place.objects.create(code="X1", name="Here", kind="council_area")
    give(Wanted(account, "coordinator", place, f"as {NAME} runs it", NOW.date()), by=alice, now=NOW)
    give(Wanted(alice, "coordinator", place, "as asked for by mail", NOW.date()), by=account, now=NOW)
    school = Organisation.objects.create(kind="school", key="990100", name="Oak")
    PlaceMembership.objects.create(organisation=school, place=place, begins=NOW.date(), by=NAME, at=NOW)
    for number in range(3):
        record(by=account, deed=Deed.LOOKED, thing="live:school", now=NOW + timedelta(minutes=number), school=990100)
    record(by=alice, deed=Deed.CHANGED, thing="permissions:give", now=NOW, about=f"a role for {NAME}")
    return account


def everything() -> str:
    """All rows of all tables, every sealed field opened."""
    rows: list[QuerySet[models.Model]] = [QuerySet(model) for model in MODELS.values()]
    return str([list(found.values_list()) for found in rows])


def test_nothing_names_the_person_any_more(person: Account, alice: Account) -> None:
    number = person.pk
    before = everything()
    assert all(one in before for one in (NAME, EMAIL, "to see why it failed", "as asked for by mail", "192.0.2.1"))
    emptied = people.erase(person, by=alice, reason="She asked for it", now=NOW)
    after = everything()
    secrets = (NAME, EMAIL, "to see why it failed", "as asked for by mail", "192.0.2.1")
    assert [secret for secret in secrets if secret in after] == []
    assert emptied >= 4
    assert verify().holds
    account = Account.objects.get(pk=number)
    assert account.name == f"Erased person {number}"
    assert not account.is_active and not account.has_usable_password() and not account.is_local_administrator
    for model in (EmailAddress, Authenticator, SocialAccount, AccessAttempt, Session):
        assert QuerySet(model).count() == 0
    assert [one.name for one in Invitation.objects.all()] == ["Carol"]
    # What was done stays, by nobody.
    assert PlaceMembership.objects.get().by == f"Erased person {number}"
    assert Grant.objects.get(account=account).ended_on == NOW.date()
    assert Grant.objects.get(account=alice).ended_on is None
    newest = Entry.objects.order_by("-number")[0]
    assert (newest.who, newest.thing) == ("Alice", "erasing:erase")
    assert newest.about == f"account {number} was erased: She asked for it"


def test_what_was_done_is_told_in_words() -> None:
    things = [f"erasing:{name}" for name in ("child", "school", "export", "erase")]
    assert [thing for thing in things if words_of(thing) == thing] == []


def test_the_export_holds_what_is_held_and_no_secret(person: Account, alice: Account) -> None:
    with zipfile.ZipFile(io.BytesIO(people.export(person, by=alice, now=NOW))) as packed:
        given = {name: packed.read(name).decode() for name in packed.namelist()}
    together = "\n".join(given.values())
    for held in (NAME, EMAIL, "to see why it failed", "as asked for by mail", "192.0.2.1", "live:school"):
        assert held in together, held
    assert person.password not in together
    assert '"secret"' not in together
    newest = Entry.objects.order_by("-number")[0]
    assert (newest.deed, newest.thing) == ("took", "erasing:export")


@pytest.mark.parametrize("reason", ["", "Quintessa wants it", f"mail from {EMAIL}"])
def test_a_reason_is_given_and_names_nobody(person: Account, alice: Account, reason: str) -> None:
    with pytest.raises(InputRefused):
        people.erase(person, by=alice, reason=reason, now=NOW)
    assert Account.objects.filter(name=NAME).exists()


def test_nobody_erases_themselves_or_the_last_administrator(alice: Account) -> None:
    bob = Account.objects.create(name="Bob")
    with pytest.raises(InputRefused, match="yourself"):
        people.erase(alice, by=alice, reason="a test", now=NOW)
    with pytest.raises(InputRefused, match="last local administrator"):
        people.erase(alice, by=bob, reason="a test", now=NOW)


def test_a_name_of_one_word_in_a_sentence_is_left_alone(alice: Account) -> None:
    will = Account.objects.create(name="Will")
    place = Place.objects.create(code="X1", name="Here", kind="council_area")
    give(Wanted(alice, "coordinator", place, "Will do until May", NOW.date()), by=alice, now=NOW)
    people.erase(will, by=alice, reason="a test", now=NOW)
    assert Grant.objects.get().reason == "Will do until May"


@pytest.fixture
def signed_in(client: Client, alice: Account) -> Client:
    client.force_login(alice)
    return client


def test_an_administrator_erases_a_person_on_a_page(
    person: Account, signed_in: Client, read: Callable[..., Page]
) -> None:
    start = f"/people/{person.pk}/erase/"
    assert (start, "erase this person") in read(f"/accounts/everybody/{person.pk}/").links
    page = read(start)
    assert page.row("what they looked at and did") == ["what they looked at and did", "4"]
    taken = signed_in.post(f"{start}export/")
    assert taken.headers["Content-Disposition"] == f'attachment; filename="account-{person.pk}.zip"'
    assert zipfile.is_zipfile(io.BytesIO(taken.content))
    for said, told in (
        ({"reason": "She asked for it"}, "Nothing was erased"),
        ({"word": "erase", "reason": ""}, "No reason is given"),
        ({"word": "erase", "reason": f"{NAME} asked for it"}, "names the person"),
    ):
        refused = signed_in.post(f"{start}now/", said)
        assert refused.status_code == 422
        assert told in refused.content.decode()
    assert Account.objects.get(pk=person.pk).name == NAME
    done = signed_in.post(f"{start}now/", {"word": "Erase", "reason": "She asked for it"})
    assert done.headers["Location"] == f"/accounts/everybody/{person.pk}/"
    assert NAME not in read(f"/accounts/everybody/{person.pk}/").words
    assert NAME not in everything()


def test_ones_own_page_says_that_it_cannot_be_done(
    alice: Account, signed_in: Client, read: Callable[..., Page]
) -> None:
    assert "cannot erase yourself" in read(f"/people/{alice.pk}/erase/").words
    refused = signed_in.post(f"/people/{alice.pk}/erase/now/", {"word": "erase", "reason": "a test"})
    assert refused.status_code == 422
    assert "cannot erase yourself" in refused.content.decode()


def test_receipts_name_nobody_either(person: Account, alice: Account, tmp_path: Path) -> None:
    file, scratch = tmp_path / "register.csv", tmp_path / "scratch"
    scratch.mkdir()
    file.write_text("urn,upn,week_beginning,marks\n990100,A823432108765,2025-09-08,/ \\ / \\ / \\ / \\ / \\\n")
    facts = people.facts()
    submit_files(facts, [file], by=NAME, key=b"k" * 32, scratch=scratch, now=NOW)
    assert people.held_about(person).receipts == 1
    people.erase(person, by=alice, reason="a test", now=NOW)
    assert [one.by for one in receipts(facts)] == [f"Erased person {person.pk}"]
    assert not [path for path in facts.root.rglob("*") if path.is_file() and NAME.encode() in path.read_bytes()]


@pytest.mark.django_db
def test_no_name_in_the_log_that_is_handed_over_is_run_as_a_formula() -> None:
    account = Account.objects.create(name="=HYPERLINK(1)")
    record(by=account, deed=Deed.LOOKED, thing="live:school", now=timezone.now(), about="+1")
    told = log.as_csv(log.of_account(account), names=True).decode("utf-8-sig").splitlines()[1]
    assert told.endswith(",'+1,'=HYPERLINK(1)")
