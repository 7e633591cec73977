"""The schools of a place and one school: what is published, the funnel, and the history followed across predecessors."""

from __future__ import annotations

from dataclasses import dataclass

from ropewalk.core.compare.funnel import Funnel, Kind, funnel
from ropewalk.core.disclosure import SafeTable, already_published
from ropewalk.core.measures import Measure, all_measures, measure
from ropewalk.core.open_data.reading import Reader, School, Selection
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.places import Place, place_by_code
from ropewalk.core.use_cases.school_history import Predecessor, identities, predecessors

# Measures whose counts are published for every school, and what is counted.
FUNNEL_KINDS = {
    "suspension_rate": Kind.RATE,
    "permanent_exclusion_rate": Kind.RATE,
    "suspended_pupils_rate": Kind.SHARE,
    "free_school_meals": Kind.SHARE,
}


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A school of the place with its newest figure of each measure shown."""

    school: School
    latest: dict[str, Figure]


@dataclass(frozen=True, slots=True)
class SchoolList:
    """Schools of a place; ``measures`` are the columns; ``released`` holds every figure shown."""

    place: Place
    rows: tuple[SchoolRow, ...]
    measures: tuple[Measure, ...]
    released: SafeTable


@dataclass(frozen=True, slots=True)
class SchoolFunnel:
    """A funnel over the schools of one phase of a place, for one measure and period."""

    place: Place
    measure: Measure
    phase: str
    period: str
    funnel: Funnel | None
    names: dict[str, str]
    choices: tuple[tuple[str, str, str], ...]
    released: SafeTable


@dataclass(frozen=True, slots=True)
class SchoolDetail:
    """One school: who it is, whom it came from, every published figure of it newest first, by measure."""

    school: School
    place: Place
    predecessors: tuple[Predecessor, ...]
    by_measure: dict[str, tuple[Figure, ...]]
    released: SafeTable


LIST_MEASURES = (
    "pupils_on_roll",
    "free_school_meals",
    "absence_overall",
    "persistent_absence",
    "suspension_rate",
    "attainment8",
    "progress8",
)


def school_list(reader: Reader, place: Place) -> SchoolList:
    """Every school of the place with the newest figure of each measure in the list."""
    schools = reader.schools(place=place.code)
    wanted = [m for m in LIST_MEASURES if m in all_measures()]
    figures = reader.figures(Selection(places=[place.code], measures=wanted, groups=["all"], every_school=True))
    latest: dict[str, dict[str, Figure]] = {}
    for figure in figures:
        cells = latest.setdefault(figure.school or "", {})
        if figure.measure not in cells or (cells[figure.measure].value is None and figure.value is not None):
            cells[figure.measure] = figure
    rows = tuple(SchoolRow(s, {**latest.get(s.laestab or "", {}), **latest.get(s.urn, {})}) for s in schools)
    return SchoolList(place, rows, tuple(measure(m) for m in wanted), already_published(figures))


def school_funnel(
    reader: Reader, place: Place, measure_id: str | None = None, phase: str | None = None, period: str | None = None
) -> SchoolFunnel:
    """The funnel asked for, or the newest of suspensions in secondary schools; ``funnel`` is None where too few schools are published."""
    chosen = measure_id if measure_id in FUNNEL_KINDS else "suspension_rate"
    figures = [
        f
        for f in reader.figures(
            Selection(places=[place.code], measures=list(FUNNEL_KINDS), groups=["all"], every_school=True)
        )
        if f.numerator is not None and f.denominator and f.school
    ]
    cells = {(f.measure, f.phase, f.period) for f in figures}
    phases = [p for p in (phase, "secondary", "primary", "special") if p]
    pick = next(
        (
            (chosen, p, t)
            for p in phases
            for t in ([period] if period else _newest(figures, chosen, p))
            if (chosen, p, t) in cells
        ),
        None,
    )
    choices = tuple(sorted(cells, key=lambda c: (list(FUNNEL_KINDS).index(c[0]), c[1], c[2]), reverse=False))
    if pick is None:
        return SchoolFunnel(
            place, measure(chosen), phase or "secondary", period or "", None, {}, choices, already_published([])
        )
    shown = [f for f in figures if (f.measure, f.phase, f.period) == pick]
    plot = funnel([(f.school or "", f.numerator or 0, f.denominator or 0) for f in shown], FUNNEL_KINDS[chosen])
    return SchoolFunnel(
        place, measure(chosen), pick[1], pick[2], plot, _names(reader, place), choices, already_published(shown)
    )


def _newest(figures: list[Figure], measure_id: str, phase: str) -> list[str]:
    return [f.period for f in figures if f.measure == measure_id and f.phase == phase][:1]


def _names(reader: Reader, place: Place) -> dict[str, str]:
    names: dict[str, str] = {}
    for school in reader.schools(place=place.code):
        names[school.urn] = school.name
        if school.laestab:
            names[school.laestab] = school.name
    return names


def school_detail(reader: Reader, reference: str) -> SchoolDetail:
    """Everything published on a school and the schools it came from.

    Raises NotFound when no register holds the URN or LAESTAB.
    """
    school = reader.school(reference)
    figures = reader.figures(Selection(schools=identities(reader, school)))
    by_measure: dict[str, list[Figure]] = {}
    for figure in figures:
        by_measure.setdefault(figure.measure, []).append(figure)
    ordered = {m: tuple(by_measure[m]) for m in all_measures() if m in by_measure}
    return SchoolDetail(
        school, place_by_code(school.place), tuple(predecessors(reader, school)), ordered, already_published(figures)
    )
