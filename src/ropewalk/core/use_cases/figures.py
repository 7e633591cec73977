"""Select figures, places and schools."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ropewalk.core.disclosure import SafeTable, already_published
from ropewalk.core.errors import NotFound
from ropewalk.core.measures import measure
from ropewalk.core.open_data.reading import Reader, School, Selection
from ropewalk.core.schema.groups import group
from ropewalk.core.schema.periods import kind_of
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


def select_figures(reader: Reader, wanted: Wanted) -> SafeTable:
    """Figures of a place, or of one school and its predecessors, newest period first.

    Raises NotFound when the place, school, measure, phase, group or period is none Ropewalk knows.
    """
    place = find_place(wanted.place)
    for name in wanted.measures:
        measure(name)
    for name in wanted.groups:
        group(name)
    for name in wanted.phases:
        if name not in set(Phase):
            raise NotFound(f"There is no phase '{name}'. Phases are {', '.join(Phase)}.")
    for name in wanted.periods:
        kind_of(name)
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
