"""Organisations and places: who belonged where on a day; the register brings them in as often as one likes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ropewalk.core.errors import InputRefused
from ropewalk.core.use_cases.store import Reader, Store
from ropewalk.site.foundation.organisations.actions import (
    end,
    join_place,
    join_trust,
    make_place,
    name_organisation,
    name_place,
    nest_place,
    slug,
)
from ropewalk.site.foundation.organisations.kinds import OrganisationKind, PlaceKind
from ropewalk.site.foundation.organisations.membership import (
    members_of,
    region_on,
    schools_of_places,
    schools_of_trusts,
    trust_on,
)
from ropewalk.site.foundation.organisations.models import (
    Organisation,
    Place,
    PlaceMembership,
    PlaceNesting,
    TrustMembership,
)
from ropewalk.site.foundation.organisations.register import bring_in, described_day, named_schools

NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
TODAY = date(2026, 9, 1)
FIRST = date(2026, 1, 1)
pytestmark = pytest.mark.django_db


def school(urn: int = 100001) -> Organisation:
    return name_organisation(kind=OrganisationKind.SCHOOL, key=str(urn), name=f"School {urn}")


def trust(name: str) -> Organisation:
    return name_organisation(kind=OrganisationKind.TRUST, key=slug(name), name=name)


def test_a_school_that_changes_trust_keeps_its_past() -> None:
    one, north, south = school(), trust("North Trust"), trust("South Trust")
    assert join_trust(school=one, trust=north, begins=FIRST, by="alice", now=NOW)
    assert join_trust(school=one, trust=south, begins=date(2026, 6, 1), by="bob", now=NOW)
    assert trust_on(one, date(2025, 12, 31)) is None
    assert trust_on(one, FIRST) == trust_on(one, date(2026, 5, 31)) == north
    assert trust_on(one, date(2026, 6, 1)) == trust_on(one, date(2030, 1, 1)) == south
    assert schools_of_trusts([north.pk], date(2026, 5, 31)) == {100001}
    assert schools_of_trusts([north.pk], date(2026, 6, 1)) == frozenset()
    ended = TrustMembership.objects.get(trust=north)
    assert (ended.by, ended.ended_by, ended.until) == ("alice", "bob", date(2026, 5, 31))


def test_saying_it_again_changes_nothing_and_another_trust_on_the_same_days_is_refused() -> None:
    one, north, south = school(), trust("North Trust"), trust("South Trust")
    join_trust(school=one, trust=north, begins=date(2026, 6, 1), by="alice", now=NOW)
    assert not join_trust(school=one, trust=north, begins=date(2026, 8, 1), by="alice", now=NOW)
    for begins in (FIRST, date(2026, 6, 1)):
        with pytest.raises(InputRefused, match="was in another trust"):
            join_trust(school=one, trust=south, begins=begins, by="alice", now=NOW)
    assert TrustMembership.objects.count() == 1


def test_a_membership_ends_with_a_day_once_and_never_before_it_began() -> None:
    one, north = school(), trust("North Trust")
    join_trust(school=one, trust=north, begins=FIRST, by="alice", now=NOW)
    found = TrustMembership.objects.get()
    with pytest.raises(InputRefused, match="cannot end on"):
        end(membership=found, until=FIRST - timedelta(days=1), by="alice", now=NOW)
    end(membership=found, until=FIRST, by="alice", now=NOW)
    with pytest.raises(InputRefused, match="already"):
        end(membership=found, until=TODAY, by="alice", now=NOW)
    assert trust_on(one, FIRST) == north
    assert trust_on(one, FIRST + timedelta(days=1)) is None
    # A trust that is joined again begins anew.
    assert join_trust(school=one, trust=north, begins=TODAY, by="alice", now=NOW)


STEPS = st.lists(st.tuples(st.sampled_from(["join", "leave"]), st.integers(0, 2), st.integers(0, 40)), max_size=12)


@given(steps=STEPS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_said_no_school_is_in_two_trusts_on_a_day(steps: list[tuple[str, int, int]]) -> None:
    with transaction.atomic():
        one, trusts = school(), [trust(f"Trust {number}") for number in range(3)]
        for what, which, days in steps:
            day = FIRST + timedelta(days=days)
            try:
                if what == "join":
                    join_trust(school=one, trust=trusts[which], begins=day, by="alice", now=NOW)
                else:
                    going_on = TrustMembership.objects.filter(school=one, until__isnull=True).first()
                    if going_on is not None:
                        end(membership=going_on, until=day, by="alice", now=NOW)
            except InputRefused:
                pass
        for days in range(-1, 43):
            day = FIRST + timedelta(days=days)
            held = TrustMembership.objects.on(day).filter(school=one)
            assert held.count() <= 1
            assert sum(100001 in schools_of_trusts([each.pk], day) for each in trusts) == held.count()
        transaction.set_rollback(True)


@pytest.mark.parametrize("until", [None, date(2025, 12, 31)])
def test_the_database_itself_refuses_two_that_go_on_and_an_end_before_the_beginning(until: date | None) -> None:
    one, north = school(), trust("North Trust")
    join_trust(school=one, trust=north, begins=FIRST, by="alice", now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        TrustMembership.objects.create(
            school=one, trust=trust("South Trust"), begins=TODAY, until=until, by="mallory", at=NOW
        )


def test_a_place_of_named_schools_lies_within_a_region_and_reaches_its_schools_day_by_day() -> None:
    region = name_place(kind=PlaceKind.REGION, code="E12000005", name="West Midlands")
    place = make_place(
        name="South Solihull",
        schools=[(100001, "Alder"), (100002, "Birch")],
        within=region,
        begins=FIRST,
        by="alice",
        now=NOW,
    )
    assert (place.code, place.kind, region_on(place, TODAY)) == ("south-solihull", "named_set", region)
    assert region_on(place, FIRST - timedelta(days=1)) is None
    assert [one.name for one in members_of(place, TODAY)] == ["Alder", "Birch"]
    end(
        membership=PlaceMembership.objects.get(organisation__key="100002"),
        until=date(2026, 3, 31),
        by="alice",
        now=NOW,
    )
    assert schools_of_places([place.pk], date(2026, 3, 31)) == {100001, 100002}
    assert schools_of_places([place.pk], TODAY) == {100001}
    assert schools_of_places([region.pk], TODAY) == {100001}
    assert join_place(organisation=school(100002), place=place, begins=TODAY, by="alice", now=NOW)
    assert not join_place(organisation=school(100002), place=place, begins=TODAY, by="alice", now=NOW)


def test_a_place_in_a_new_region_keeps_the_old_one_for_the_days_before() -> None:
    west, east = (name_place(kind=PlaceKind.REGION, code=name, name=name) for name in ("west", "east"))
    place = name_place(kind=PlaceKind.NAMED_SET, code="p", name="P")
    assert nest_place(place=place, region=west, begins=FIRST, by="a", now=NOW)
    assert nest_place(place=place, region=east, begins=TODAY, by="a", now=NOW)
    assert not nest_place(place=place, region=east, begins=TODAY, by="a", now=NOW)
    assert region_on(place, TODAY - timedelta(days=1)) == west
    assert region_on(place, TODAY) == east


def test_a_place_needs_a_name_of_its_own_and_schools() -> None:
    given_place = {"within": None, "begins": FIRST, "by": "alice", "now": NOW}
    for name, schools in (("", [(100001, "A")]), ("—", [(100001, "A")]), ("South", [])):
        with pytest.raises(InputRefused, match="needs a name"):
            make_place(name=name, schools=schools, **given_place)
    make_place(name="South", schools=[(100001, "A")], **given_place)
    with pytest.raises(InputRefused, match="already"):
        make_place(name="south", schools=[(100001, "A")], **given_place)
    with pytest.raises(InputRefused, match="named set of schools already"):
        name_place(kind=PlaceKind.REGION, code="south", name="South")


def test_the_register_brings_in_a_council_area_once(live_store: Path) -> None:
    reader = Reader(Store(live_store))
    first = bring_in(reader=reader, place="Harbourmouth", by="alice", now=NOW, on=TODAY)
    schools = list(reader.schools(place="X06000001"))
    assert first.schools == len(schools) == len(schools_of_places([first.place.pk], TODAY))
    assert first.trusts == Organisation.objects.filter(kind=OrganisationKind.TRUST).count() > 0
    assert (
        first.news == PlaceMembership.objects.count() + TrustMembership.objects.count() + PlaceNesting.objects.count()
    )
    for one in schools:
        held = trust_on(Organisation.objects.get(kind=OrganisationKind.SCHOOL, key=one.urn), TODAY)
        assert (held.name if held else None) == one.trust
    again = bring_in(reader=reader, place="X06000001", by="bob", now=NOW, on=TODAY + timedelta(days=9))
    assert (again.place, again.news) == (first.place, 0)
    assert region_on(first.place, TODAY) == Place.objects.get(code="X12000001")
    with pytest.raises(InputRefused, match="not a council area"):
        bring_in(reader=reader, place="X12000001", by="alice", now=NOW, on=TODAY)


def test_what_a_person_said_of_a_later_day_is_not_undone_by_the_register(live_store: Path) -> None:
    reader = Reader(Store(live_store))
    bring_in(reader=reader, place="X06000001", by="alice", now=NOW, on=TODAY)
    moved = TrustMembership.objects.select_related("school").earliest("pk")
    join_trust(school=moved.school, trust=trust("Another Trust"), begins=TODAY, by="alice", now=NOW)
    assert bring_in(reader=reader, place="X06000001", by="alice", now=NOW, on=TODAY).news == 0
    held = trust_on(moved.school, TODAY)
    assert held is not None
    assert held.name == "Another Trust"


def test_schools_are_named_by_the_register_or_as_they_are_known_here(live_store: Path) -> None:
    reader = Reader(Store(live_store))
    known = reader.schools(place="X06000001")[0]
    assert named_schools(reader, [int(known.urn), int(known.urn)]) == [(int(known.urn), known.name)]
    with pytest.raises(InputRefused, match="No school has the URN 100001"):
        named_schools(reader, [100001])
    school(100001)
    assert named_schools(None, [100001]) == [(100001, "School 100001")]


@pytest.mark.parametrize(
    ("as_of", "day"),
    [
        ("2025-04-22", date(2025, 4, 22)),
        ("2026-08", date(2026, 8, 1)),
        ("2022/23", date(2022, 9, 1)),
        ("2026/27", TODAY),
        ("2027-01", TODAY),
        ("not known", TODAY),
    ],
)
def test_a_register_describes_from_a_day_on_never_after_today(as_of: str, day: date) -> None:
    assert described_day(as_of, TODAY) == day
