"""One measure from returns: over time, and at one period by phase, group, trust and school."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ropewalk.core.compare.funnel import FEWEST_SCHOOLS, Kind, funnel
from ropewalk.core.compare.intervals import difference_interval, share_interval
from ropewalk.core.disclosure import for_those_who_see_returns
from ropewalk.core.engines.grouping import GROUP_IDS
from ropewalk.core.engines.plan import Level, levels_of
from ropewalk.core.errors import NotFound
from ropewalk.core.measures import Measure, Unit, measure
from ropewalk.core.measures.meaning import (
    AbsenceShare,
    HeadcountShare,
    Moves,
    PupilsWithEvent,
    ResultShare,
    SessionShare,
)
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.groups import GROUPS, group
from ropewalk.core.schema.periods import PeriodKind, kind_of, sort_key
from ropewalk.core.schema.phases import Phase
from ropewalk.core.use_cases.live_figures import figures_by_key, live_figures, live_measures
from ropewalk.core.use_cases.live_overview import groups_of_scope, phases_of
from ropewalk.core.use_cases.live_state import Cells, LiveState, key_of
from ropewalk.core.views.live import LiveMeasure, Part, Scope, ScopeKind, Twin
from ropewalk.core.views.measure_detail import GroupRow
from ropewalk.core.views.schools import SchoolFunnel
from ropewalk.core.views.weekly import weekly

# The official figure and the one that follows the child over all its rolls in the place.
TWINS = {
    "persistent_absence": "persistent_absence_of_children",
    "severe_absence": "severe_absence_of_children",
    "suspended_pupils_rate": "suspended_children_rate",
}
OFFICIAL = {child: official for official, child in TWINS.items()}
KINDS = (PeriodKind.YEAR, PeriodKind.TERM, PeriodKind.HALF_TERM, PeriodKind.WEEK)


@dataclass(frozen=True, kw_only=True, slots=True)
class LiveAsked:
    """What a reader asks for; what is not asked for is chosen: all pupils, years, the newest period."""

    phase: str | None = None
    group: str | None = None
    kind: str | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class _Cut:
    """What was chosen."""

    one: Measure
    phase: str
    group: str
    period: str


@dataclass(frozen=True, slots=True)
class _Choices:
    """What there is to choose from, and the kind of period that was."""

    phases: tuple[str, ...]
    kind: PeriodKind
    kinds: tuple[PeriodKind, ...]
    periods: tuple[str, ...]


def live_measure(state: LiveState, scope: Scope, measure_id: str, asked: LiveAsked) -> LiveMeasure:
    """Everything the page of a measure shows.

    Raises NotFound for a measure that returns do not hold or that has no figures of such a scope, and for a phase,
    group, kind of period or period that it has none for.
    """
    return state.kept(("measure", scope, measure_id, asked), lambda: _measure(state, scope, measure_id, asked))


def _measure(state: LiveState, scope: Scope, measure_id: str, asked: LiveAsked) -> LiveMeasure:
    one = measure_of_scope(scope, measure_id)
    phases = phases_of(state, scope) if one.id not in OFFICIAL else (Phase.ALL.value,)
    phase, group_id = asked.phase or Phase.ALL.value, asked.group or "all"
    group(group_id)
    if phase not in phases:
        raise NotFound(f"{one.title} of {scope.name} is not counted for the phase '{phase}'.")
    series = live_figures(
        state, scope, Cells(level=Level.PLACE, measures=(one.id,), phases=(phase,), groups=(group_id,))
    )
    kinds, periods = kinds_of(one), _periods(state, scope, series)
    if not periods:
        raise NotFound(f"Nothing is counted yet of {one.title.lower()} of {scope.name} for these pupils.")
    kind = _chosen_kind(asked.kind, kinds)
    period = asked.period or periods[0]
    if period not in periods:
        raise NotFound(f"{one.title} of {scope.name} is not counted for '{period}'.")
    choices = _Choices(phases, kind, kinds, periods)
    return _view(state, scope, _Cut(one, phase, group_id, period), series, choices)


def _view(state: LiveState, scope: Scope, cut: _Cut, series: Sequence[Figure], choices: _Choices) -> LiveMeasure:
    over_time = _over_time(state, scope, series, choices.kind)
    by_phase = _by_phase(state, scope, cut)
    by_group = _by_group(state, scope, cut)
    by_trust, by_school = _by_trust(state, scope, cut), _by_school(state, scope, cut)
    twin = _twin(state, scope, cut)
    parts = [f for part in (*by_trust, *by_school) for f in part.figures.values()]
    groups = [f for row in by_group for f in (row.own, row.other) if f]
    twins = [twin.official, twin.child] if twin else []
    released = for_those_who_see_returns([*over_time, *by_phase, *groups, *parts, *twins])
    by_week = choices.kind is PeriodKind.WEEK
    shown = weekly(scope.name, cut.one, for_those_who_see_returns(over_time)) if by_week else None
    return LiveMeasure(
        scope=scope,
        known=state.known(scope),
        measure=cut.one,
        phase=cut.phase,
        group=cut.group,
        kind=choices.kind,
        period=cut.period,
        phases=choices.phases,
        groups=("all",) if cut.one.gap else groups_of_scope(state, scope),
        kinds=choices.kinds,
        periods=choices.periods,
        over_time=over_time,
        weekly=shown,
        by_phase=by_phase,
        by_group=by_group,
        by_trust=by_trust,
        by_school=by_school,
        funnel=_funnel(scope, cut, by_school),
        twin=twin,
        released=released,
    )


def measure_of_scope(scope: Scope, measure_id: str) -> Measure:
    """A measure that is counted for such a scope. Raises NotFound."""
    one = measure(measure_id)
    if one.id not in {known.id for known in live_measures()}:
        raise NotFound(f"{one.title} cannot be counted from schools' returns.")
    if one.meaning and scope.kind.value not in {level.value for level in levels_of(one)}:
        raise NotFound(f"{one.title} is counted for places only: at one school it is the official figure.")
    return one


def kinds_of(one: Measure) -> tuple[PeriodKind, ...]:
    """The kinds of period a measure is shown by; weeks only for sessions."""
    meaning = measure(one.gap.measure).meaning if one.gap else one.meaning
    sessions = isinstance(meaning, SessionShare)
    return tuple(
        kind
        for kind in KINDS
        if kind.is_defined_from(one.smallest_period) and (sessions or kind is not PeriodKind.WEEK)
    )


def _chosen_kind(asked: str | None, kinds: tuple[PeriodKind, ...]) -> PeriodKind:
    found = next((kind for kind in kinds if kind.value == asked), None)
    if asked and found is None:
        raise NotFound(f"There is no '{asked}' to show this measure by. There are {', '.join(kinds)}.")
    return found or kinds[0]


def _periods(state: LiveState, scope: Scope, series: Sequence[Figure]) -> tuple[str, ...]:
    """Periods to choose from, newest first: the running year so far, years, terms and half terms with a value."""
    known = state.known(scope)
    there = {f.period for f in series if f.value is not None and kind_of(f.period) is not PeriodKind.WEEK}
    if known.so_far in there:
        there.discard(known.running or "")
    whole = {period for period in there if kind_of(period) is not PeriodKind.TO_DATE or period == known.so_far}
    first = sorted(whole, key=lambda p: (_rank(p, known.so_far), -sort_key(p)))
    return tuple(first)


def _rank(period: str, so_far: str | None) -> int:
    """The running year so far, then years, then terms, then half terms."""
    if period == so_far:
        return 0
    return {PeriodKind.YEAR: 1, PeriodKind.TERM: 2}.get(kind_of(period), 3)


def _over_time(state: LiveState, scope: Scope, series: Sequence[Figure], kind: PeriodKind) -> tuple[Figure, ...]:
    """Figures of one kind of period, oldest first; the running year stands up to its newest week."""
    known = state.known(scope)
    found = [f for f in series if kind_of(f.period) is kind]
    if kind is PeriodKind.WEEK:
        # Weeks of holidays have no possible session: they are not in the series.
        found = [f for f in found if f.value is not None]
    if kind is PeriodKind.YEAR:
        so_far = [f for f in series if f.period == known.so_far]
        found = [f for f in found if not so_far or f.period != known.running] + so_far
    found.sort(key=lambda f: sort_key(f.period))
    # Periods that have not begun for these schools, at the end of the running year.
    while found and found[-1].value is None:
        found.pop()
    return tuple(found)


def _cells(cut: _Cut, *, phases: tuple[str, ...] = (), groups: tuple[str, ...] = ()) -> Cells:
    return Cells(
        level=Level.PLACE, measures=(cut.one.id,), phases=phases, groups=groups or (cut.group,), periods=(cut.period,)
    )


def _by_phase(state: LiveState, scope: Scope, cut: _Cut) -> tuple[Figure, ...]:
    if scope.kind is ScopeKind.SCHOOL:
        return ()
    found = {f.phase: f for f in live_figures(state, scope, _cells(cut))}
    shown = tuple(found[phase] for phase in phases_of(state, scope) if phase in found)
    return shown if len(shown) > 1 else ()


def _by_group(state: LiveState, scope: Scope, cut: _Cut) -> tuple[GroupRow, ...]:
    """Every group with pupils, beside the group it is compared with."""
    if cut.one.gap:
        return ()
    found = {f.group: f for f in live_figures(state, scope, _cells(cut, phases=(cut.phase,), groups=GROUP_IDS))}
    rows = []
    for name in GROUP_IDS:
        own = found.get(name)
        if own is None or name == "all" or own.denominator == 0 or own.value is None:
            continue
        other = found.get(GROUPS[name].other or "")
        rows.append(_group_row(own, other if other and other.value is not None else None, cut.one))
    return tuple(rows)


def _group_row(own: Figure, other: Figure | None, one: Measure) -> GroupRow:
    gap = None
    if other and own.value is not None and other.value is not None and one.unit is not Unit.COUNT:
        gap = round(own.value - other.value, 9)
    if not is_share_of_pupils(one):
        return GroupRow(own.group, own, None, other, gap, None, None)
    pair, beside = _pair(own), _pair(other) if other else None
    interval = share_interval(*pair) if pair else None
    between = difference_interval(pair, beside) if pair and beside and gap is not None else None
    return GroupRow(own.group, own, interval, other, gap, between, None)


def _pair(figure: Figure) -> tuple[int, int] | None:
    if figure.numerator is None or figure.denominator is None:
        return None
    return figure.numerator, figure.denominator


def is_share_of_pupils(one: Measure) -> bool:
    """Whether the counts are pupils, each once: then chance has an interval. Sessions of one pupil hang together."""
    return (
        isinstance(one.meaning, AbsenceShare | PupilsWithEvent | ResultShare | HeadcountShare) or one.id == "stability"
    )


def _by_trust(state: LiveState, scope: Scope, cut: _Cut) -> tuple[Part, ...]:
    if scope.kind is not ScopeKind.PLACE or (cut.one.meaning and Level.TRUST not in levels_of(cut.one)):
        return ()
    return _parts(state, state.trusts(scope), Level.TRUST, cut, cut.phase)


def _by_school(state: LiveState, scope: Scope, cut: _Cut) -> tuple[Part, ...]:
    if scope.kind is ScopeKind.SCHOOL or (cut.one.meaning and Level.SCHOOL not in levels_of(cut.one)):
        return ()
    listed = [state.scope_of(s) for s in state.schools_of(scope) if cut.phase in (Phase.ALL.value, s.phase)]
    return _parts(state, listed, Level.SCHOOL, cut, Phase.ALL.value)


def _parts(state: LiveState, scopes: Sequence[Scope], level: Level, cut: _Cut, phase: str) -> tuple[Part, ...]:
    if not scopes:
        return ()
    keys = {key_of(one)[1]: one for one in scopes}
    cells = Cells(level=level, measures=(cut.one.id,), phases=(phase,), groups=(cut.group,), periods=(cut.period,))
    found = figures_by_key(state, keys, cells)
    return tuple(
        Part(one, one.phase or phase, one.name, {f.measure: f for f in found[key]})
        for key, one in keys.items()
        if found[key]
    )


def _funnel(scope: Scope, cut: _Cut, parts: Sequence[Part]) -> SchoolFunnel | None:
    """A funnel over the schools of the phase, or of the phase with most schools; None where ten are not counted."""
    if cut.one.gap or cut.one.unit is not Unit.PERCENT or isinstance(cut.one.meaning, Moves):
        return None
    counted = [(part, f) for part in parts if (f := part.figures.get(cut.one.id)) and f.denominator]
    phases = [part.phase for part, _ in counted]
    if not phases:
        return None
    phase = cut.phase if cut.phase != Phase.ALL else max(sorted(set(phases)), key=phases.count)
    shown = [(part, f) for part, f in counted if part.phase == phase]
    share = is_share_of_pupils(cut.one) or isinstance(cut.one.meaning, SessionShare)
    points = [(f.school or "", f.numerator or 0, f.denominator or 0) for _, f in shown]
    plot = funnel(points, Kind.SHARE if share else Kind.RATE) if len(points) >= FEWEST_SCHOOLS else None
    if plot is None:
        return None
    names = {f.school or "": part.name for part, f in shown}
    return SchoolFunnel(
        scope.place,
        cut.one,
        phase,
        cut.period,
        plot,
        names,
        (),
        for_those_who_see_returns(f for _, f in shown),
        {urn: urn for urn in names},
    )


def _twin(state: LiveState, scope: Scope, cut: _Cut) -> Twin | None:
    """Both ways of counting, where the place has both: for all phases together."""
    official_id = OFFICIAL.get(cut.one.id, cut.one.id)
    if scope.kind is not ScopeKind.PLACE or official_id not in TWINS or cut.phase != Phase.ALL:
        return None
    pair = (official_id, TWINS[official_id])
    cells = Cells(level=Level.PLACE, measures=pair, phases=("all",), groups=(cut.group,), periods=(cut.period,))
    found = {f.measure: f for f in live_figures(state, scope, cells)}
    if any(name not in found or found[name].value is None for name in pair):
        return None
    return Twin(found[pair[0]], measure(pair[0]), found[pair[1]], measure(pair[1]))
