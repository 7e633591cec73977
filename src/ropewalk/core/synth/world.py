"""The made-up world every file is written from: twelve councils, their schools, and what they have in common.

A council has a hardship (standard deviations above the average); measures lean on it more or less, which is what makes
them move together. ``docs/made-up-place.md`` states the model and its constants.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import exp
from random import Random

from ropewalk.core.schema.councils import Council
from ropewalk.core.schema.made_up_places import MADE_UP_COUNCILS
from ropewalk.core.synth.chance import clipped, stream
from ropewalk.core.synth.names import school_name, school_names, trust_names

FIRST_URN = 990001
# Schools of a council, fewest and most; pupils of a school: usual number, spread (of the logarithm), fewest, most.
SCHOOLS = {"primary": (48, 62), "secondary": (10, 14), "special": (3, 6), "alternative": (1, 2)}
ROLLS = {
    "primary": (270, 0.45, 45, 660),
    "secondary": (980, 0.32, 320, 1750),
    "special": (110, 0.45, 30, 260),
    "alternative": (55, 0.4, 15, 140),
}
ACADEMIES = {"primary": 0.42, "secondary": 0.80, "special": 0.45, "alternative": 0.5}
FIRST_ESTAB = {"primary": 2001, "secondary": 4001, "special": 7001, "alternative": 1101}
# Share of pupils eligible for free school meals in January 2023 and how it leans on hardship (log odds).
FREE_MEALS = {"primary": 0.23, "secondary": 0.215, "special": 0.44, "alternative": 0.55}
LEAN_ON_HARDSHIP, SCHOOLS_DIFFER = 0.40, 0.55
CONVERSIONS = (
    *("01/09/2011", "01/04/2012", "01/09/2013", "01/09/2014", "01/02/2016", "01/09/2016"),
    *("01/04/2018", "01/04/2018", "01/09/2018", "01/09/2018", "01/11/2018"),
    *("01/09/2019", "01/04/2020", "01/09/2021", "01/04/2022"),
)
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


@dataclass(frozen=True, slots=True)
class MadeUpSchool:
    """A school as it was in January 2023. ``former_urn`` is its number before it became an academy."""

    urn: str
    former_urn: str | None
    laestab: str
    name: str
    former_name: str | None
    phase: str
    academy: bool
    trust: str | None
    opened: str | None
    postcode: str
    council: int
    pupils: int
    meals: int
    hardship: float
    church: bool

    def urn_in(self, year_ending: int) -> str:
        """The number it had in the summer of a year."""
        if self.former_urn and self.opened and _ends(self.opened) > year_ending:
            return self.former_urn
        return self.urn

    def academy_in(self, year_ending: int) -> bool:
        """Whether it was an academy in the summer of a year."""
        return self.academy and self.opened is not None and _ends(self.opened) <= year_ending


@dataclass(frozen=True, slots=True)
class World:
    """Councils (index as in ``MADE_UP_COUNCILS``), their hardship, and all schools."""

    seed: int
    councils: tuple[Council, ...]
    hardship: tuple[float, ...]
    schools: tuple[MadeUpSchool, ...]

    def stream(self, name: str) -> Random:
        """Random numbers for one file or model."""
        return stream(self.seed, name)

    def of_phase(self, phase: str, council: int | None = None) -> list[MadeUpSchool]:
        """Schools of a phase, of one council or of all."""
        return [s for s in self.schools if s.phase == phase and council in (None, s.council)]

    def pupils(self, phase: str | None = None) -> list[int]:
        """Pupils of each council, in schools of one phase or of all."""
        counts = [0] * len(self.councils)
        for school in self.schools:
            if phase in (None, school.phase):
                counts[school.council] += school.pupils
        return counts

    def leaning(self, rng: Random, lean: float) -> list[float]:
        """A factor for each council, mean 0 and spread 1, of which ``lean`` (-1 to 1) is hardship."""
        own = (1 - lean * lean) ** 0.5
        return [lean * h + own * rng.gauss(0, 1) for h in self.hardship]


def make_world(seed: int) -> World:
    """The same seed gives the same world."""
    rng = stream(seed, "world")
    places = [(i - 5.5) / 3.6 for i in range(len(MADE_UP_COUNCILS))]
    rng.shuffle(places)
    hardship = tuple(place + rng.gauss(0, 0.15) for place in places)
    names, numbers = iter(school_names(rng)), iter(range(FIRST_URN, FIRST_URN + 9000))
    regional, *local = _trusts(rng)
    schools: list[MadeUpSchool] = []
    for index in range(len(MADE_UP_COUNCILS)):
        here = _Council(index, hardship[index], [*local[index], *regional])
        schools += _schools_of(rng, here, names, numbers)
    return World(seed, MADE_UP_COUNCILS, hardship, tuple(schools))


def _trusts(rng: Random) -> list[list[str]]:
    """Three trusts for all councils, then four for each."""
    found = trust_names(rng, 3 + 4 * len(MADE_UP_COUNCILS))
    return [found[:3], *(found[3 + 4 * i : 7 + 4 * i] for i in range(len(MADE_UP_COUNCILS)))]


@dataclass(frozen=True, slots=True)
class _Council:
    index: int
    hardship: float
    trusts: list[str]


def _schools_of(rng: Random, here: _Council, names: Iterator[str], numbers: Iterator[int]) -> Iterator[MadeUpSchool]:
    serial = 0
    for phase, (fewest, most) in SCHOOLS.items():
        for position in range(rng.randint(fewest, most)):
            own = clipped(here.hardship + rng.gauss(0, 0.8), -3, 3)
            church = phase == "primary" and rng.random() < 0.3
            first = next(names)
            name = school_name(rng, first, phase, church=church)
            usual, spread, low, high = ROLLS[phase]
            pupils = round(clipped(usual * exp(rng.gauss(0, spread)), low, high))
            academy = rng.random() < ACADEMIES[phase]
            converted = academy and rng.random() < 0.93
            opened = rng.choice(CONVERSIONS) if academy else None
            urn = str(next(numbers))
            yield MadeUpSchool(
                urn=str(next(numbers)) if converted else urn,
                former_urn=urn if converted else None,
                laestab=f"{MADE_UP_COUNCILS[here.index].number}{FIRST_ESTAB[phase] + position}",
                name=name,
                former_name=f"{first} School" if converted else None,
                phase=phase,
                academy=academy,
                trust=rng.choice(here.trusts) if academy else None,
                opened=opened,
                postcode=_postcode(here.index, serial),
                council=here.index,
                pupils=pupils,
                meals=_meals(rng, phase, pupils, own),
                hardship=own,
                church=church,
            )
            serial += 1


def _meals(rng: Random, phase: str, pupils: int, hardship: float) -> int:
    share = FREE_MEALS[phase]
    odds = share / (1 - share) * exp(LEAN_ON_HARDSHIP * hardship + rng.gauss(0, SCHOOLS_DIFFER) * 0.6)
    return round(pupils * odds / (1 + odds))


def _postcode(council: int, serial: int) -> str:
    """No postcode area is called ZZ."""
    letters = _LETTERS[serial // 20 % 20] + _LETTERS[serial % 20]
    return f"ZZ{council + 1} {serial % 9 + 1}{letters}"


def _ends(opened: str) -> int:
    """Calendar year in which the academic year of a date ends."""
    _, month, year = opened.split("/")
    return int(year) + (int(month) >= 9)
