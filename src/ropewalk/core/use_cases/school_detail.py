"""One school: who it is, where it came from, and every published figure of it beside its place and the country."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ropewalk.core.disclosure import SafeTable, already_published
from ropewalk.core.errors import NotFound
from ropewalk.core.measures import Measure, all_measures
from ropewalk.core.open_data.reading import Reader, School, Selection
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.phases import Phase
from ropewalk.core.schema.places import Place, place_by_code
from ropewalk.core.use_cases.school_history import Lineage, Predecessor, Successor, successors

OFSTED = "ofsted_overall"
MOST_FOUND = 100


@dataclass(frozen=True, slots=True)
class SchoolFigure:
    """A figure of the school with the place's and the country's of the same measure, group and period.

    ``same_phase`` is false where those two are about all schools because none is published for the school's phase.
    """

    figure: Figure
    place: Figure | None
    country: Figure | None
    same_phase: bool


@dataclass(frozen=True, slots=True)
class MeasureHistory:
    """Every figure of one measure and group of pupils, newest period first."""

    measure: Measure
    group: str
    figures: tuple[SchoolFigure, ...]


@dataclass(frozen=True, slots=True)
class SchoolDetail:
    """One school: who it is, whom it came from, what it became, every published figure of it newest first.

    ``stood_under`` says in words whose number an id in a figure is. ``by_measure`` holds the same figures as
    ``histories``, by measure. ``ofsted`` is history and kept apart.
    """

    school: School
    place: Place
    country: Place
    predecessors: tuple[Predecessor, ...]
    successors: tuple[Successor, ...]
    histories: tuple[MeasureHistory, ...]
    ofsted: tuple[Figure, ...]
    stood_under: dict[str, str]
    by_measure: dict[str, tuple[Figure, ...]]
    released: SafeTable


def school_detail(reader: Reader, reference: str) -> SchoolDetail:
    """Everything published on a school and the schools it came from.

    Raises NotFound when no register holds the URN or LAESTAB.
    """
    school = find_school(reader, reference)
    lineage = Lineage(reader, [school.urn])
    urns = lineage.numbers(school.urn)
    codes = reader.laestabs_by_urn(urns)
    if school.laestab:
        codes.setdefault(school.urn, set()).add(school.laestab)
    ids = [*urns, *sorted({code for known in codes.values() for code in known})]
    figures = reader.figures(Selection(schools=ids))
    place = place_by_code(school.place)
    beside = _beside(reader, place, figures)
    by_measure: dict[str, list[Figure]] = {}
    for figure in figures:
        by_measure.setdefault(figure.measure, []).append(figure)
    ordered = {m: tuple(by_measure[m]) for m in all_measures() if m in by_measure}
    return SchoolDetail(
        school,
        place,
        place_by_code(place.country),
        tuple(lineage.predecessors(school.urn)),
        tuple(successors(reader, school.urn)),
        tuple(_histories(ordered, school, place, beside)),
        ordered.get(OFSTED, ()),
        _whose(school, lineage, codes),
        ordered,
        already_published([*figures, *beside.values()]),
    )


def find_school(reader: Reader, reference: str) -> School:
    """The school with a URN or LAESTAB; of several that had a LAESTAB one after the other, the one of today.

    Raises NotFound when no register holds it.
    """
    cleaned = reference.strip().replace("/", "").replace(" ", "")
    found = reader.schools(ids=[cleaned])
    exact = [school for school in found if school.urn == cleaned] or _of_today(reader, found)
    if not exact:
        raise NotFound(f"No register holds a school with the URN or LAESTAB '{reference}'.")
    return exact[0]


def _of_today(reader: Reader, schools: Sequence[School]) -> list[School]:
    if len(schools) < 2:
        return list(schools)
    lineage = Lineage(reader, [school.urn for school in schools])
    before = {urn for school in schools for urn in lineage.numbers(school.urn)[1:]}
    last = [school for school in schools if school.urn not in before] or list(schools)
    return sorted(last, key=lambda school: (school.as_of, school.opened or ""), reverse=True)


def what_became_of(reader: Reader, reference: str) -> list[Successor]:
    """The schools of today that a URN or LAESTAB no longer in the register became; empty when nothing is known."""
    cleaned = reference.strip().replace("/", "").replace(" ", "")
    urns = reader.urns_of(cleaned) if len(cleaned) == 7 else {cleaned}
    return [one for urn in sorted(urns) for one in successors(reader, urn)]


def search_schools(reader: Reader, text: str) -> list[School]:
    """Schools of any place by words of the name, URN, LAESTAB or the start of a postcode, by name; at most 100."""
    cleaned = " ".join(text.split())
    if not cleaned:
        return []
    number = cleaned.replace("/", "").replace(" ", "")
    found = reader.schools(ids=[number]) if number.isdigit() else []
    return found or reader.schools(text=cleaned)[:MOST_FOUND]


def _beside(reader: Reader, place: Place, figures: Sequence[Figure]) -> dict[tuple[str, ...], Figure]:
    wanted = [figure for figure in figures if figure.measure != OFSTED]
    if not wanted:
        return {}
    found = reader.figures(
        Selection(
            places=[place.code, place.country],
            measures=sorted({figure.measure for figure in wanted}),
            groups=sorted({figure.group for figure in wanted}),
            periods=sorted({figure.period for figure in wanted}),
        )
    )
    return {(f.place, f.measure, f.phase, f.group, f.period): f for f in found}


def _histories(
    ordered: dict[str, tuple[Figure, ...]], school: School, place: Place, beside: dict[tuple[str, ...], Figure]
) -> list[MeasureHistory]:
    histories = []
    for measure_id, figures in ordered.items():
        if measure_id == OFSTED:
            continue
        groups = sorted({figure.group for figure in figures}, key=lambda group: (group != "all", group))
        for group in groups:
            rows = tuple(_row(f, school, place, beside) for f in figures if f.group == group)
            histories.append(MeasureHistory(all_measures()[measure_id], group, rows))
    return histories


def _row(figure: Figure, school: School, place: Place, beside: dict[tuple[str, ...], Figure]) -> SchoolFigure:
    """The figure beside those of the same phase; a school's own phase stands in where the figure names none."""
    phases = [figure.phase] if figure.phase != Phase.ALL else [school.phase or Phase.ALL.value, Phase.ALL.value]
    for phase in phases:
        cell = (figure.measure, phase, figure.group, figure.period)
        near, country = beside.get((place.code, *cell)), beside.get((place.country, *cell))
        if near or country:
            return SchoolFigure(figure, near, country, phase != Phase.ALL or school.phase == Phase.ALL)
    return SchoolFigure(figure, None, None, True)


def _whose(school: School, lineage: Lineage, codes: dict[str, set[str]]) -> dict[str, str]:
    """In words, whose number each id is."""
    said = {school.urn: f"URN {school.urn}"}
    for before in lineage.predecessors(school.urn):
        if before.followed:
            said[before.urn] = f"URN {before.urn}, {before.name or 'the school before'}"
    for urn, known in codes.items():
        for code in sorted(known):
            own = code == school.laestab or urn == school.urn
            whose = "" if own else f", {lineage.names.get(urn) or 'the school before'}"
            if own or code not in said:
                said[code] = f"LAESTAB {code[:3]}/{code[3:]}{whose}"
    return said
