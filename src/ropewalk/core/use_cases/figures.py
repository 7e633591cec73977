"""Select published figures, places and schools."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ropewalk.core.disclosure import SafeTable, already_published
from ropewalk.core.errors import NotFound
from ropewalk.core.measures import Measure, measure
from ropewalk.core.open_data.reading import Reader, School, Selection
from ropewalk.core.schema.groups import group
from ropewalk.core.schema.periods import PeriodKind, kind_of
from ropewalk.core.schema.phases import Phase
from ropewalk.core.schema.places import Place, PlaceKind, find_place, place_by_code, search_places
from ropewalk.core.use_cases.school_history import identities


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A selection of figures as somebody writes it; empty sequences select everything."""

    place: str
    school: str | None = None
    measures: Sequence[str] = ()
    phases: Sequence[str] = ()
    groups: Sequence[str] = ()
    periods: Sequence[str] = ()


# Periods that schools' own returns have figures for: a measure says from which of them on it is defined.
_WITHIN_A_YEAR = (PeriodKind.WEEK, PeriodKind.HALF_TERM, PeriodKind.TERM, PeriodKind.TO_DATE)


def select_figures(reader: Reader, wanted: Wanted) -> SafeTable:
    """Published figures of a place, or of one school and its predecessors, newest period first.

    Raises NotFound when the place, school, measure, phase, group or period is none Ropewalk knows.
    """
    place = checked(wanted)
    schools = identities(reader, reader.school(wanted.school)) if wanted.school else None
    selection = Selection(
        places=() if schools else [place.code],
        schools=schools,
        measures=wanted.measures,
        phases=wanted.phases,
        groups=wanted.groups,
        periods=wanted.periods,
    )
    return already_published(reader.figures(selection))


def checked(wanted: Wanted) -> Place:
    """The place that is wanted, once everything else is known by name too.

    Raises NotFound when the place, measure, phase, group or period is none Ropewalk knows, and when a measure is
    asked for by name in a period it is not defined for.
    """
    place = find_place(wanted.place)
    for name in wanted.groups:
        group(name)
    for name in wanted.phases:
        if name not in set(Phase):
            raise NotFound(f"There is no phase '{name}'. Phases are {', '.join(Phase)}.")
    kinds = [kind_of(name) for name in wanted.periods]
    for name in wanted.measures:
        _defined_for(measure(name), kinds)
    return place


def _defined_for(declared: Measure, kinds: Sequence[PeriodKind]) -> None:
    counted = measure(declared.gap.measure) if declared.gap else declared
    if counted.meaning is None or not kinds:
        return
    smallest = declared.smallest_period
    if all(kind in _WITHIN_A_YEAR and not kind.is_defined_from(smallest) for kind in kinds):
        raise NotFound(
            f"{declared.title} is not defined for {kinds[0].words}: the shortest period is {smallest.words}. "
            "Ask for a longer one, such as 2024/25."
        )


def list_places(reader: Reader, text: str = "") -> list[Place]:
    """Places with figures whose name, code or number fits, and places of schools whose postcode fits."""
    there = reader.places_with_figures()
    found = [place for place in search_places(text) if place.code in there]
    if text and any(character.isdigit() for character in text):
        codes = {school.place for school in reader.schools(text=text)}
        found += [place_by_code(code) for code in sorted(codes) if code in there and place_by_code(code) not in found]
    return found


def list_schools(reader: Reader, place: str) -> list[School]:
    """Schools of a council, by name; of a region or country all schools of its councils."""
    wanted = find_place(place)
    if wanted.kind is PlaceKind.COUNCIL:
        return reader.schools(place=wanted.code)
    councils = {
        p.code for p in search_places("") if p.kind is PlaceKind.COUNCIL and wanted.code in (p.region, p.country)
    }
    return [school for school in reader.schools() if school.place in councils]
