"""A place, trust or school as its returns show it now: every measure, beside what is published of it."""

from __future__ import annotations

from collections.abc import Sequence

from ropewalk.core.disclosure import for_those_who_see_returns
from ropewalk.core.engines.grouping import GROUP_IDS
from ropewalk.core.engines.plan import Level
from ropewalk.core.errors import NotFound
from ropewalk.core.measures import Measure, Question, measure
from ropewalk.core.measures.meaning import SessionShare
from ropewalk.core.open_data.reading import Reader, Selection
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.groups import group
from ropewalk.core.schema.periods import sort_key
from ropewalk.core.schema.phases import Phase
from ropewalk.core.use_cases.live_figures import figures_by_key, live_figures, live_measures
from ropewalk.core.use_cases.live_state import Cells, LiveState, key_of
from ropewalk.core.use_cases.school_history import identities
from ropewalk.core.views.live import Known, LiveOverview, LiveRow, LiveSection, Part, Scope, ScopeKind

# The measures by which phases, trusts and schools stand beside each other.
COMPACT = ("pupils_on_roll", "absence_overall", "persistent_absence", "severe_absence", "suspension_rate")


def live_overview(
    state: LiveState, scope: Scope, *, reader: Reader | None, phase: str | None = None, group_id: str | None = None
) -> LiveOverview:
    """Everything the page of a place, trust or school shows; ``reader`` reads what is published, None without any.

    Raises NotFound for a phase or group that is none, or that nobody counted is of.
    """
    chosen = (phase or Phase.ALL.value, group_id or "all")
    return state.kept(("overview", scope, *chosen), lambda: _overview(state, scope, reader, *chosen))


def _overview(state: LiveState, scope: Scope, reader: Reader | None, phase: str, group_id: str) -> LiveOverview:
    phases = phases_of(state, scope)
    group(group_id)
    if phase not in phases:
        raise NotFound(f"{scope.name} has no schools of the phase '{phase}' that sent anything.")
    known = state.known(scope)
    ids = tuple(m.id for m in live_measures())
    figures = live_figures(
        state, scope, Cells(level=Level.PLACE, measures=ids, phases=(phase,), groups=(group_id,), periods=_near(known))
    )
    published = newest_published(reader, scope, ids, (phase, group_id))
    rows = [row for one in live_measures() if (row := _row(one, figures, published, known))]
    sections = tuple(
        LiveSection(question, tuple(row for row in rows if row.measure.question is question))
        for question in Question
        if any(row.measure.question is question for row in rows)
    )
    period = known.so_far or (known.years[0] if known.years else "")
    parts = _parts(state, scope, known, (phase, group_id))
    shown = [f for row in rows for f in (row.whole, row.so_far, row.week, row.published) if f]
    shown += [f for listed in parts for part in listed for f in part.figures.values()]
    return LiveOverview(
        scope=scope,
        known=known,
        phase=phase,
        group=group_id,
        phases=phases,
        groups=groups_of_scope(state, scope),
        sections=sections,
        compact=tuple(measure(name) for name in COMPACT),
        period=period,
        by_phase=parts[0],
        trusts=parts[1],
        schools=parts[2],
        released=for_those_who_see_returns(shown),
    )


def phases_of(state: LiveState, scope: Scope) -> tuple[str, ...]:
    """The phases that figures of a scope may be of: all, and those of its schools. A school has one alone."""
    if scope.kind is ScopeKind.SCHOOL:
        return (Phase.ALL.value,)
    met = {school.phase for school in state.schools_of(scope)}
    return (Phase.ALL.value, *(phase.value for phase in Phase if phase.value in met))


def groups_of_scope(state: LiveState, scope: Scope) -> tuple[str, ...]:
    """Groups with pupils on any roll of the scope, in the order of the engines."""

    def make() -> tuple[str, ...]:
        level, key = key_of(scope)
        cells = Cells(level=level, keys=(key,), phases=("all",), measures=("pupils_on_roll", "absence_overall"))
        met = {count.group for count in state.counts(cells) if count.denominator or count.numerator}
        return tuple(name for name in GROUP_IDS if name in met)

    return state.kept(("groups", scope), make)


