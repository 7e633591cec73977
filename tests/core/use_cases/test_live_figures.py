"""Figures from returns that pages hold in memory are those that ``ropewalk figures`` counts afresh."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from ropewalk.core.compare.control_chart import FEWEST_POINTS
from ropewalk.core.compare.movement import Look
from ropewalk.core.compare.no_roll import Enrolment, on_no_roll
from ropewalk.core.disclosure import SafeTable
from ropewalk.core.engines.plan import roll_days
from ropewalk.core.errors import NotFound
from ropewalk.core.publish.live_words import twin_sentence
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.periods import PeriodKind, kind_of
from ropewalk.core.use_cases.facts_store import Facts
from ropewalk.core.use_cases.live_measure import TWINS, LiveAsked, live_measure
from ropewalk.core.use_cases.live_movement import live_movement
from ropewalk.core.use_cases.live_overview import live_overview
from ropewalk.core.use_cases.live_provenance import LiveCell, live_provenance
from ropewalk.core.use_cases.live_state import LiveState, NothingSentError, state_token
from ropewalk.core.use_cases.returns_figures import Known, ReturnsWanted, returns_figures
from ropewalk.core.use_cases.store import Reader, Store
from ropewalk.core.views.live import LiveOverview, Scope

PLACE = "X06000001"
TODAY = date(2026, 3, 22)
SO_FAR = "2025/26 to 2026-W12"


@pytest.fixture(scope="module")
def state(live_store: Path) -> Iterator[LiveState]:
    opened = LiveState(Facts(live_store), today=TODAY)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def place(state: LiveState) -> Scope:
    return state.place(PLACE)


@pytest.fixture(scope="module")
def overview(state: LiveState, place: Scope, live_store: Path) -> LiveOverview:
    return live_overview(state, place, reader=Reader(Store(live_store)))


def cells(figures: Sequence[Figure]) -> dict[tuple[str, ...], tuple[object, ...]]:
    """What a figure says, by where it stands."""
    return {
        (f.place, f.school or "", f.measure, f.phase, f.group, f.period): (
            f.value,
            f.numerator,
            f.denominator,
            f.missing,
        )
        for f in figures
    }


def own(released: SafeTable) -> list[Figure]:
    return [figure for figure in released if figure.source.kind == "returns" and ":" not in figure.source.title]


def afresh(live_store: Path, schools: Sequence[int] = (), **wanted: Sequence[str]) -> dict[tuple[str, ...], object]:
    asked = ReturnsWanted(place=PLACE, schools=schools, **wanted)  # type: ignore[arg-type]
    return dict(cells(returns_figures(Facts(live_store), asked, Known(today=TODAY))))


def test_every_figure_of_a_place_is_the_one_counted_afresh(overview: LiveOverview, live_store: Path) -> None:
    shown = cells([f for f in own(overview.released) if f.school is None])
    counted = afresh(live_store, groups=["all"], periods=sorted({key[-1] for key in shown}))
    assert len(shown) > 80
    assert {key: counted[key] for key in shown} == shown


def test_every_figure_of_the_schools_beside_each_other_is_too(overview: LiveOverview, live_store: Path) -> None:
    shown = cells([f for f in own(overview.released) if f.school])
    schools = sorted({int(key[1]) for key in shown})
    assert len(schools) == 14
    counted = afresh(
        live_store, schools, groups=["all"], measures=[m.id for m in overview.compact], periods=["2025/26", SO_FAR]
    )
    assert {key: counted[key] for key in shown} == shown


@pytest.mark.parametrize("kind", ["year", "half_term", "week"])
def test_weeks_and_half_terms_of_a_group_of_a_phase_are_too(
    state: LiveState, place: Scope, live_store: Path, kind: str
) -> None:
    live = live_measure(state, place, "absence_overall", LiveAsked(phase="primary", group="fsm", kind=kind))
    shown = cells(live.over_time)
    counted = afresh(
        live_store,
        measures=["absence_overall"],
        phases=["primary"],
        groups=["fsm"],
        periods=[f.period for f in live.over_time],
    )
    assert shown
    assert counted == shown


def test_the_running_year_stands_up_to_its_newest_week_beside_the_newest_whole_year(overview: LiveOverview) -> None:
    assert (overview.known.whole, overview.known.so_far, overview.known.week) == ("2024/25", SO_FAR, "2026-W12")
    rows = {row.measure.id: row for section in overview.sections for row in section.rows}
    absence = rows["absence_overall"]
    assert [f.period for f in (absence.whole, absence.so_far, absence.week) if f] == ["2024/25", SO_FAR, "2026-W12"]
    # Suspensions are not counted by the week: what there is of the running year stands for it.
    suspensions = rows["suspension_rate"]
    assert suspensions.so_far is not None
    assert suspensions.so_far.period == "2025/26"
    assert suspensions.week is None


def test_published_figures_keep_their_own_period_and_source(overview: LiveOverview) -> None:
    rows = {row.measure.id: row for section in overview.sections for row in section.rows}
    published = rows["persistent_absence"].published
    assert published is not None
    assert published.source.kind == "published"
    assert published.value is not None
    assert rows["lateness"].published is None
    assert rows["persistent_absence_of_children"].published is None


def test_a_trust_is_the_sum_of_its_schools_in_the_place(state: LiveState, overview: LiveOverview) -> None:
    by_school = {int(part.scope.id): part.figures for part in overview.schools if part.scope}
    assert overview.trusts
    for trust in overview.trusts:
        assert trust.scope is not None
        urns = [school.urn for school in state.schools_of(trust.scope)]
        for name in ("absence_overall", "persistent_absence", "pupils_on_roll"):
            figure = trust.figures[name]
            assert figure.numerator == sum(by_school[urn][name].numerator or 0 for urn in urns)
        assert state.trust(trust.scope.id, PLACE) == trust.scope


def test_holidays_are_no_weeks_and_twelve_weeks_have_limits(state: LiveState, place: Scope) -> None:
    live = live_measure(state, place, "absence_overall", LiveAsked(kind="week"))
    assert live.weekly is not None
    assert all(figure.denominator for figure in live.over_time)
    assert "2025-W52" not in {figure.period for figure in live.over_time}
    assert len(live.over_time) > FEWEST_POINTS
    assert live.weekly.chart.limits is not None


def test_persistent_absence_is_not_shown_by_the_week(state: LiveState, place: Scope) -> None:
    assert PeriodKind.WEEK not in live_measure(state, place, "persistent_absence", LiveAsked()).kinds
    with pytest.raises(NotFound, match="no 'week'"):
        live_measure(state, place, "persistent_absence", LiveAsked(kind="week"))


@pytest.mark.parametrize(
    ("measure", "asked", "words"),
    [
        ("neet", LiveAsked(), "cannot be counted"),
        ("absence_overall", LiveAsked(phase="nursery"), "not counted for the phase"),
        ("absence_overall", LiveAsked(group="tall"), "no group 'tall'"),
        ("absence_overall", LiveAsked(period="2019/20"), "not counted for '2019/20'"),
        ("persistent_absence_of_children", LiveAsked(phase="primary"), "not counted for the phase"),
    ],
)
def test_what_is_not_counted_is_said(
    state: LiveState, place: Scope, measure: str, asked: LiveAsked, words: str
) -> None:
    with pytest.raises(NotFound, match=words):
        live_measure(state, place, measure, asked)


def test_a_measure_that_follows_children_is_one_of_places(state: LiveState) -> None:
    school = state.school(str(min(state.schools)))
    with pytest.raises(NotFound, match="places only"):
        live_measure(state, school, "persistent_absence_of_children", LiveAsked())


@pytest.mark.parametrize("measure", [*TWINS, *TWINS.values()])
def test_both_ways_of_counting_stand_beside_each_other(state: LiveState, place: Scope, measure: str) -> None:
    twin = live_measure(state, place, measure, LiveAsked()).twin
    assert twin is not None
    assert TWINS[twin.official.measure] == twin.child.measure
    assert (twin.official.denominator or 0) >= (twin.child.denominator or 0) > 0
    said = twin_sentence(twin)
    more = (twin.official.denominator or 0) - (twin.child.denominator or 0)
    assert (f"{more} more than there are children" if more else "as many as there are children") in said


def test_gaps_between_groups_are_differences_with_intervals_where_pupils_are_counted(
    state: LiveState, place: Scope
) -> None:
    rows = {row.group: row for row in live_measure(state, place, "persistent_absence", LiveAsked()).by_group}
    meals = rows["fsm"]
    assert meals.other is not None
    assert meals.own.value is not None
    assert meals.gap == pytest.approx(meals.own.value - (meals.other.value or 0))
    assert meals.gap_interval is not None
    assert meals.gap_interval.lower < meals.gap < meals.gap_interval.upper
    gap = live_measure(state, place, "gap_persistent_absence", LiveAsked(period=meals.own.period))
    assert gap.over_time[-1].value == pytest.approx(meals.gap)
    # Sessions of one pupil hang together: they have no such interval.
    assert all(row.interval is None for row in live_measure(state, place, "lateness", LiveAsked()).by_group)


def test_schools_of_the_phase_with_most_schools_stand_in_a_funnel(state: LiveState, place: Scope) -> None:
    shown = live_measure(state, place, "persistent_absence", LiveAsked())
    assert shown.funnel is not None
    assert shown.funnel.phase == "primary"
    assert shown.funnel.funnel is not None
    assert len(shown.by_school) == 14
    assert live_measure(state, place, "persistent_absence", LiveAsked(phase="special")).funnel is None


def test_what_was_known_on_a_day_is_counted_from_what_was_recorded_by_then(live_store: Path) -> None:
    facts = Facts(live_store)
    then = LiveState(facts, today=TODAY, as_of="2026-03-20")
    place = then.place(PLACE)
    known = then.known(place)
    assert (known.years, known.so_far, known.as_of) == (("2024/25",), None, "2026-03-20")
    live = live_measure(then, place, "absence_overall", LiveAsked())
    asked = ReturnsWanted(
        place=PLACE, measures=["absence_overall"], groups=["all"], phases=["all"], periods=["2024/25"]
    )
    counted = returns_figures(facts, asked, Known(today=TODAY, as_of="2026-03-20"))
    assert cells(live.over_time) == cells(counted)
    then.close()


def test_before_the_first_return_nothing_is_known(live_store: Path) -> None:
    before = LiveState(Facts(live_store), today=TODAY, as_of="2025-08-31")
    assert before.places() == []
    with pytest.raises(NothingSentError, match="by 2025-08-31"):
        before.place(PLACE)
    before.close()


def test_the_state_has_another_name_whenever_another_return_is_known(live_store: Path) -> None:
    facts = Facts(live_store)
    names = {day: state_token(facts, day) for day in (None, "2025-08-31", "2025-09-02", "2026-03-20", "2026-03-22")}
    assert names["2025-09-02"] == names["2026-03-20"]
    assert names[None] == names["2026-03-22"]
    assert len(set(names.values())) == 3


def test_a_figure_rests_on_the_receipts_of_its_year(state: LiveState, place: Scope) -> None:
    cell = LiveCell(measure="absence_overall", phase="all", group="all", period=SO_FAR)
    found = live_provenance(state, place, cell)
    assert [one.receipt for one in found.receipts] == list(found.figure.source.submissions)
    assert len(found.receipts) == 1
    assert (found.receipts[0].by, found.receipts[0].schools, found.schools) == ("Alice", 14, 14)
    gap = live_provenance(
        state, place, LiveCell(measure="gap_persistent_absence", phase="all", group="all", period="2024/25")
    )
    assert [part.group for part in gap.parts] == ["fsm", "not_fsm"]


def test_joiners_and_leavers_of_movement_are_those_of_the_measures(state: LiveState, place: Scope) -> None:
    shown = live_movement(state, place, "2024/25")
    told = {(row.school, row.look): row for part in shown.phases for row in part.movement.rows}
    assert sum(part.schools for part in shown.phases) == 14
    for (school, look), row in told.items():
        name = {Look.JOINERS: "joiners", Look.LEAVERS: "leavers"}.get(look)
        if name:
            live = live_measure(state, state.school(str(school)), name, LiveAsked(period="2024/25"))
            assert row.count == next(f.numerator for f in live.over_time if f.period == "2024/25")


def test_children_on_no_roll_are_those_a_look_at_every_row_finds(state: LiveState, place: Scope) -> None:
    for year in ("2024/25", "2025/26"):
        shown = live_movement(state, place, year)
        rows = state.rows(
            "SELECT child, school, year, start, leaving, year_group, status, leaving_reason, destination FROM enrolment"
        )
        found = on_no_roll((Enrolment(*row) for row in rows), date.fromisoformat(shown.day))
        told = {
            row.school: row.count for part in shown.phases for row in part.movement.rows if row.look is Look.ON_NO_ROLL
        }
        assert told == {one.school: one.to_be_found for one in found.schools if one.to_be_found}


def test_repeated_suspensions_and_leavers_without_destination_are_counted_one_by_one(
    state: LiveState, place: Scope
) -> None:
    shown = live_movement(state, place, "2024/25")
    told: dict[Look, dict[int, int]] = {}
    for part in shown.phases:
        for row in part.movement.rows:
            told.setdefault(row.look, {})[row.school] = row.count
    events = state.rows("SELECT school, child FROM suspension WHERE year = '2024/25' AND category = 'SUSP'")
    often = Counter(school for (school, _), count in Counter(events).items() if count >= 3)
    assert told.get(Look.SUSPENDED_REPEATEDLY, {}) == dict(often)
    days = roll_days("2024/25")
    rows = state.rows("SELECT school, child, year, leaving, leaving_reason, destination, status FROM enrolment")
    lost = {
        (school, child)
        for school, child, year, leaving, reason, destination, status in rows
        if year == "2024/25"
        and leaving
        and days.leaves_from <= leaving < days.leaves_before
        and (status is None or status in ("C", "M", "P"))
        and reason not in ("EHE", "ABR", "DIE")
        and destination is None
        and not any(c == child and s != school and (end is None or end > leaving) for s, c, _, end, *_ in rows)
    }
    assert told.get(Look.DESTINATION_UNKNOWN, {}) == dict(Counter(school for school, _ in lost))


def test_movement_of_a_year_nobody_sent_is_not_there(state: LiveState, place: Scope) -> None:
    with pytest.raises(NotFound, match="2019/20"):
        live_movement(state, place, "2019/20")


def test_periods_to_choose_from_begin_with_the_running_year(state: LiveState, place: Scope) -> None:
    periods = live_measure(state, place, "persistent_absence", LiveAsked()).periods
    assert periods[:2] == (SO_FAR, "2024/25")
    assert "2025/26" not in periods
    assert {kind_of(period) for period in periods[2:]} == {PeriodKind.TERM, PeriodKind.HALF_TERM}
