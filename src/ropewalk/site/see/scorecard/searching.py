"""Finding a place by what somebody types, and the list of all places."""

from dataclasses import dataclass

from ropewalk.core.errors import NotFound
from ropewalk.core.schema.places import Place, PlaceKind, find_place, place_by_code
from ropewalk.core.use_cases.figures import list_places
from ropewalk.core.use_cases.store import Reader

KINDS = {PlaceKind.COUNTRY: "Country", PlaceKind.REGION: "Region", PlaceKind.COUNCIL: "Council area"}


@dataclass(frozen=True)
class Match:
    """A place that fits, its kind and region in words."""

    place: Place
    kind: str
    region: str


@dataclass(frozen=True)
class Index:
    """Every place with figures: countries, regions, and councils by first letter."""

    countries: tuple[Place, ...]
    regions: tuple[Place, ...]
    councils: tuple[tuple[str, tuple[Place, ...]], ...]


def matches(reader: Reader, text: str) -> list[Match]:
    """Places that fit the words; when one is meant exactly, that one alone."""
    found = list_places(reader, text)
    try:
        exact = find_place(text)
    except NotFound:
        exact = None
    if exact in found:
        found = [exact]
    return [
        Match(place, kind_words(place), place_by_code(place.region).name if place.region else "") for place in found
    ]


def kind_words(place: Place) -> str:
    """What sort of place it is; an abolished council says until when it existed."""
    if place.last_year:
        return f"Council area until {place.last_year}"
    return KINDS[place.kind]


def index_of_places(reader: Reader) -> Index:
    """All places with figures, by kind and name."""
    there = sorted(list_places(reader), key=lambda place: place.name)

    def of(kind: PlaceKind) -> tuple[Place, ...]:
        return tuple(place for place in there if place.kind is kind)

    letters: dict[str, list[Place]] = {}
    for council in of(PlaceKind.COUNCIL):
        letters.setdefault(council.name[0], []).append(council)
    councils = tuple((letter, tuple(places)) for letter, places in letters.items())
    return Index(of(PlaceKind.COUNTRY), of(PlaceKind.REGION), councils)
