"""Statistical neighbours of schools: the schools most like one in the circumstances of their pupils.

Each context variable is put on one scale (distance from the mean in standard deviations, over the schools given), and
the distance of two schools is the root of the weighted mean of squared differences: the standardised weighted
Euclidean distance that neighbour models of English councils use (National Foundation for Educational Research,
Children's Services Statistical Neighbour Benchmarking Tool, 2007; CIPFA, Nearest Neighbours Model). Weights and
filters are data, given by whoever asks, and come back with the answer. No outcome belongs among the variables: a
school would then be compared with schools chosen for having the same results.

A variable that one of two schools lacks is left out for that pair, which the answer says; with less than half the
weight left the pair is not compared. Distances are the same both ways; lists are not: A may be among B's ten nearest
without B being among A's.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import hypot, isfinite, sqrt
from statistics import fmean, pstdev

LEAST_SHARED_WEIGHT = 0.5
METRES = 1000.0


@dataclass(frozen=True, slots=True)
class Variable:
    """A context variable: id, words for readers, and weight (0 leaves it out).

    Raises ValueError when the weight is negative or no number.
    """

    id: str
    words: str
    weight: float = 1.0

    def __post_init__(self) -> None:
        """Refuse a weight that would pull schools apart."""
        if not isfinite(self.weight) or self.weight < 0:
            raise ValueError(f"The weight of '{self.id}' must be 0 or more.")


CONTEXT = (
    Variable("disadvantaged", "pupils who are disadvantaged"),
    Variable("eal", "pupils with English as an additional language"),
    Variable("sen_support", "pupils with SEN support"),
    Variable("ehcp", "pupils with an education, health and care plan"),
    Variable("stability", "pupils who stay at the school"),
    Variable("idaci", "deprivation of the areas pupils live in"),
    Variable("pupils", "number of pupils"),
    Variable("prior_attainment", "attainment of pupils when they joined"),
)


class Region(StrEnum):
    """Which regions neighbours may lie in."""

    ANY = "any region"
    SAME = "the same region"
    OTHER = "other regions"


@dataclass(frozen=True, slots=True)
class SchoolContext:
    """A school with its values; a variable that is not known is ``None`` or not there.

    ``easting`` and ``northing`` are metres on the National Grid.
    """

    school: Hashable
    values: Mapping[str, float | None]
    phase: str | None = None
    region: str | None = None
    selective: bool | None = None
    easting: float | None = None
    northing: float | None = None


@dataclass(frozen=True, slots=True)
class Filters:
    """Which schools may be neighbours at all. ``nearest_km`` and ``farthest_km`` are distances as the crow flies."""

    same_phase: bool = True
    same_selection: bool = True
    region: Region = Region.ANY
    nearest_km: float | None = None
    farthest_km: float | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """The filters as a reader meets them."""
        said = ["of the same phase"] if self.same_phase else ["of any phase"]
        said.append("selective or not, as this school is" if self.same_selection else "selective or not")
        said.append(f"in {self.region}")
        said += [f"at least {self.nearest_km:g} km away"] if self.nearest_km is not None else []
        said += [f"at most {self.farthest_km:g} km away"] if self.farthest_km is not None else []
        return tuple(said)

    def let(self, own: SchoolContext, other: SchoolContext) -> bool:
        """Whether ``other`` may be a neighbour of ``own``; what is not known of a school never lets it through."""
        if self.same_phase and (own.phase is None or own.phase != other.phase):
            return False
        if self.same_selection and own.selective != other.selective:
            return False
        if self.region is not Region.ANY:
            if own.region is None or other.region is None:
                return False
            if (own.region == other.region) != (self.region is Region.SAME):
                return False
        return self._near_enough(own, other)

    def _near_enough(self, own: SchoolContext, other: SchoolContext) -> bool:
        if self.nearest_km is None and self.farthest_km is None:
            return True
        away = kilometres(own, other)
        if away is None:
            return False
        return (self.nearest_km or 0.0) <= away and (self.farthest_km is None or away <= self.farthest_km)


@dataclass(frozen=True, slots=True)
class Scale:
    """Mean and standard deviation of each variable over the schools given, and how many schools knew it.

    A variable that never varies, or that fewer than two schools know, has no deviation and is left out.
    """

    means: Mapping[str, float]
    deviations: Mapping[str, float]
    known: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class SchoolNeighbour:
    """A neighbour: distance in standard deviations, and variables that could not be compared for want of a value."""

    school: Hashable
    distance: float
    not_compared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SchoolNeighbours:
    """The nearest schools, nearest first, with all that decided it.

    ``missing`` are variables this school has no value for, ``without_use`` those no school differs in. ``considered``
    schools passed the filters; ``too_little_known`` of them shared less than half the weight and were not compared.
    """

    school: Hashable
    nearest: tuple[SchoolNeighbour, ...]
    variables: tuple[Variable, ...]
    filters: Filters
    scale: Scale
    missing: tuple[str, ...]
    without_use: tuple[str, ...]
    considered: int
    too_little_known: int

    @property
    def words(self) -> str:
        """How the neighbours were found, in sentences."""
        apart = (*self.missing, *self.without_use)
        used = [f"{v.words} (weight {v.weight:g})" for v in self.variables if v.weight > 0 and v.id not in apart]
        said = [
            f"The {len(self.nearest)} nearest of {self.considered} schools: {', '.join(self.filters.words)}.",
            f"Compared by {', '.join(used)}." if used else "Nothing could be compared.",
        ]
        if self.missing:
            said.append(f"Not known for this school: {self._titles(self.missing)}.")
        if self.without_use:
            said.append(f"Not used, as schools do not differ or it is not known: {self._titles(self.without_use)}.")
        if self.too_little_known:
            said.append(f"Left out, as too little is known of them: {self.too_little_known} of these schools.")
        return " ".join([*said, "Neighbours are alike in circumstances, not in results, and are no ranking."])

    def _titles(self, names: Sequence[str]) -> str:
        return ", ".join(variable.words for variable in self.variables if variable.id in names)


def kilometres(one: SchoolContext, other: SchoolContext) -> float | None:
    """Distance as the crow flies; ``None`` where a school's place is not known."""
    if one.easting is None or one.northing is None or other.easting is None or other.northing is None:
        return None
    return hypot(one.easting - other.easting, one.northing - other.northing) / METRES


