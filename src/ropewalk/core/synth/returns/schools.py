"""The schools of a made-up place that send returns: how many of each phase, how large, who feeds whom.

Schools are those of one council of the made-up published files, so that a store that holds these knows them. A larger
place than the council gets further schools, with numbers no published file has.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.core.synth.chance import parted
from ropewalk.core.synth.names import school_name, school_names
from ropewalk.core.synth.world import FREE_MEALS, MadeUpSchool, World

# One school in so many, where there are enough; and from how many schools a place has one at all.
SHARES = {"secondary": 0.155, "special": 0.045, "alternative": 0.016}
ONE_FROM = {"secondary": 2, "special": 6, "alternative": 8}
# Pupils of an average school of each phase: how the pupils of the place are shared out.
SIZES = {"primary": 268, "secondary": 1050, "special": 120, "alternative": 35}
FIRST_EXTRA_URN = 998001
FEWEST_PUPILS = 20
# A sixth form, a nursery class.
SIXTH_FORMS, NURSERIES = 0.35, 0.3
# Lowest and highest year group a school takes new children in; 0 is Reception.
RANKS = {"primary": (0, 6), "secondary": (7, 11), "special": (0, 11), "alternative": (7, 11)}


@dataclass(slots=True)
class ReturningSchool:
    """A school that sends returns. ``zone`` is the neighbourhood whose families its children are of."""

    index: int
    urn: int
    laestab: str
    name: str
    phase: str
    trust: str | None
    council: int
    pupils: int
    meals_share: float
    zone: int
    lowest: int
    highest: int
    feeds: tuple[int, ...] = ()
    away: float = 0.0
    learning: float = 0.0

    @property
    def ranks(self) -> range:
        """Year groups of the school."""
        return range(self.lowest, self.highest + 1)


def chosen_schools(world: World, rng: Random, *, council: int, schools: int, pupils: int) -> list[MadeUpSchool]:
    """The schools that send returns, those of the council first; further ones have numbers from 998001.

    Raises InputRefused for a place without school, or with fewer pupils than twenty to a school.
    """
    if schools < 1 or pupils < FEWEST_PUPILS * schools:
        what = f"{pupils} pupils are too few for {schools} schools."
        raise InputRefused([Problem(what, f"Ask for {FEWEST_PUPILS} to a school or more.")])
    counts = phase_counts(schools)
    return [one for phase, count in counts.items() for one in _chosen(world, rng, council, phase, count)]


def returning_schools(chosen: list[MadeUpSchool], rng: Random, *, council: int, pupils: int) -> list[ReturningSchool]:
    """Share the pupils out among the schools, and say who feeds whom."""
    sizes = _sizes(rng, chosen, pupils)
    found = [
        _returning(index, one, council, size, rng) for index, (one, size) in enumerate(zip(chosen, sizes, strict=True))
    ]
    _feed(found, rng)
    _differ(found, rng)
    return found


def phase_counts(schools: int) -> dict[str, int]:
    """How many schools of each phase a place of so many schools has."""
    counts = {
        phase: max(1, round(schools * share)) if schools >= ONE_FROM[phase] else 0 for phase, share in SHARES.items()
    }
    return {"primary": schools - sum(counts.values()), **counts}


def _chosen(world: World, rng: Random, council: int, phase: str, count: int) -> list[MadeUpSchool]:
    known = world.of_phase(phase, council)
    chosen = rng.sample(known, min(count, len(known)))
    names = iter(school_names(rng)[::-1])
    serial = FIRST_EXTRA_URN + 250 * list(RANKS).index(phase)
    for number in range(count - len(chosen)):
        pattern = rng.choice(known)
        name = f"{school_name(rng, next(names), phase, church=False)} (made up)"
        chosen.append(
            _like(pattern, name, str(serial + number), f"{pattern.laestab[:3]}{6001 + serial % 1000 + number}")
        )
    return chosen


def _like(pattern: MadeUpSchool, name: str, urn: str, laestab: str) -> MadeUpSchool:
    """A school of another name and number that is otherwise like one that is there."""
    return replace(pattern, urn=urn, former_urn=None, laestab=laestab, name=name, former_name=None, church=False)


def _sizes(rng: Random, chosen: list[MadeUpSchool], pupils: int) -> list[int]:
    """Pupils of each school: phases by their usual size, schools of a phase by their published roll."""
    sizes = [0] * len(chosen)
    phases = [phase for phase in RANKS if any(one.phase == phase for one in chosen)]
    of_phase = [sum(one.phase == phase for one in chosen) * SIZES[phase] for phase in phases]
    for phase, total in zip(phases, parted(rng, pupils, of_phase), strict=True):
        places = [index for index, one in enumerate(chosen) if one.phase == phase]
        parts = parted(rng, total, [chosen[index].pupils for index in places])
        for index, part in zip(places, parts, strict=True):
            sizes[index] = max(part, 5)
    return sizes


def _returning(index: int, one: MadeUpSchool, council: int, size: int, rng: Random) -> ReturningSchool:
    lowest, highest = RANKS[one.phase]
    if one.phase == "secondary" and rng.random() < SIXTH_FORMS:
        highest = 13
    if one.phase == "primary" and rng.random() < NURSERIES and size > 150:
        lowest = -1
    return ReturningSchool(
        index=index,
        urn=int(one.urn),
        laestab=one.laestab,
        name=one.name,
        phase=one.phase,
        trust=one.trust,
        council=council,
        pupils=size,
        meals_share=one.meals / one.pupils if one.pupils else FREE_MEALS[one.phase],
        zone=index,
        lowest=lowest,
        highest=highest,
    )


def _feed(schools: list[ReturningSchool], rng: Random) -> None:
    """Every primary feeds up to three secondaries, most children the first; each secondary is first for some."""
    seniors = [one.index for one in schools if one.phase == "secondary"]
    for number, one in enumerate(one for one in schools if one.phase == "primary" and seniors):
        first = seniors[number % len(seniors)]
        others = [index for index in seniors if index != first]
        one.feeds = (first, *rng.sample(others, min(2, len(others))))
    for one in schools:
        if one.phase == "secondary":
            # Older children of the same families live about the primaries that feed it.
            one.zone = next((p.zone for p in schools if p.feeds[:1] == (one.index,)), one.zone)


def _differ(schools: list[ReturningSchool], rng: Random) -> None:
    """Schools differ in how often children are away and how much they learn; each phase on average not at all."""
    for phase in RANKS:
        here = [one for one in schools if one.phase == phase]
        pupils = sum(one.pupils for one in here)
        for one in here:
            one.away, one.learning = rng.gauss(0, 1), rng.gauss(0, 1)
        if pupils:
            away = sum(one.away * one.pupils for one in here) / pupils
            learning = sum(one.learning * one.pupils for one in here) / pupils
            for one in here:
                one.away, one.learning = one.away - away, one.learning - learning
