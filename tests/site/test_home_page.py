"""The page on which people begin: right for each role, of their own places and of no others, the same for many rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.site import partnership_cast, workstreams_cast
from tests.site.conftest import Page
from tests.site.partnership_cast import BEGAN, NOW, Cast

from ropewalk.core.use_cases.store import Reader, Store
from ropewalk.site.agree.home.asking import Asking
from ropewalk.site.agree.home.demonstration import make_week
from ropewalk.site.agree.home.page import NEXT, home_page
from ropewalk.site.agree.home.waiting import SOURCES
from ropewalk.site.agree.partnership.actions.agreements import (
    NewAgreement,
    Word,
    draft_agreement,
    mark,
    put_before_members,
    put_in_force,
    sign,
)
from ropewalk.site.agree.partnership.actions.belonging import Choice, decide
from ropewalk.site.agree.partnership.actions.bodies import NewBody, begin
from ropewalk.site.agree.partnership.demonstration import make_partnership
from ropewalk.site.agree.partnership.kinds import AgreementKind, BodyKind, Standing
from ropewalk.site.agree.partnership.wording import Wording
from ropewalk.site.agree.plan.actions.items import Promise, add, report
from ropewalk.site.agree.plan.actions.kpis import Wanted as KpiWanted
from ropewalk.site.agree.plan.actions.kpis import Written, set_measure, write_in
from ropewalk.site.agree.plan.actions.plans import NewPlan, draft
from ropewalk.site.agree.plan.demonstration import make_plan
from ropewalk.site.agree.plan.kinds import Comes, ItemKind, State, Status
from ropewalk.site.agree.plan.models import Item, Plan
from ropewalk.site.agree.workstreams.demonstration import make_workstream
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.actions import join_place, name_organisation, name_place
from ropewalk.site.foundation.organisations.kinds import OrganisationKind, PlaceKind
from ropewalk.site.foundation.organisations.models import Organisation, Place
from ropewalk.site.foundation.organisations.register import bring_in
from ropewalk.site.foundation.permissions.demonstration import make_people
from ropewalk.site.foundation.permissions.roles import ROLES

pytestmark = pytest.mark.django_db
Reading = Callable[..., Page]
BODIES = {
    OrganisationKind.UNIVERSITY: "A university",
    OrganisationKind.PROVIDER: "A provider",
    OrganisationKind.PARTNER: "A choir",
    OrganisationKind.REGION: "A region",
}
# Where each role is held, what waits for it, and whether its organisation promised something here.
LEADS = {"workstream_figures", "workstream_gate"}
EXPECTED: dict[str, tuple[str, set[str], bool]] = {
    "head": ("school", {"joining"}, True),
    "data_lead": ("school", {"returns"}, True),
    "senco": ("school", set(), True),
    "attendance_lead": ("school", set(), True),
    "trust_leader": ("trust", {"agreements"}, False),
    "council_officer": ("council", {"agreements", *LEADS}, False),
    "coordinator": ("place", LEADS, False),
    "reviewer": ("place", set(), False),
    "provider": ("provider", set(), False),
    "regional_lead": ("region", set(), False),
    "evaluator": ("university", set(), False),
    "partner": ("partner", set(), False),
}


@dataclass
class World:
    """Two places with a partnership, a plan and a workstream each; people of the first see nothing of the second."""

    cast: Cast
    where: dict[str, Organisation | Place]


def now() -> datetime:
    return timezone.now()


def partnership_at(place: Place, cast: Cast, name: str, school: Organisation | None = None) -> None:
    """A board, an agreement before members, a plan with a part at risk, and a workstream, all called by a name."""
    by, today = cast.dana, timezone.localdate()
    begin(NewBody(BodyKind.BOARD, f"{name} board", today), place=place, by=by, now=now())
    wording = Wording("We.", {OrganisationKind.COUNCIL: ("Pay.",), OrganisationKind.TRUST: ("Open.",)})
    wanted = NewAgreement(AgreementKind.MEMORANDUM, f"{name} memorandum")
    version = draft_agreement(wanted, wording, place=place, by=by, now=now())
    put_before_members(version=version, expected=version.digest, by=by, now=now())
    plan = draft(NewPlan(f"{name} plan"), place=place, by=by, now=now())
    said = Promise(words=f"{name} part", organisation=school, due=today + timedelta(days=90))
    item = add(ItemKind.ACTION, said, plan=plan, by=by, now=now())
    Plan.objects.filter(pk=plan.pk).update(state=State.LIVE)
    row = Item.objects.select_related("plan__place").get(pk=item.pk)
    report(Status.AT_RISK, f"{name} trouble", item=row, by=by, now=now())
    workstreams_cast.proposed(place, by=by, now=now(), title=f"{name} stream")


@pytest.fixture
def world(live_store: Path, settings: Settings, db: None) -> World:  # noqa: ARG001
    settings.ROPEWALK_STORE = live_store
    cast = partnership_cast.made()
    bodies = {kind.value: name_organisation(kind=kind, key="here", name=name) for kind, name in BODIES.items()}
    for body in bodies.values():
        join_place(organisation=body, place=cast.area, begins=BEGAN, by="Dana", now=NOW)
    choice = Choice(100002, joins=True, day=timezone.localdate(), words="Yes.")
    decide(choice, place=cast.area, by=cast.head(100002), now=now())
    partnership_at(cast.area, cast, "Ours", cast.schools[100001])
    far = name_place(kind=PlaceKind.COUNCIL_AREA, code="X06000002", name="Northmoor")
    partnership_at(far, cast, "Theirs")
    where = {"school": cast.schools[100001], "trust": cast.trust, "council": cast.council, "place": cast.area, **bodies}
    return World(cast, where)


def test_every_role_is_walked_here() -> None:
    assert set(EXPECTED) == {role.id for role in ROLES.values() if role.is_given} == set(NEXT)


@pytest.mark.parametrize("role", EXPECTED)
def test_each_role_sees_what_is_theirs_and_nothing_of_others(
    world: World, role: str, client: Client, read: Reading
) -> None:
    kind, expected, promised = EXPECTED[role]
    world.cast.person("Dora", "data_lead", world.cast.schools[100001])
    person = world.cast.person(f"A {role}", role, world.where[kind])
    asking = Asking(person, now())
    assert {name for name, found in SOURCES.items() if list(found(asking))} == expected
    client.force_login(person)
    page = read("/home/")
    assert [words for level, words in page.headings if level == 2] == [
        "What needs you this week",
        "What moved",
        "Who needs help",
        "What we promised",
    ]
    assert "Theirs" not in page.html
    assert "Northmoor" not in page.html
    # What is at risk, and that it became so, everybody of the place sees.
    assert "Ours trouble" in page.words
    assert "status moved from “not begun” to “at risk”" in page.words
    assert ("Neither you nor your organisation has promised anything" not in page.words) == promised
    assert (f"Nothing waits for you. {NEXT[role]}" in page.words) == (not expected)
    for address in page.addresses("/"):
        assert client.get(address).status_code in {200, 302}, address


def test_whoever_has_not_signed_in_is_led_to_it_and_back(client: Client, world: World) -> None:
    assert client.get("/home/").headers["Location"] == "/accounts/sign-in/?next=/home/"
    head = world.cast.head(100001)
    head.set_password("rope-walk-of-forty-fathoms")
    head.save()
    answer = client.post("/accounts/sign-in/", {"login": head.name, "password": "rope-walk-of-forty-fathoms"})
    assert answer.headers["Location"] == "/home/"
    assert "no-store" in client.get("/home/").headers["Cache-Control"]
    assert client.get("/partnerships/").content.decode().count('href="/home/"') == 1


def test_whoever_holds_no_role_and_whoever_looks_after_the_site_see_nothing_of_any_place(
    world: World, client: Client, read: Reading
) -> None:
    for person, said in (
        (Account.objects.create(name="Charlie"), "You hold no role yet."),
        (world.cast.dana, "See under “People” who holds which role"),
    ):
        client.force_login(person)
        page = read("/home/")
        assert said in page.words
        assert not any(name in page.words for name in ("Ours", "Theirs", "Harbourmouth", "Northmoor"))


def test_a_second_factor_comes_first(world: World, client: Client, settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(world.cast.head(100001))
    assert client.get("/home/").headers["Location"] == "/accounts/second-factor/"


def test_what_a_member_signed_stands_among_its_promises_with_how_it_is_kept(world: World) -> None:
    cast, by = world.cast, world.cast.dana
    leader = cast.person("Tess", "trust_leader", cast.trust)
    version = cast.area.agreements.get().versions.get()
    sign(version=version, organisation=cast.trust, expected=version.digest, by=leader, now=now())
    put_in_force(version=version, by=by, now=now())
    [line] = home_page(Asking(leader, now())).promised.lines
    assert (line.words, line.tag) == ("Open.", "Not said yet")
    commitment = version.commitments.get(kind="trust")
    word = Word(Standing.AT_RISK, "Nobody came.")
    mark(word, commitment=commitment, organisation=cast.trust, by=leader, now=now())
    assert home_page(Asking(leader, now())).promised.lines[0].tag == "At risk"
    # What another member promised stands on its own page.
    assert home_page(Asking(cast.head(100003), now())).promised.lines == []


def test_a_kpi_that_turned_stands_under_what_moved(world: World) -> None:
    cast, today = world.cast, timezone.localdate()
    plan = Plan.objects.get(title="Ours plan")
    said = Promise(words="Visits", due=today + timedelta(days=100))
    kpi = add(ItemKind.KPI, said, plan=plan, by=cast.dana, now=now())
    wanted = KpiWanted(comes=Comes.TYPED, unit="%", target=Decimal(90))
    row = set_measure(wanted, item=kpi, by=cast.dana, now=now() - timedelta(days=300))
    for days, value, share, at in ((300, 50, 500, 300), (200, 55, 550, 200), (5, 95, 950, 5)):
        day = today - timedelta(days=days)
        typed = Written(day=day, value=Decimal(value), source="Counted.", numerator=share, denominator=1000)
        write_in(typed, kpi=row, by=cast.dana, now=now() - timedelta(days=at))
    lines = [one.words for one in home_page(Asking(cast.head(100001), now())).moved.lines]
    assert "Visits: now ahead, was behind" in lines


def test_a_workstream_past_its_end_needs_help(world: World) -> None:
    made = workstreams_cast.proposed(world.cast.area, by=world.cast.dana, now=now(), title="Old stream")
    workstreams_cast.at_task(made, by=world.cast.dana, now=now() - timedelta(days=60))
    lines = home_page(Asking(world.cast.head(100001), now())).helping.lines
    assert [one.words for one in lines] == ["Ours part", "Old stream, Harbourmouth"]


def test_the_page_asks_no_more_questions_for_many_rows_than_for_few(
    world: World, django_assert_num_queries: Any
) -> None:
    cast = world.cast
    head = cast.head(100001)

    def more(number: int) -> None:
        plan = Plan.objects.get(title="Ours plan")
        for one in range(number):
            said = Promise(words=f"More {one}", owner=head, organisation=cast.schools[100001], due=date(2020, 1, 1))
            item = add(ItemKind.ACTION, said, plan=plan, by=cast.dana, now=now())
            row = Item.objects.select_related("plan__place").get(pk=item.pk)
            report(Status.AT_RISK, "Late.", item=row, by=cast.dana, now=now())

    more(1)
    with CaptureQueriesContext(connection) as caught:
        home_page(Asking(head, now()))
    more(25)
    with django_assert_num_queries(len(caught)):
        page = home_page(Asking(head, now()))
    assert (len(page.waiting), page.more > 0) == (20, True)


def test_people_of_a_demo_find_something(live_store: Path, settings: Settings, client: Client, read: Reading) -> None:
    settings.ROPEWALK_STORE = live_store
    dana = Account.objects.create(name="Dana", is_local_administrator=True)
    reader, at = Reader(Store(live_store)), datetime.now(UTC)
    bring_in(reader=reader, place="X06000001", by=dana.name, now=at, on=timezone.localdate())
    urn = int(Organisation.objects.filter(kind="school").earliest("pk").key)
    make_people(reader=reader, place="X06000001", urn=urn, by=dana.name, now=at)
    make_partnership(place="X06000001", leave_out=urn, by=dana.name, coordinator="coordinator", now=at)
    make_workstream(place="X06000001", by="coordinator", now=at)
    make_plan(place="X06000001", coordinator="coordinator", now=at)
    make_week(place="X06000001", coordinator="coordinator", now=at)
    for name, words in (("coordinator", "Education Board of Harbourmouth"), ("head", "Decide whether")):
        client.force_login(Account.objects.get_by_natural_key(name))
        page = read("/home/")
        assert words in page.words
        assert "Nothing waits for you" not in page.words
