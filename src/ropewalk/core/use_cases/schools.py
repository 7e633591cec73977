"""The schools of a place: the list with what is published, and the funnel over the schools of one phase."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ropewalk.core.compare.funnel import FEWEST_SCHOOLS, Kind, funnel
from ropewalk.core.disclosure import already_published
from ropewalk.core.errors import NotFound
from ropewalk.core.measures import all_measures, measure
from ropewalk.core.open_data.reading import Reader, School, Selection
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.periods import sort_key
from ropewalk.core.schema.phases import Phase
from ropewalk.core.schema.places import Place
from ropewalk.core.use_cases.school_history import Lineage
from ropewalk.core.views.schools import EVERY_SCHOOL, PhaseCount, SchoolFilter, SchoolFunnel, SchoolList, SchoolRow

# Measures whose counts are published for every school, and what is counted.
FUNNEL_KINDS = {
    "suspension_rate": Kind.RATE,
    "permanent_exclusion_rate": Kind.RATE,
    "suspended_pupils_rate": Kind.SHARE,
    "free_school_meals": Kind.SHARE,
}
LIST_MEASURES = (
    "pupils_on_roll",
    "free_school_meals",
    "absence_overall",
    "persistent_absence",
    "suspension_rate",
    "attainment8",
    "progress8",
)
# Measures of primary schools only: columns when only primary schools are shown.
PRIMARY_MEASURES = ("ks2_reading_progress", "ks2_maths_progress")
NO_TRUST = "none"
# Kinds of school as registers tell them apart, in the order lists have; more than the phases figures are about.
SCHOOL_PHASES = {
    "nursery": "Nursery",
    "primary": "Primary",
    "all_through": "All-through",
    "secondary": "Secondary",
    "special": "Special",
    "alternative": "Alternative provision",
    "independent": "Independent",
}
PHASE_NOT_KNOWN = "Phase not known"


def phase_words(phase: str | None) -> str:
    """The phase of a school in words."""
    return SCHOOL_PHASES.get(phase or "", PHASE_NOT_KNOWN)


def school_list(reader: Reader, place: Place, wanted: SchoolFilter = EVERY_SCHOOL) -> SchoolList:
    """Schools of the place with the newest figure of each measure.

    Raises NotFound when the filter names a phase or a trust that no school of the place has.
    """
    everyone = reader.schools(place=place.code)
    lineage = Lineage(reader, [school.urn for school in everyone])
    present, earlier = _present(everyone, lineage)
    _check(wanted, present, place)
    shown = [school for school in present if _fits(school, wanted)]
    latest = _latest(reader, place, shown, lineage, wanted)
    rows = tuple(SchoolRow(school, latest[school.urn]) for school in shown)
    measures = tuple(measure(m) for m in _columns(wanted) if any(m in row.latest for row in rows))
    released = already_published(figure for row in rows for figure in row.latest.values())
    trusts = tuple(sorted({school.trust for school in present if school.trust}))
    return SchoolList(place, rows, measures, released, _counts(present), trusts, tuple(earlier), wanted)


def _present(schools: Sequence[School], lineage: Lineage) -> tuple[list[School], list[School]]:
    """Schools as they are now, and entries of the register for the same schools under an earlier number."""
    there = {school.urn for school in schools}
    before: set[str] = set()
    for school in schools:
        # Where links lead in a circle, the first school met stays.
        if school.urn not in before:
            before |= there.intersection(lineage.numbers(school.urn)[1:])
    kept = [school for school in schools if school.urn not in before]
    return kept, [school for school in schools if school.urn in before]


def _check(wanted: SchoolFilter, schools: Sequence[School], place: Place) -> None:
    if wanted.phase and wanted.phase not in {school.phase for school in schools}:
        known = ", ".join(sorted({school.phase for school in schools if school.phase}))
        raise NotFound(
            f"{place.name} has no schools of the phase '{wanted.phase}'. Its phases are {known or 'not known'}."
        )
    if wanted.trust and wanted.trust != NO_TRUST and wanted.trust not in {school.trust for school in schools}:
        raise NotFound(f"No school of {place.name} is in a trust called '{wanted.trust}'.")


def _fits(school: School, wanted: SchoolFilter) -> bool:
    if wanted.phase and school.phase != wanted.phase:
        return False
    if wanted.trust and school.trust != (None if wanted.trust == NO_TRUST else wanted.trust):
        return False
    known = " ".join((school.name, school.urn, school.laestab or "", (school.postcode or "").replace(" ", ""))).lower()
    words = wanted.text.lower().split()
    return all(word in known for word in words) or "".join(words) in known


def _columns(wanted: SchoolFilter) -> list[str]:
    shown = (*LIST_MEASURES, *(PRIMARY_MEASURES if wanted.phase == "primary" else ()))
    return [m for m in shown if m in all_measures()]


def _latest(
    reader: Reader, place: Place, schools: Sequence[School], lineage: Lineage, wanted: SchoolFilter
) -> dict[str, dict[str, Figure]]:
    """Newest figure of each measure by URN, also where it stands under an earlier number of the same school."""
    owner: dict[str, str] = {}
    numbers = {school.urn: lineage.numbers(school.urn) for school in schools}
    codes = reader.laestabs_by_urn([urn for chain in numbers.values() for urn in chain])
    for school in schools:
        for urn in numbers[school.urn]:
            owner[urn] = school.urn
            owner.update(dict.fromkeys(codes.get(urn, ()), school.urn))
        if school.laestab:
            owner[school.laestab] = school.urn
    found: dict[str, dict[str, Figure]] = {school.urn: {} for school in schools}
    selection = Selection(
        places=[place.code], measures=_columns(wanted), groups=["all"], every_school=True, newest=True
    )
    for figure in reader.figures(selection):
        cells = found.get(owner.get(figure.school or "", ""))
        if cells is None:
            continue
        held = cells.get(figure.measure)
        if held is None or (held.value is None and figure.value is not None):
            cells[figure.measure] = figure
    return found


def _counts(schools: Sequence[School]) -> tuple[PhaseCount, ...]:
    counts = []
    for phase in (*SCHOOL_PHASES, None):
        there = [school for school in schools if school.phase == phase]
        if there:
            pupils = [school.pupils for school in there if school.pupils is not None]
            counts.append(PhaseCount(phase, len(there), sum(pupils), len(there) - len(pupils)))
    return tuple(counts)


def school_funnel(
    reader: Reader, place: Place, measure_id: str | None = None, phase: str | None = None, period: str | None = None
) -> SchoolFunnel:
    """The funnel asked for; what is not asked for is the newest there is, of suspensions in secondary schools first.

    ``funnel`` is None where fewer than ten schools are published with counts. Raises NotFound for a measure without
    funnel and for a phase or period that is none.
    """
    chosen = _funnel_measure(measure_id)
    if phase and phase not in set(Phase):
        raise NotFound(f"There is no phase '{phase}'. Phases are {', '.join(Phase)}.")
    if period:
        sort_key(period)
    figures = reader.figures(Selection(places=[place.code], measures=[chosen], groups=["all"], every_school=True))
    counted = [f for f in figures if f.numerator is not None and f.denominator and f.school]
    choices = _choices(counted)
    pick = _pick(choices, phase, period)
    shown = [f for f in counted if (f.phase, f.period) == pick]
    plot = funnel([(f.school or "", f.numerator or 0, f.denominator or 0) for f in shown], FUNNEL_KINDS[chosen])
    names, urns = _who(reader, place, [f.school or "" for f in shown])
    return SchoolFunnel(place, measure(chosen), *pick, plot, names, choices, already_published(shown), urns)


def _funnel_measure(measure_id: str | None) -> str:
    if measure_id is None:
        return "suspension_rate"
    if measure_id not in FUNNEL_KINDS:
        raise NotFound(
            f"There is no funnel of '{measure_id}': the numbers of pupils behind it are not published by school. "
            f"There are funnels of {', '.join(FUNNEL_KINDS)}."
        )
    return measure_id


def _choices(figures: Sequence[Figure]) -> tuple[tuple[str, str], ...]:
    """Phase and period with schools enough for a funnel: by phase, newest period first."""
    schools = Counter((figure.phase, figure.period) for figure in figures)
    # Where nothing was counted in any school there is nothing to draw.
    counted = {(figure.phase, figure.period) for figure in figures if figure.numerator}
    phases = list(Phase)
    enough = [cell for cell, count in schools.items() if count >= FEWEST_SCHOOLS and cell in counted]
    return tuple(sorted(enough, key=lambda cell: (phases.index(Phase(cell[0])), -sort_key(cell[1]))))


def _pick(choices: Sequence[tuple[str, str]], phase: str | None, period: str | None) -> tuple[str, str]:
    fitting = [cell for cell in choices if phase in (None, cell[0]) and period in (None, cell[1])]
    if not fitting:
        return phase or Phase.SECONDARY.value, period or ""
    secondary = [cell for cell in fitting if cell[0] == Phase.SECONDARY]
    return (secondary or fitting)[0]


def _who(reader: Reader, place: Place, ids: Sequence[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Names and URNs of schools by the ids their figures stand under; earlier numbers lead to the present school."""
    schools = reader.schools(place=place.code)
    lineage = Lineage(reader, [school.urn for school in schools])
    names: dict[str, str] = {}
    urns: dict[str, str] = {}
    present, earlier = _present(schools, lineage)
    numbers = {school.urn: lineage.numbers(school.urn) for school in present}
    codes = reader.laestabs_by_urn([urn for chain in numbers.values() for urn in chain])
    for school in (*earlier, *present):
        chain = numbers.get(school.urn, [school.urn])
        known = [*chain, *(code for urn in chain for code in codes.get(urn, ())), school.laestab or school.urn]
        names.update(dict.fromkeys(known, school.name))
        urns.update(dict.fromkeys(known, school.urn))
    wanted = set(ids)
    unknown = {school_id: f"{_as_number(school_id)} (no longer in the register)" for school_id in wanted - names.keys()}
    return {**{i: names[i] for i in wanted & names.keys()}, **unknown}, {i: urns[i] for i in wanted & urns.keys()}


def urns_of(reader: Reader, place: Place, ids: Sequence[str]) -> dict[str, str]:
    """URNs of today by the ids that figures of schools of a place stand under; closed schools have none."""
    return _who(reader, place, ids)[1]


def _as_number(school_id: str) -> str:
    """A LAESTAB as people write it: ``School 879/4190``."""
    return f"School {school_id[:3]}/{school_id[3:]}" if len(school_id) == 7 else f"School {school_id}"