def scale_of(schools: Sequence[SchoolContext], variables: Sequence[Variable]) -> Scale:
    """Mean and standard deviation of each variable over all schools that know it."""
    columns = {
        variable.id: [value for school in schools if (value := _value(school, variable.id)) is not None]
        for variable in variables
    }
    usable = {name: values for name, values in columns.items() if len(values) > 1 and max(values) > min(values)}
    return Scale(
        means={name: fmean(values) for name, values in usable.items()},
        deviations={name: pstdev(values) for name, values in usable.items()},
        known={name: len(values) for name, values in columns.items()},
    )


def distance(
    one: SchoolContext, other: SchoolContext, variables: Sequence[Variable], scale: Scale
) -> SchoolNeighbour | None:
    """How far ``other`` lies from ``one``; ``None`` where they share less than half the weight.

    The weighted mean, and not the sum, so that a pair with a missing variable is not nearer for it.
    """
    usable = [variable for variable in variables if variable.weight > 0 and variable.id in scale.deviations]
    total = shared = summed = 0.0
    lacking: list[str] = []
    for variable in usable:
        total += variable.weight
        a, b = _value(one, variable.id), _value(other, variable.id)
        if a is None or b is None:
            lacking.append(variable.id)
            continue
        shared += variable.weight
        summed += variable.weight * ((a - b) / scale.deviations[variable.id]) ** 2
    if total == 0 or shared < LEAST_SHARED_WEIGHT * total:
        return None
    return SchoolNeighbour(other.school, sqrt(summed / shared), tuple(lacking))


def school_neighbours(
    school: Hashable,
    schools: Sequence[SchoolContext],
    *,
    variables: Sequence[Variable] = CONTEXT,
    filters: Filters | None = None,
    count: int = 10,
) -> SchoolNeighbours:
    """The ``count`` nearest schools to ``school``, which must be among ``schools``.

    Values are put on one scale over all schools given, so that filters do not move distances. Schools equally far
    stand in the order of ``schools``. Raises KeyError when the school is not among them.
    """
    own = next((one for one in schools if one.school == school), None)
    if own is None:
        raise KeyError(school)
    chosen = filters or Filters()
    scale = scale_of(schools, variables)
    considered = [other for other in schools if other.school != school and chosen.let(own, other)]
    found = [distance(own, other, variables, scale) for other in considered]
    compared = sorted((one for one in found if one is not None), key=lambda one: one.distance)
    weighed = [variable for variable in variables if variable.weight > 0]
    return SchoolNeighbours(
        school=school,
        nearest=tuple(compared[:count]),
        variables=tuple(variables),
        filters=chosen,
        scale=scale,
        missing=tuple(v.id for v in weighed if v.id in scale.deviations and _value(own, v.id) is None),
        without_use=tuple(v.id for v in weighed if v.id not in scale.deviations),
        considered=len(considered),
        too_little_known=len(considered) - len(compared),
    )


def _value(school: SchoolContext, variable: str) -> float | None:
    value = school.values.get(variable)
    return value if value is not None and isfinite(value) else None