def _near(known: Known) -> tuple[str, ...]:
    """The periods an overview shows: the newest whole year, the running one and that to date, the newest week."""
    return tuple(period for period in (known.whole, known.running, known.so_far, known.week) if period)


def _row(one: Measure, figures: Sequence[Figure], published: dict[str, Figure], known: Known) -> LiveRow | None:
    own = {figure.period: figure for figure in figures if figure.measure == one.id}
    whole = own.get(known.whole or "")
    so_far = own.get(known.so_far or "", own.get(known.running or ""))
    week = own.get(known.week or "") if isinstance(one.meaning, SessionShare) else None
    if not any(f and f.value is not None for f in (whole, so_far, week)):
        return None
    return LiveRow(one, whole, so_far, week, published.get(one.id))


def newest_published(
    reader: Reader | None, scope: Scope, ids: Sequence[str], cut: tuple[str, str]
) -> dict[str, Figure]:
    """The newest published figure with a value of each measure; a trust has none."""
    if reader is None or scope.kind is ScopeKind.TRUST:
        return {}
    if scope.kind is ScopeKind.PLACE:
        wanted = Selection(places=[scope.id], measures=ids, phases=[cut[0]], groups=[cut[1]], newest=True)
    else:
        try:
            schools = identities(reader, reader.school(scope.id))
        except NotFound:
            return {}
        wanted = Selection(schools=schools, measures=ids, groups=[cut[1]], newest=True)
    found: dict[str, Figure] = {}
    for figure in sorted(reader.figures(wanted), key=lambda f: sort_key(f.period)):
        if figure.value is not None:
            found[figure.measure] = figure
    return found


def _parts(
    state: LiveState, scope: Scope, known: Known, cut: tuple[str, str]
) -> tuple[tuple[Part, ...], tuple[Part, ...], tuple[Part, ...]]:
    """Phases, trusts and schools beside each other."""
    phase, group_id = cut
    if scope.kind is ScopeKind.SCHOOL:
        return (), (), ()
    cells = Cells(level=Level.PLACE, measures=COMPACT, groups=(group_id,), periods=_near(known))
    by_phase: dict[str, list[Figure]] = {}
    for figure in live_figures(state, scope, cells):
        by_phase.setdefault(figure.phase, []).append(figure)
    phases = tuple(
        Part(None, name, Phase(name).words, newest_of(by_phase.get(name, ()), known))
        for name in phases_of(state, scope)
    )
    listed = [s for s in state.schools_of(scope) if phase in (Phase.ALL.value, s.phase)]
    schools = parts_of(state, [state.scope_of(s) for s in listed], known, (Level.SCHOOL, "all", group_id))
    trusts = state.trusts(scope) if scope.kind is ScopeKind.PLACE else []
    return phases, parts_of(state, trusts, known, (Level.TRUST, phase, group_id)), schools


def parts_of(state: LiveState, scopes: Sequence[Scope], known: Known, cut: tuple[Level, str, str]) -> tuple[Part, ...]:
    """Trusts or schools with their newest figure of each compact measure."""
    level, phase, group_id = cut
    if not scopes:
        return ()
    cells = Cells(level=level, measures=COMPACT, phases=(phase,), groups=(group_id,), periods=_near(known))
    found = figures_by_key(state, {key_of(scope)[1]: scope for scope in scopes}, cells)
    parts = [Part(s, s.phase or phase, s.name, newest_of(found[key_of(s)[1]], known)) for s in scopes]
    return tuple(part for part in parts if part.figures)


def newest_of(figures: Sequence[Figure], known: Known) -> dict[str, Figure]:
    """Of each measure the figure of the running year so far, or else of the newest year."""
    newest = known.years[0] if known.years else ""
    found = {f.measure: f for f in figures if f.period == newest}
    return found | {f.measure: f for f in figures if f.period == known.so_far}
