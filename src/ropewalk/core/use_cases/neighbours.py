"""Which schools are most like one in the circumstances of their pupils, from what is published of schools.

Each circumstance is compared within one period: the newest for which a figure of this school is published. Whether a
school is selective, and where it stands, is in no register of the store that figures rest on, so neither filters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ropewalk.core.compare.school_neighbours import (
    Filters,
    Region,
    SchoolContext,
    SchoolNeighbours,
    Variable,
    school_neighbours,
)
from ropewalk.core.disclosure import already_published
from ropewalk.core.measures import measure
from ropewalk.core.open_data.reading import Reader, School, Selection
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.places import place_by_code
from ropewalk.core.use_cases.school_detail import find_school
from ropewalk.core.use_cases.school_history import Lineage
from ropewalk.core.views.neighbours import NeighbourRow, SchoolNeighbourhood

# Circumstances of pupils, none a result of the school, in the order they are shown, as a sentence names them.
CIRCUMSTANCES = {
    "free_school_meals": "pupils eligible for free school meals",
    "fsm_ever_share": "pupils eligible for free school meals in the last six years",
    "disadvantaged_share": "disadvantaged pupils in the GCSE year",
    "eal_share": "pupils with English as an additional language",
    "sen_support_share": "pupils with SEN support",
    "ehcp_share": "pupils with an education, health and care plan",
    "pupil_stability": "pupils who were there from the usual point of entry",
    "pupils_on_roll": "number of pupils",
}
WEIGHTS = (0.0, 0.5, 1.0, 2.0, 3.0)
COUNTS = (5, 10, 20)
# Two shares that say nearly the same would count twice: of these the first that is published counts unless asked.
_ALIKE = ("free_school_meals", "fsm_ever_share", "disadvantaged_share")


@dataclass(frozen=True)
class NeighboursWanted:
    """Weights by measure id (others have their usual one), and which schools may be neighbours."""

    weights: Mapping[str, float] = field(default_factory=dict)
    same_phase: bool = True
    region: Region = Region.ANY
    count: int = 10


def school_neighbourhood(reader: Reader, reference: str, wanted: NeighboursWanted | None = None) -> SchoolNeighbourhood:
    """The neighbours of the school with a URN or LAESTAB. Raises NotFound when no register holds it."""
    asked = wanted or NeighboursWanted()
    school = find_school(reader, reference)
    measures = tuple(measure(name) for name in CIRCUMSTANCES)
    own = _newest_known(reader.figures(Selection(schools=[school.urn], measures=list(CIRCUMSTANCES))))
    periods = {name: figure.period for name, figure in own.items()}
    weights = {one.id: asked.weights.get(one.id, _usual(one.id, own)) for one in measures}
    # The numbers it stood under before may still have figures; no school is its own neighbour.
    before = set(Lineage(reader, [school.urn]).numbers(school.urn)) - {school.urn}
    everyone = [one for one in reader.schools() if one.urn not in before]
    others = [one for one in everyone if not asked.same_phase or one.phase == school.phase]
    answer = _answer(reader, school, others, weights, periods, asked) if own else None
    by_urn = {one.urn: one for one in others}
    near = {str(one.school): one.distance for one in answer.nearest} if answer else {}
    figures = _figures(reader, [school.urn, *near], periods)
    return SchoolNeighbourhood(
        school=school,
        place=place_by_code(school.place),
        measures=measures,
        weights=weights,
        periods=periods,
        not_published=tuple(one for one in measures if one.id not in own),
        answer=answer,
        own=_row(school, None, figures),
        nearest=tuple(_row(by_urn[urn], distance, figures) for urn, distance in near.items()),
        released=already_published(one for of_school in figures.values() for one in of_school.values()),
    )


def _newest_known(figures: Sequence[Figure]) -> dict[str, Figure]:
    """The newest figure with a value by measure, of all pupils."""
    found: dict[str, Figure] = {}
    for figure in figures:
        if figure.value is not None and figure.group == "all":
            found.setdefault(figure.measure, figure)
    return found


def _usual(name: str, own: Mapping[str, Figure]) -> float:
    """The weight unless another is asked for."""
    known = [one for one in _ALIKE if one in own]
    return 0.0 if name in _ALIKE and known and name != known[0] else 1.0


def _answer(
    reader: Reader,
    school: School,
    others: Sequence[School],
    weights: Mapping[str, float],
    periods: Mapping[str, str],
    asked: NeighboursWanted,
) -> SchoolNeighbours | None:
    values = {name: reader.values_of_schools(name, period) for name, period in periods.items()}
    contexts = [
        SchoolContext(
            one.urn,
            {name: known.get(one.urn) for name, known in values.items()},
            phase=one.phase,
            region=place_by_code(one.place).region,
        )
        for one in others
        if one.urn == school.urn or any(one.urn in known for known in values.values())
    ]
    variables = [Variable(name, words, weights[name]) for name, words in CIRCUMSTANCES.items()]
    filters = Filters(same_phase=asked.same_phase, same_selection=False, region=asked.region)
    found = school_neighbours(school.urn, contexts, variables=variables, filters=filters, count=asked.count)
    return found if found.nearest else None


def _figures(reader: Reader, urns: Sequence[str], periods: Mapping[str, str]) -> dict[str, dict[str, Figure]]:
    """The figures that were compared, by school and measure."""
    found: dict[str, dict[str, Figure]] = {urn: {} for urn in urns}
    wanted = Selection(schools=urns, measures=list(periods), periods=sorted(set(periods.values())))
    for figure in reader.figures(wanted) if periods else ():
        if figure.school and figure.group == "all" and periods[figure.measure] == figure.period:
            found[figure.school].setdefault(figure.measure, figure)
    return found


def _row(school: School, distance: float | None, figures: Mapping[str, dict[str, Figure]]) -> NeighbourRow:
    return NeighbourRow(school, place_by_code(school.place), distance, figures.get(school.urn, {}))
