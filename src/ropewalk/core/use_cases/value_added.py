"""Contextual value added of the schools of a place, from the results in schools' returns.

A pupil stands in the model with the later results of a year at a school, and the newest earlier results before that
year, whichever school sent them: the child is followed. The context is that of the school's roll of the year. A part
of the context known for fewer than nine of ten pupils is left out, else as many pupils would be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ropewalk.core.disclosure import for_those_who_see_returns
from ropewalk.core.engines.grouping import groups_of
from ropewalk.core.errors import NotFound
from ropewalk.core.use_cases.live_state import LiveState
from ropewalk.core.views.live import Scope
from ropewalk.core.views.value_added import STAGES, PlaceValueAdded, Results, SchoolLine, Stage, StageResults

MOST_UNKNOWN = 0.1
# Parts of the context: words, the groups that say yes, those that say no.
CONTEXT: tuple[tuple[str, frozenset[str], frozenset[str]], ...] = (
    ("disadvantaged or not", frozenset({"disadvantaged"}), frozenset({"not_disadvantaged"})),
    ("eligible for free school meals or not", frozenset({"fsm"}), frozenset({"not_fsm"})),
    ("SEN support", frozenset({"sen_support"}), frozenset({"ehcp", "no_sen"})),
    ("education, health and care plan", frozenset({"ehcp"}), frozenset({"sen_support", "no_sen"})),
    ("girl or boy", frozenset({"girls"}), frozenset({"boys"})),
    ("English as an additional language or not", frozenset({"eal"}), frozenset({"not_eal"})),
)
_ATTRIBUTES = (
    *("disadvantaged", "fsm", "sen", "looked_after", "child_in_need"),
    *("sex", "first_language", "year_group", "ethnicity"),
)


@dataclass(frozen=True, slots=True)
class Pupil:
    """A pupil's later and earlier results at a school; ``before`` is ``None`` where no return has them."""

    school: int
    child: int
    after: float
    before: float | None
    groups: frozenset[str]


def place_value_added(state: LiveState, scope: Scope, stage: Stage, year: str | None = None) -> PlaceValueAdded:
    """Value added of a place's schools; without a year the newest in which pupils have both results.

    Raises NotFound for a year without these results where one is named. Fitting takes seconds and is kept.
    """
    return state.kept(("value added", scope, stage, year), lambda: _made(state, scope, stage, year))


def years_with(state: LiveState, scope: Scope, assessments: Sequence[str]) -> tuple[str, ...]:
    """Academic years of which schools of the place sent all of these assessments, newest first."""
    rows = state.rows(
        "SELECT r.year FROM result AS r JOIN school AS s USING (school) "  # noqa: S608 - only marks are put in
        f"WHERE s.place = ? AND r.assessment IN ({_marks(assessments)}) AND r.value IS NOT NULL "
        "GROUP BY r.year HAVING count(DISTINCT r.assessment) = ? ORDER BY r.year DESC",
        [scope.place.code, *assessments, len(assessments)],
    )
    return tuple(year for (year,) in rows)


def pupils_of(
    state: LiveState, scope: Scope, before: Sequence[str], after: Sequence[str], year: str
) -> tuple[Pupil, ...]:
    """Pupils of the place with all later results in a year; of several assessments the mean counts."""
    earlier = dict(
        state.rows(
            "WITH newest AS (SELECT child, assessment, arg_max(value, (year, value)) AS value FROM result "  # noqa: S608
            f"WHERE year < ? AND value IS NOT NULL AND assessment IN ({_marks(before)}) GROUP BY ALL) "
            "SELECT child, avg(value) FROM newest GROUP BY child HAVING count(*) = ?",
            [year, *before, len(before)],
        )
    )
    groups = _groups(state, scope, year)
    later = state.rows(
        "WITH best AS (SELECT r.school, r.child, r.assessment, max(r.value) AS value FROM result AS r "  # noqa: S608
        f"JOIN school AS s USING (school) WHERE s.place = ? AND r.year = ? AND r.assessment IN ({_marks(after)}) "
        "AND r.value IS NOT NULL GROUP BY ALL) "
        "SELECT school, child, avg(value) FROM best GROUP BY school, child HAVING count(*) = ? ORDER BY school, child",
        [scope.place.code, year, *after, len(after)],
    )
    return tuple(
        Pupil(school, child, value, earlier.get(child), groups.get((school, child), frozenset()))
        for school, child, value in later
    )


