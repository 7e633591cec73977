"""Made-up children: families with brothers and sisters, and what a roll says of each child.

What a child is like does not change from year to year but for what begins in a year (free school meals, a need), so
that a roll of one year never knows the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from math import exp
from random import Random

from ropewalk.core.schema.calendar import first_day
from ropewalk.core.synth.returns.people import BOYS, ETHNICITIES, GIRLS, SURNAMES, home
from ropewalk.core.synth.returns.schools import ReturningSchool
from ropewalk.core.synth.returns.upn import permanent

# Chance that a child has an older or younger sibling about the same school, and that two of a year are twins.
SIBLINGS, TWINS = 0.42, 0.015
# Free school meals begin for this share of other families in a year.
MEALS_BEGIN = 0.012
# Share with an education, health and care plan and with SEN support, January 2023, rounded; boys have 1.3 times as
# many, children with free school meals 1.6 times, and a child with plan is named before Year 2, with support before
# Year 6.
PLANS = {"primary": 0.025, "secondary": 0.027, "special": 0.985, "alternative": 0.28}
SUPPORT = {"primary": 0.15, "secondary": 0.127, "special": 0.01, "alternative": 0.57}
BOYS_MORE, MEALS_MORE = 1.3, 1.6
# Types of need with their shares in per cent: with SEN support, with a plan in mainstream, in special schools.
NEEDS = {
    "K": (("SLCN", 26), ("SEMH", 21), ("SPLD", 15), ("MLD", 17), ("ASD", 9), ("OTH", 6), ("NSA", 4), ("HI", 2)),
    "E": (("ASD", 33), ("SLCN", 20), ("SEMH", 16), ("MLD", 12), ("SPLD", 5), ("PD", 5), ("HI", 3), ("OTH", 6)),
    "special": (("ASD", 40), ("SLD", 22), ("SEMH", 14), ("MLD", 13), ("PMLD", 6), ("SLCN", 5)),
}
LOOKED_AFTER, IN_NEED, CARERS, SERVICE = 0.007, 0.027, 0.007, 0.009
# Reasons that weigh on a family's frailty: brothers and sisters share part of how often they are away.
SHARED = 0.5
# Shape of the spread of conduct: most children are never suspended, few often.
CONDUCT_SHAPE = 0.11
_ETHNICITY_CODES = tuple(ETHNICITIES)
_ETHNICITY_SHARES = tuple(accumulate(share for share, _ in ETHNICITIES.values()))


@dataclass(slots=True)
class Family:
    """A family: one surname, one home, one income."""

    surname: str
    postcode: str
    ethnicity: str
    language: str
    meals_since: int | None
    service: bool
    frailty: float
    cohorts: list[int]


@dataclass(slots=True)
class Child:
    """A child. ``cohort`` is the year (of September) in which it is of age for Reception.

    ``frailty`` and ``ability`` are spread like a standard normal; ``conduct`` has mean 1 and is far from even.
    ``meals_since`` and ``need_since`` are years (of September); the need is ``N`` before.
    """

    number: int
    family: Family
    cohort: int
    sex: str
    forename: str
    born: date
    upn: str
    frailty: float
    conduct: float
    ability: float
    need: str
    need_since: int
    need_types: tuple[str, ...]
    looked_after_since: int | None
    in_need: bool
    carer: bool

    def rank(self, year: int) -> int:
        """Year group in the academic year that begins in a year: 0 is Reception, -1 the nursery class."""
        return year - self.cohort

    def meals(self, year: int) -> bool:
        """Whether the child is eligible for free school meals in an academic year."""
        return self.family.meals_since is not None and self.family.meals_since <= year

    def looked_after(self, year: int) -> bool:
        """Whether a council looks after the child in an academic year."""
        return self.looked_after_since is not None and self.looked_after_since <= year

    def provision(self, year: int) -> str:
        """N, K or E in an academic year."""
        return self.need if self.need_since <= year else "N"


class Births:
    """Makes children, one after the other; the same chance makes the same children."""

    def __init__(self, rng: Random, first_year: int, councils: tuple[str, ...]) -> None:
        """``first_year`` is the first academic year shown (of September); ``councils`` are numbers for other places."""
        self._rng = rng
        self._first_year = first_year
        self._elsewhere = councils
        self._near: dict[int, list[Family]] = {}
        self._serials: dict[tuple[str, int], int] = {}
        self.count = 0

    def child(self, school: ReturningSchool, cohort: int, year: int, *, newcomer: bool = False) -> Child:
        """A child on the roll of a school in a year (of September); newcomers have a number from another council."""
        rng = self._rng
        family = self._family(school, cohort, year)
        sex = "M" if rng.random() < _BOYS[school.phase] else "F"
        meals = family.meals_since is not None
        need = self._need(school.phase, sex, meals)
        born = first_day(f"{cohort - 5}/{(cohort - 4) % 100:02d}") + timedelta(days=31 + int(rng.random() * 365))
        self.count += 1
        return Child(
            number=self.count,
            family=family,
            cohort=cohort,
            sex=sex,
            forename=rng.choice(BOYS if sex == "M" else GIRLS),
            born=born,
            upn=self._number(school, cohort, newcomer=newcomer),
            frailty=SHARED * family.frailty + (1 - SHARED * SHARED) ** 0.5 * rng.gauss(0, 1),
            conduct=rng.gammavariate(CONDUCT_SHAPE, 1 / CONDUCT_SHAPE) * _leaning(sex, need, meals=meals),
            ability=rng.gauss(0, 1),
            need=need,
            need_since=self._need_since(school, need, cohort),
            need_types=self._need_types(school.phase, need),
            looked_after_since=self._first_year - 3 if rng.random() < LOOKED_AFTER * (3 if meals else 0.5) else None,
            in_need=rng.random() < IN_NEED * (2.2 if meals else 0.55),
            carer=rng.random() < CARERS,
        )

    def _family(self, school: ReturningSchool, cohort: int, year: int) -> Family:
        rng = self._rng
        near = self._near.setdefault(school.zone, [])
        if near and rng.random() < SIBLINGS:
            family = near[int(rng.random() * len(near))]
            if cohort not in family.cohorts or rng.random() < TWINS:
                family.cohorts.append(cohort)
                return family
        ethnicity = rng.choices(_ETHNICITY_CODES, cum_weights=_ETHNICITY_SHARES)[0]
        languages = ETHNICITIES[ethnicity][1]
        family = Family(
            surname=rng.choice(SURNAMES),
            postcode=home(school.council, school.zone, int(rng.random() * 200)),
            ethnicity=ethnicity,
            language=rng.choices([code for code, _ in languages], [share for _, share in languages])[0],
            meals_since=self._meals_since(school, year),
            service=rng.random() < SERVICE,
            frailty=rng.gauss(0, 1),
            cohorts=[cohort],
        )
        near.append(family)
        return family

    def _meals_since(self, school: ReturningSchool, year: int) -> int | None:
        """Meals are known before the year, or begin in one of the years after it, or never."""
        if self._rng.random() < school.meals_share:
            return year - 1 - int(self._rng.random() * 4)
        return next((later for later in range(year + 1, year + 8) if self._rng.random() < MEALS_BEGIN), None)

    def _need(self, phase: str, sex: str, meals: bool) -> str:
        factor = (BOYS_MORE if sex == "M" else 2 - BOYS_MORE) * (MEALS_MORE if meals else 0.82)
        special = phase in ("special", "alternative")
        plan = PLANS[phase] * (1 if special else factor)
        draw = self._rng.random()
        if draw < plan:
            return "E"
        return "K" if draw < plan + SUPPORT[phase] * (1 if special else factor) else "N"

    def _need_since(self, school: ReturningSchool, need: str, cohort: int) -> int:
        """Needs of the youngest are found later; in special schools they are known from the start."""
        if school.phase in ("special", "alternative") or need == "N":
            return cohort - 2
        return cohort + int(self._rng.random() * (2 if need == "E" else 3))

    def _need_types(self, phase: str, need: str) -> tuple[str, ...]:
        if need == "N":
            return ()
        kinds = NEEDS["special" if phase == "special" else need]
        codes, shares = [code for code, _ in kinds], [share for _, share in kinds]
        first = self._rng.choices(codes, shares)[0]
        second = self._rng.choices(codes, shares)[0] if self._rng.random() < 0.25 else first
        return (first,) if second == first else (first, second)

    def _number(self, school: ReturningSchool, cohort: int, *, newcomer: bool) -> str:
        """The number the child's first school gave it in Reception; full series go on to the next school."""
        if newcomer or school.phase == "secondary":
            council = self._rng.choice(self._elsewhere) if newcomer else school.laestab[:3]
            laestab = f"{council}{2001 + int(self._rng.random() * 90)}"
        else:
            laestab = school.laestab
        serial = self._serials.get((laestab, cohort), 0)
        while serial > 999:
            laestab = f"{laestab[:3]}{int(laestab[3:]) + 101:04d}"
            serial = self._serials.get((laestab, cohort), 0)
        self._serials[laestab, cohort] = serial + 1
        return permanent(laestab, cohort, serial)


_BOYS = {"primary": 0.51, "secondary": 0.502, "special": 0.72, "alternative": 0.70}


def _leaning(sex: str, need: str, *, meals: bool) -> float:
    """How much more often a child is suspended than others of its age, on average 1 over all children.

    Rounded from the characteristics of suspended pupils in 2016/17 (Department for Education, OGL v3.0).
    """
    lean = 1.45 if sex == "M" else 0.55
    lean *= 2.4 if meals else 0.62
    return 0.83 * lean * exp({"N": -0.25, "K": 0.95, "E": 0.9}[need])
