"""Roles: given, reviewed, ended, and what they reach; rows of schools are never asked for without saying for whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from django.test import Client
from django.utils import timezone
from tests.site.conftest import Page

from ropewalk.core.errors import InputRefused
from ropewalk.site.foundation.accounts import second_factor
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.audit.looks import words_of
from ropewalk.site.foundation.audit.models import Entry
from ropewalk.site.foundation.organisations.actions import end as end_membership
from ropewalk.site.foundation.organisations.actions import (
    join_place,
    join_trust,
    make_place,
    name_organisation,
    name_place,
    nest_place,
)
from ropewalk.site.foundation.organisations.kinds import OrganisationKind, PlaceKind
from ropewalk.site.foundation.organisations.models import Organisation, Place, PlaceMembership
from ropewalk.site.foundation.permissions.actions import Wanted, end, give, review
from ropewalk.site.foundation.permissions.forms import found_at
from ropewalk.site.foundation.permissions.guard import at_place, at_school, fetch
from ropewalk.site.foundation.permissions.models import Grant
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.permissions.reach import EVERYWHERE, NOWHERE, holds_role_with_pupils, reach
from ropewalk.site.foundation.permissions.roles import PUBLIC, ROLES
from ropewalk.site.foundation.permissions.scoped import Unscoped
from ropewalk.site.foundation.permissions.selectors import grants_by_due, own_grants
from ropewalk.site.see.sharing.models import Reminder, Upload

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
TODAY = date(2026, 9, 1)
BEFORE = date(2026, 1, 1)
SEE, SEND = Permission.SEE_RETURNS, Permission.SEND_RETURNS


@pytest.fixture
def dana() -> Account:
    return Account.objects.create(name="Dana", is_local_administrator=True)


@pytest.fixture
def alice() -> Account:
    return Account.objects.create(name="Alice")


def school(urn: int) -> Organisation:
    return name_organisation(kind=OrganisationKind.SCHOOL, key=str(urn), name=f"School {urn}")


def trust() -> Organisation:
    return name_organisation(kind=OrganisationKind.TRUST, key="north-trust", name="North Trust")


def held(account: Account, role: str, where: Organisation | Place, by: Account, begins: date = TODAY) -> Grant:
    return give(Wanted(account, role, where, "It is their work.", begins), by=by, now=NOW)


def test_a_grant_lasts_a_year_is_reviewed_after_half_and_ends_at_once(dana: Account, alice: Account) -> None:
    grant = held(alice, "head", school(100001), dana)
    assert (grant.until, grant.review_due) == (TODAY + timedelta(days=365), TODAY + timedelta(days=182))
    assert (grant.given_by, grant.given_at, grant.title, str(grant)) == (dana, NOW, "Head", "Head at School 100001")
    assert reach(alice, SEND, on=TODAY - timedelta(days=1)) == NOWHERE
    for day in (TODAY, grant.until):
        assert reach(alice, SEND, on=day).schools == {100001}
    assert reach(alice, SEND, on=grant.until + timedelta(days=1)) == NOWHERE
    later = NOW + timedelta(days=300)
    review(grant=grant, by=dana, now=later)
    grant.refresh_from_db()
    assert (grant.reviewed_on, grant.reviewed_by, grant.review_due) == (later.date(), dana, grant.until)
    end(grant=grant, reason="Left the school.", by=dana, now=later)
    grant.refresh_from_db()
    assert (grant.ended_on, grant.ended_by, grant.ended_reason) == (later.date(), dana, "Left the school.")
    assert reach(alice, SEND, on=later.date() - timedelta(days=1)).schools == {100001}
    assert reach(alice, SEND, on=later.date()) == NOWHERE
    assert Grant.objects.count() == 1
    told = [(one.who, words_of(one.thing), one.school, one.about) for one in Entry.objects.all()]
    assert told == [
        ("Dana", f"who holds a role: {deed}", 100001, f"grant {grant.pk}: Head")
        for deed in ("given", "confirmed", "ended")
    ]
    for again in (
        lambda: review(grant=grant, by=dana, now=later),
        lambda: end(grant=grant, reason="x", by=dana, now=later),
    ):
        with pytest.raises(InputRefused, match="ended already"):
            again()


def test_a_grant_needs_a_reason_a_fitting_place_and_at_most_a_year(dana: Account, alice: Account) -> None:
    refused = [
        (Wanted(alice, "head", trust(), "Why not.", TODAY), "not held at a trust"),
        (Wanted(alice, "coordinator", school(100001), "Why not.", TODAY), "not held at a school"),
        (Wanted(alice, "head", school(100001), "  ", TODAY), "No reason"),
        (Wanted(alice, "head", school(100001), "Why.", TODAY, TODAY + timedelta(days=366)), "more than a year"),
        (Wanted(alice, "head", school(100001), "Why.", TODAY, TODAY - timedelta(days=1)), "less than a day"),
    ]
    for wanted, words in refused:
        with pytest.raises(InputRefused, match=words):
            give(wanted, by=dana, now=NOW)
    held(alice, "head", school(100001), dana)
    with pytest.raises(InputRefused, match="has this role there already"):
        held(alice, "head", school(100001), dana, begins=TODAY + timedelta(days=9))
    held(alice, "head", school(100001), dana, begins=TODAY + timedelta(days=366))
    held(alice, "head", school(100002), dana)


def test_a_trust_leader_reaches_what_the_trust_holds_that_day(dana: Account, alice: Account) -> None:
    held(alice, "trust_leader", trust(), dana, begins=BEFORE)
    join_trust(school=school(100001), trust=trust(), begins=BEFORE, by="x", now=NOW)
    other = name_organisation(kind=OrganisationKind.TRUST, key="south", name="South")
    join_trust(school=school(100001), trust=other, begins=TODAY, by="x", now=NOW)
    join_trust(school=school(100002), trust=trust(), begins=TODAY, by="x", now=NOW)
    assert reach(alice, SEE, on=TODAY - timedelta(days=1)).schools == {100001}
    assert reach(alice, SEE, on=TODAY).schools == {100002}
    assert not reach(alice, Permission.SEE_COVERAGE, on=TODAY)


def test_a_council_officer_and_a_coordinator_reach_their_place_and_its_schools(dana: Account, alice: Account) -> None:
    area = name_place(kind=PlaceKind.COUNCIL_AREA, code="E06000026", name="Plymouth")
    council = name_organisation(kind=OrganisationKind.COUNCIL, key="E06000026", name="Plymouth")
    join_place(organisation=school(100001), place=area, begins=BEFORE, by="x", now=NOW)
    held(alice, "council_officer", council, dana)
    seen = reach(alice, Permission.SEE_COVERAGE, on=TODAY)
    assert (seen.schools, seen.places) == ({100001}, {"E06000026"})
    assert reach(alice, SEE, on=TODAY) == NOWHERE
    charlie = Account.objects.create(name="Charlie")
    named = make_place(name="South", schools=[(100002, "B")], within=None, begins=BEFORE, by="x", now=NOW)
    held(charlie, "coordinator", named, dana)
    assert reach(charlie, Permission.REMIND_SCHOOLS, on=TODAY).schools == {100002}
    end_membership(membership=PlaceMembership.objects.get(place=named), until=BEFORE, by="x", now=NOW)
    assert reach(charlie, Permission.REMIND_SCHOOLS, on=TODAY).schools == frozenset()
    region = name_place(kind=PlaceKind.REGION, code="E12000009", name="South West")
    nest_place(place=area, region=region, begins=BEFORE, by="x", now=NOW)
    held(charlie, "regional_lead", region, dana)
    assert reach(charlie, Permission.SEE_COVERAGE, on=TODAY).places == {"south"}


def test_an_administrator_reaches_everything_and_an_account_that_is_shut_nothing(dana: Account, alice: Account) -> None:
    held(alice, "head", school(100001), dana)
    assert reach(dana, SEE, on=TODAY) == EVERYWHERE
    for account in (dana, alice):
        account.is_active = False
        assert reach(account, SEE, on=TODAY) == NOWHERE


def test_every_role_is_declared_in_words_and_only_the_public_is_given_to_nobody() -> None:
    assert [role for role in ROLES.values() if not role.is_given] == [PUBLIC]
    for role in ROLES.values():
        assert role.who.endswith((".", "in."))
        assert Permission.SEE_PUBLISHED_FIGURES in role.permissions
    held_by_some = {permission for role in ROLES.values() for permission in role.permissions}
    assert held_by_some == set(Permission)
    assert len({permission.words for permission in Permission}) == len(Permission)


def test_whoever_may_see_pupils_needs_a_second_factor(dana: Account, alice: Account) -> None:
    today = timezone.localdate()
    assert second_factor.may_see_pupils(dana)
    assert not second_factor.may_see_pupils(alice)
    named = make_place(name="South", schools=[(100002, "B")], within=None, begins=BEFORE, by="x", now=NOW)
    held(alice, "coordinator", named, dana, begins=today)
    assert not second_factor.may_see_pupils(alice)
    held(alice, "senco", school(100001), dana, begins=today)
    assert second_factor.may_see_pupils(alice)
    assert not holds_role_with_pupils(alice, on=today - timedelta(days=1))


def uploads_of(*urns: int, by: Account) -> list[Upload]:
    return [Upload.objects.create(urn=urn, by=by, at=NOW, files=1) for urn in urns]


UNSCOPED: dict[str, Callable[[], object]] = {
    "list": lambda: list(Upload.objects.all()),
    "filter": lambda: list(Upload.objects.filter(urn=100001)),
    "get": lambda: Upload.objects.get(urn=100001),
    "first": Upload.objects.first,
    "slice": lambda: Upload.objects.order_by("at")[:1].values_list("urn")[0],
    "count": Upload.objects.count,
    "exists": lambda: Upload.objects.filter(urn=1).exists(),
    "contains": lambda: Upload.objects.contains(Upload()),
    "aggregate": Upload.objects.aggregate,
    "values": lambda: list(Upload.objects.values_list("urn").distinct()),
    "iterator": lambda: list(Upload.objects.iterator()),
    "in_bulk": Upload.objects.in_bulk,
    "update": lambda: Upload.objects.update(given_up=True),
    "delete": lambda: Upload.objects.filter(urn=1).delete(),
    "update_or_create": lambda: Upload.objects.update_or_create(urn=1),
    "raw": lambda: list(Upload.objects.raw("SELECT * FROM sharing_upload")),
    "part of another": lambda: list(Account.objects.filter(uploads__in=Upload.objects.all())),
    "union": lambda: list(Upload.objects.for_system_job("a test").union(Upload.objects.all())),
    "or": lambda: list(Upload.objects.for_system_job("a test") | Upload.objects.all()),
    "and": lambda: list(Upload.objects.all() & Upload.objects.for_system_job("a test")),
    "a job without a reason": lambda: Upload.objects.for_system_job(""),
    "from an account": lambda: list(Account.objects.get(name="Dana").uploads.all()),
    "reminders": lambda: list(Reminder.objects.all()),
}


@pytest.mark.parametrize("way", UNSCOPED)
def test_rows_of_schools_are_never_asked_for_without_saying_for_whom(dana: Account, way: str) -> None:
    uploads_of(100001, by=dana)
    with pytest.raises(Unscoped):
        UNSCOPED[way]()
    assert Upload.objects.for_system_job("a test").filter(given_up=False).count() == 1


def test_rows_are_those_of_the_schools_an_account_reaches(dana: Account, alice: Account) -> None:
    own, other = uploads_of(100001, 100002, by=dana)
    held(alice, "data_lead", school(100001), dana)
    seen = Upload.objects.visible_to(alice, SEND, on=TODAY)
    assert list(seen.filter(given_up=False).order_by("at")) == [own]
    assert seen.count() == 1
    assert Upload.objects.visible_to(dana, SEND, on=TODAY).count() == 2
    assert not Upload.objects.visible_to(alice, SEND, on=TODAY - timedelta(days=1)).exists()
    assert not Upload.objects.visible_to(alice, Permission.REMIND_SCHOOLS, on=TODAY).exists()
    assert fetch(Upload, own.pk, viewer=alice, permission=SEND, on=TODAY) == own
    for key in (other.pk, "nonsense"):
        with pytest.raises(Http404):
            fetch(Upload, key, viewer=alice, permission=SEND, on=TODAY)
    with pytest.raises(TypeError, match="do not belong"):
        fetch(Account, alice.pk, viewer=alice, permission=SEND, on=TODAY)
    own.given_up = True
    own.save(update_fields=["given_up"])


def test_schools_and_places_are_there_for_whoever_may_and_for_nobody_else(dana: Account, alice: Account) -> None:
    held(alice, "head", school(100001), dana)
    assert at_school(100001, viewer=alice, permission=SEE, on=TODAY) == 100001
    assert at_place("E06000026", viewer=dana, permission=SEE, on=TODAY) == "E06000026"
    with pytest.raises(Http404):
        at_school(100002, viewer=alice, permission=SEE, on=TODAY)
    with pytest.raises(Http404):
        at_place("E06000026", viewer=alice, permission=SEE, on=TODAY)


def test_where_a_role_is_held_is_found_by_number_or_whole_name(dana: Account) -> None:  # noqa: ARG001
    one = school(100001)
    assert found_at("head", "100001") == found_at("head", "school 100001") == one
    with pytest.raises(ValidationError, match="No school called so is known here"):
        found_at("head", "North Trust")
    name_organisation(kind=OrganisationKind.SCHOOL, key="100002", name="School 100001")
    with pytest.raises(ValidationError, match="100001, 100002"):
        found_at("head", "School 100001")
    for kind in (OrganisationKind.UNIVERSITY, OrganisationKind.COLLEGE):
        name_organisation(kind=kind, key="exe", name="Exe")
    assert found_at("evaluator", "exe").key == "exe"  # type: ignore[union-attr]


def test_the_page_gives_reviews_and_ends_a_role(
    client: Client,
    dana: Account,
    alice: Account,
    empty_store: object,  # noqa: ARG001
    read: Callable[..., Page],
) -> None:
    client.force_login(dana)
    assert "Nobody holds a role yet" in read("/people/").words
    school(100001)
    today = timezone.localdate()
    said = {"account": alice.pk, "role": "head", "where": "100001", "reason": "New head.", "begins": today.isoformat()}
    wrong = client.post("/people/give/", {**said, "where": "Nowhere", "reason": ""})
    assert wrong.status_code == 422
    assert "Say why this person needs it" in wrong.content.decode()
    made = client.post("/people/give/", said)
    assert made.status_code == 302
    again = client.post("/people/give/", said)
    assert (again.status_code, "has this role there already" in again.content.decode()) == (422, True)
    page = read(made.headers["Location"])
    assert "New head." in page.words
    assert read("/people/").row("Alice, Head at School 100001"[:5])[1:3] == ["Head", "School 100001"]
    grant = Grant.objects.get()
    Grant.objects.update(review_due=today)
    assert "1 is due for review." in read("/people/").words
    assert client.post(f"/people/roles/{grant.pk}/review/").status_code == 302
    assert "None is due for review." in read("/people/").words
    assert client.post(f"/people/roles/{grant.pk}/end/").status_code == 422
    assert client.post(f"/people/roles/{grant.pk}/end/", {"reason": "Left."}).status_code == 302
    assert "by Dana: Left." in read(f"/people/roles/{grant.pk}/").words
    assert client.post(f"/people/roles/{grant.pk}/end/", {"reason": "Left."}).status_code == 422
    client.force_login(alice)
    assert client.get("/people/").status_code == 404
    assert client.post("/people/give/", said).status_code == 404


def test_everybody_sees_what_they_may_see_and_why(
    client: Client,
    dana: Account,
    alice: Account,
    empty_store: object,  # noqa: ARG001
    read: Callable[..., Page],
) -> None:
    client.force_login(alice)
    assert "You hold no role." in read("/people/mine/").words
    held(alice, "trust_leader", trust(), dana, begins=timezone.localdate())
    assert "No school belongs to it today." in read("/people/mine/").words
    join_trust(school=school(100001), trust=trust(), begins=BEFORE, by="x", now=NOW)
    page = read("/people/mine/")
    for words in ("Trust leader at North Trust", "It is their work.", "send returns for a school", "School 100001"):
        assert words in page.words
    client.force_login(dana)
    assert "You are a local administrator" in read("/people/mine/").words


def test_grants_stand_by_when_they_are_due_and_those_over_last(dana: Account, alice: Account) -> None:
    late, soon, over = (held(alice, "head", school(urn), dana) for urn in (100001, 100002, 100003))
    Grant.objects.filter(pk=soon.pk).update(review_due=TODAY)
    end(grant=over, reason="Left.", by=dana, now=NOW)
    lines = grants_by_due(viewer=dana, on=TODAY)
    assert [(line.grant.pk, line.state, line.is_due) for line in lines] == [
        (soon.pk, "holds", True),
        (late.pk, "holds", False),
        (over.pk, "ended", False),
    ]
    assert {line.state for line in grants_by_due(viewer=dana, on=TODAY - timedelta(days=1))} == {"to come"}
    assert {line.state for line in grants_by_due(viewer=dana, on=TODAY + timedelta(days=400))} == {"expired", "ended"}
    assert grants_by_due(viewer=alice, on=TODAY) == []
    assert [one.grant.pk for one in own_grants(viewer=alice, on=TODAY)] == [late.pk, soon.pk]
