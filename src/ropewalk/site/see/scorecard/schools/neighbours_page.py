"""What the page of a school's statistical neighbours asks for and shows: the form, its choices, addresses."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest

from ropewalk.core.compare.school_neighbours import Region
from ropewalk.core.use_cases.neighbours import COUNTS, WEIGHTS, NeighboursWanted
from ropewalk.core.views.neighbours import SchoolNeighbourhood

WEIGHT = "w_"
# The region a neighbour may lie in, as an address says it.
REGIONS = {"any": Region.ANY, "same": Region.SAME, "other": Region.OTHER}
REGION_WORDS = {"any": "Any region", "same": "The same region", "other": "Other regions"}


@dataclass(frozen=True)
class Option:
    """A choice in a list of the form."""

    value: str
    words: str
    chosen: bool


@dataclass(frozen=True)
class Weight:
    """The list from which the weight of one circumstance is chosen; ``hint`` says whose figures are compared."""

    name: str
    label: str
    hint: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Asked:
    """What the form asks for, and what of it could not be read: each problem says what stands in its place."""

    wanted: NeighboursWanted
    region: str
    problems: tuple[str, ...]


def asked_of(request: HttpRequest) -> Asked:
    """Read the form. What is none of its choices is said and has its usual value."""
    said = {name: str(value).strip()[:20] for name, value in request.GET.items()}
    problems: list[str] = []
    region = _one_of(said, "region", tuple(REGIONS), "any", problems)
    phase = _one_of(said, "phase", ("same", "any"), "same", problems)
    count = int(_one_of(said, "count", tuple(str(n) for n in COUNTS), "10", problems))
    written = tuple(f"{weight:g}" for weight in WEIGHTS)
    weights = {
        name.removeprefix(WEIGHT): float(_one_of(said, name, written, "1", problems))
        for name in said
        if name.startswith(WEIGHT) and said[name]
    }
    wanted = NeighboursWanted(weights, phase == "same", REGIONS[region], count)
    return Asked(wanted, region, tuple(problems))


def _one_of(said: Mapping[str, str], name: str, known: tuple[str, ...], usual: str, problems: list[str]) -> str:
    given = said.get(name, "") or usual
    if given in known:
        return given
    what = "A weight" if name.startswith(WEIGHT) else name.capitalize()
    problems.append(f"{what} is one of {', '.join(known)}. {usual.capitalize()} is used.")
    return usual


def weights_of(shown: SchoolNeighbourhood) -> list[Weight]:
    """A list for each circumstance this school has a figure for."""
    return [
        Weight(
            f"{WEIGHT}{one.id}",
            one.title,
            f"Figures of {shown.periods[one.id]}" if shown.periods[one.id][:4].isdigit() else "The year is not stated",
            tuple(_weight(value, shown.weights[one.id]) for value in WEIGHTS),
        )
        for one in shown.measures
        if one.id in shown.periods
    ]


def _weight(value: float, chosen: float) -> Option:
    words = {0.0: "0: left out", 1.0: "1: as the others"}.get(value, f"{value:g}")
    return Option(f"{value:g}", words, value == chosen)


def regions(asked: Asked) -> list[Option]:
    """Where neighbours may lie."""
    return [Option(name, words, name == asked.region) for name, words in REGION_WORDS.items()]


def counts(asked: Asked) -> list[Option]:
    """How many neighbours are shown."""
    return [Option(str(count), str(count), count == asked.wanted.count) for count in COUNTS]


def query_of(request: HttpRequest) -> str:
    """The query of the page, for the addresses of its files."""
    said = [(name, str(value)[:20]) for name, value in request.GET.items() if value]
    return f"?{urlencode(said)}" if said else ""