def _groups(state: LiveState, scope: Scope, year: str) -> dict[tuple[int, int], frozenset[str]]:
    """Groups by school and child, of the row with the latest start, as the measures take them."""
    wanted = ", ".join(f"arg_max(e.{name}, (e.start, e.record)) AS {name}" for name in _ATTRIBUTES)
    rows = state.rows(
        f"SELECT e.school, e.child, {wanted} FROM enrolment AS e JOIN school AS s USING (school) "  # noqa: S608
        "WHERE s.place = ? AND e.year = ? GROUP BY e.school, e.child",
        [scope.place.code, year],
    )
    return {(school, child): groups_of(dict(zip(_ATTRIBUTES, told, strict=True))) for school, child, *told in rows}


def context_of(pupils: Sequence[Pupil]) -> tuple[dict[str, list[float | None]], tuple[str, ...]]:
    """The parts of the context that can be used, one value for each pupil, and words for those that cannot."""
    used: dict[str, list[float | None]] = {}
    left_out = []
    for words, yes, no in CONTEXT:
        values = [1.0 if one.groups & yes else 0.0 if one.groups & no else None for one in pupils]
        known = {value for value in values if value is not None}
        unknown = sum(value is None for value in values)
        # Disadvantage holds free school meals already, and says more.
        doubled = words.startswith("eligible") and any(part.startswith("disadvantaged") for part in used)
        if doubled:
            continue
        if len(known) < 2 or unknown > MOST_UNKNOWN * len(values):
            left_out.append(words)
        else:
            used[words] = values
    return used, tuple(left_out)


def _made(state: LiveState, scope: Scope, stage: Stage, year: str | None) -> PlaceValueAdded:
    # Fitting loads libraries that take a second: pages without a model do without them.
    from ropewalk.core.compare.value_added import NotFitted, value_added  # noqa: PLC0415

    asked = STAGES[stage]
    years = years_with(state, scope, asked.after)
    if year and year not in years:
        raise NotFound(f"No school of {scope.name} sent {asked.after_words} of {year}.")
    chosen, pupils = _newest_with_both(state, scope, asked, (year,) if year else years)
    both = [one for one in pupils if one.before is not None]
    used, left_out = context_of(both)
    context: Mapping[str, Sequence[float | None]] = {asked.before_words: [one.before for one in both], **used}
    reason = _missing(scope, asked.after_words, asked.before_words, bool(pupils), bool(both))
    fit = None if reason else value_added([one.after for one in both], context, [one.school for one in both])
    if isinstance(fit, NotFitted):
        reason, fit = fit.reason, None
    names = {school.urn: school.name for school in state.schools_of(scope)}
    told = [(int(str(one.school)), one) for one in (fit.schools if fit else ())]
    lines = [SchoolLine(urn, names[urn], one.pupils, one.value, one.interval, one.words) for urn, one in told]
    return PlaceValueAdded(
        scope=scope,
        known=state.known(scope),
        stage=stage,
        year=chosen,
        years=years,
        results=Results(len(pupils), len(both), len({one.school for one in both})),
        reason=reason,
        schools=tuple(sorted(lines, key=lambda line: (line.name.lower(), line.urn))),
        used=tuple(used),
        left_out=left_out,
        pupils=fit.pupils if fit else 0,
        without_context=fit.left_out if fit else 0,
        between=100 * fit.random.between_schools if fit else None,
        released=for_those_who_see_returns([]),
    )


def _newest_with_both(
    state: LiveState, scope: Scope, asked: StageResults, years: Sequence[str]
) -> tuple[str, tuple[Pupil, ...]]:
    """The newest of the years in which any pupil has both results, else the newest of them, with its pupils."""
    found = {}
    for year in years:
        found[year] = pupils_of(state, scope, asked.before, asked.after, year)
        if any(one.before is not None for one in found[year]):
            return year, found[year]
    return (years[0], found[years[0]]) if years else ("", ())


def _missing(scope: Scope, after: str, before: str, any_after: bool, any_both: bool) -> str | None:
    if not any_after:
        return f"No school of {scope.name} has sent {after}."
    if not any_both:
        return f"No school has sent {before} of an earlier year for a pupil with {after}."
    return None


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))
