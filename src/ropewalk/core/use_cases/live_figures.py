"""Counts from returns as figures: value, numerator, denominator or a reason, and the submissions they rest on."""

from __future__ import annotations

from ropewalk.core.engines.plan import Count, Level, over_returns
from ropewalk.core.measures import Gap, Measure, Unit, all_measures, measure
from ropewalk.core.measures.meaning import RESULT_GRAIN, ResultMean
from ropewalk.core.schema.figure import Figure, Source
from ropewalk.core.schema.missing import Missing
from ropewalk.core.schema.periods import academic_year_of, words
from ropewalk.core.use_cases.live_state import Cells, LiveState, key_of, receipts_behind
from ropewalk.core.use_cases.returns_figures import TITLE, value_of
from ropewalk.core.use_cases.returns_figures import tables_of as tables_of_meaning
from ropewalk.core.views.live import Scope, ScopeKind


def live_measures() -> tuple[Measure, ...]:
    """Measures that can be counted from returns, and gaps between groups of them, in the catalogue's order."""
    counted = {one.id for one in over_returns()}
    return tuple(m for m in all_measures().values() if m.id in counted or (m.gap and m.gap.measure in counted))


def tables_of(one: Measure) -> tuple[str, ...]:
    """The fact tables a measure rests on."""
    meaning = measure(one.gap.measure).meaning if one.gap else one.meaning
    return tuple(sorted(tables_of_meaning(meaning))) if meaning else ()


def live_figures(state: LiveState, scope: Scope, wanted: Cells) -> list[Figure]:
    """The figures of one scope; ``wanted.measures`` may name gaps. Level and key follow from the scope."""
    level, key = key_of(scope)
    return list(figures_by_key(state, {key: scope}, _with(wanted, level, (key,))).get(key, ()))


def figures_by_key(state: LiveState, scopes: dict[str, Scope], wanted: Cells) -> dict[str, list[Figure]]:
    """The figures of several scopes of one level, by their keys."""
    gaps = {m.id: m.gap for name in wanted.measures if (m := measure(name)).gap}
    plain = tuple(name for name in wanted.measures if name not in gaps)
    found: dict[str, list[Figure]] = {key: [] for key in scopes}
    if plain or not wanted.measures:
        for count in state.counts(_with(wanted, wanted.level, tuple(scopes), plain)):
            found[count.key].append(figure_of(state, scopes[count.key], count))
    for name, gap in gaps.items():
        _add_gaps(state, scopes, (measure(name), gap, wanted), found)
    return found


def _with(wanted: Cells, level: Level, keys: tuple[str, ...], measures: tuple[str, ...] | None = None) -> Cells:
    return Cells(
        level=level,
        keys=keys,
        measures=wanted.measures if measures is None else measures,
        phases=wanted.phases,
        groups=wanted.groups,
        periods=wanted.periods,
    )


def _add_gaps(
    state: LiveState,
    scopes: dict[str, Scope],
    asked: tuple[Measure, Gap | None, Cells],
    found: dict[str, list[Figure]],
) -> None:
    """A gap stands under the group ``all``: the value of one group less that of another."""
    declared, gap, wanted = asked
    if gap is None or (wanted.groups and "all" not in wanted.groups):
        return
    cells = Cells(
        level=wanted.level,
        keys=tuple(scopes),
        measures=(gap.measure,),
        phases=wanted.phases,
        groups=(gap.of, gap.less),
        periods=wanted.periods,
    )
    sides: dict[tuple[str, str, str], dict[str, Count]] = {}
    for count in state.counts(cells):
        sides.setdefault((count.key, count.phase, count.period), {})[count.group] = count
    for (key, phase, period), pair in sides.items():
        values = [_value(measure(gap.measure), pair[g]) if g in pair else None for g in (gap.of, gap.less)]
        of, less = values
        amount = of - less if of is not None and less is not None else None
        reason = None if amount is not None else Missing.NOT_AVAILABLE
        cut = (phase, "all", period)
        found[key].append(_figure(state, scopes[key], declared, cut, ((amount, reason), None, None)))


def figure_of(state: LiveState, scope: Scope, count: Count) -> Figure:
    """A count as a figure."""
    declared = measure(count.measure)
    if declared.meaning is None:
        raise ValueError(f"'{declared.id}' cannot be counted from returns")
    numerator = _numerator(declared, count)
    cut = (count.phase, count.group, count.period)
    return _figure(state, scope, declared, cut, (value_of(declared.meaning, count), numerator, count.denominator))


def _numerator(declared: Measure, count: Count) -> int | None:
    """What was counted; a mean has a whole number of points in all or none."""
    if isinstance(declared.meaning, ResultMean) and count.numerator is not None:
        points, rest = divmod(count.numerator, RESULT_GRAIN)
        return points if rest == 0 else None
    return count.numerator


def _value(declared: Measure, count: Count) -> float | None:
    return value_of(declared.meaning, count)[0] if declared.meaning else None


def _figure(
    state: LiveState,
    scope: Scope,
    declared: Measure,
    cut: tuple[str, str, str],
    numbers: tuple[tuple[float | None, Missing | None], int | None, int | None],
) -> Figure:
    phase, group, period = cut
    (value, missing), numerator, denominator = numbers
    return Figure(
        place=scope.place.code,
        school=scope.id if scope.kind is ScopeKind.SCHOOL else None,
        measure=declared.id,
        phase=phase,
        group=group,
        period=period,
        value=value,
        unit=declared.unit.value,
        numerator=numerator,
        denominator=denominator,
        missing=missing,
        raw="",
        source=_source(state, scope, declared, period),
        definition_version=declared.version,
    )


def _source(state: LiveState, scope: Scope, declared: Measure, period: str) -> Source:
    """The returns a figure rests on; the same for all figures of a scope, measure and year."""
    year = academic_year_of(period) or ""
    name = (scope.kind, scope.id, scope.place.code, declared.id, year)
    if name not in state.sources:
        schools = [school.urn for school in state.schools_of(scope)]
        behind = receipts_behind(state.snapshot, schools, tables_of(declared), [year])
        state.sources[name] = Source(
            kind="returns",
            publication="returns",
            # Figures of two trusts of a place have nothing else that tells them apart.
            title=f"{TITLE}: {scope.name}" if scope.kind is ScopeKind.TRUST else TITLE,
            edition=f"as known on {words(state.today.isoformat())}",
            file="",
            sha256="",
            row=None,
            calculation=calculation_of(declared),
            submissions=tuple(one.id for one in state.snapshot.submissions if one.sequence in behind),
        )
    return state.sources[name]


def calculation_of(declared: Measure) -> str:
    """How a value is worked out from what is counted, in words."""
    if declared.gap:
        return f"{declared.gap.measure} of {declared.gap.of} less {declared.gap.less}"
    if declared.unit is Unit.COUNT:
        return f"{declared.numerator or declared.title}, counted"
    return f"{declared.numerator} divided by {declared.denominator}"
