"""The form of the places to compare: what was typed, what is wrong with it, links that add and take away."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest

from ropewalk.core.errors import InputRefused
from ropewalk.core.schema.places import Place, PlaceKind, all_places, place_by_code
from ropewalk.core.use_cases.comparing import MOST_PLACES
from ropewalk.core.use_cases.overview import comparators
from ropewalk.core.use_cases.store import Reader

FIELDS_AT_FIRST = 3


@dataclass(frozen=True)
class Asked:
    """What an address asks for, as it was typed."""

    names: tuple[str, ...]
    region: str
    measure: str

    @property
    def nothing(self) -> bool:
        """Whether the address asks for nothing yet."""
        return not self.region and not any(self.names)


@dataclass(frozen=True)
class Field:
    """One text input: number, what stands in it, what is wrong, the address without it."""

    number: int
    value: str
    error: str
    without: str


@dataclass(frozen=True)
class Link:
    """Words and address."""

    words: str
    address: str


def asked_of(request: HttpRequest) -> Asked:
    """What the address asks for. More names than a reader could mean are cut off."""
    names = tuple(" ".join(name.split())[:100] for name in request.GET.getlist("place")[:50])
    region, measure = (request.GET.get(name, "").strip()[:100] for name in ("region", "measure"))
    return Asked(names, region, measure)


def address_of(places: Sequence[str], measure: str = "", region: str = "") -> str:
    """The address to keep: places by code, or a region, and the measure drawn."""
    said = [("region", region)] if region else [("place", place) for place in places]
    said += [("measure", measure)] if measure else []
    return f"/compare/?{urlencode(said)}" if said else "/compare/"


def fields(asked: Asked, problems: dict[int, str], chosen: Sequence[Place] = ()) -> list[Field]:
    """Inputs for what was typed and one more; places that are understood are shown by name."""
    typed = [place.name for place in chosen] or [name for name in asked.names if name]
    kept = [place.code for place in chosen] or typed
    made = []
    for place, value in enumerate(typed, start=1):
        others = [*kept[: place - 1], *kept[place:]]
        made.append(Field(place, value, problems.get(place, ""), address_of(others, asked.measure)))
    blank = max(FIELDS_AT_FIRST - len(typed), 1) if len(typed) < MOST_PLACES else 0
    made += [Field(len(typed) + more, "", "", "") for more in range(1, blank + 1)]
    return made


def problems_by_field(asked: Asked, refused: InputRefused) -> tuple[list[tuple[str, str]], dict[int, str]]:
    """Every problem with the id of the input it is about, and the problems by number of the input."""
    # Empty inputs are not shown again, so the inputs are counted without them.
    numbers: dict[int, int] = {}
    for row, name in enumerate(asked.names, start=1):
        if name:
            numbers[row] = len(numbers) + 1
    listed: list[tuple[str, str]] = []
    by_field: dict[int, str] = {}
    for problem in refused.problems:
        number = numbers.get(problem.row or 0, 1)
        said = f"{problem.what} {problem.do}"
        listed.append((f"place-{number}", said))
        by_field.setdefault(number, said)
    return listed, by_field


def regions(reader: Reader) -> list[Link]:
    """Every region with figures, to be compared as a whole."""
    there = reader.places_with_figures()
    # Inner and Outer London have no councils of their own: theirs are London's.
    own = {place.region for place in all_places() if place.kind is PlaceKind.COUNCIL and place.code in there}
    whole = [place for place in all_places() if place.kind is PlaceKind.REGION and place.code in own]
    return [Link(place.name, address_of([], region=place.code)) for place in whole]


def to_add(reader: Reader, places: Sequence[Place], measure: str) -> list[Link]:
    """Statistical neighbours and the region of the first place, each added by a link."""
    if len(places) >= MOST_PLACES:
        return []
    around = comparators(reader, places[0])
    codes = [place.code for place in places]
    near = [*around.neighbours, *([place_by_code(places[0].region)] if places[0].region else [])]
    return [Link(place.name, address_of([*codes, place.code], measure)) for place in near if place.code not in codes]
