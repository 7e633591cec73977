"""Results of the made-up place at 11 and 16: councils by group, from which tables and gaps are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp

from ropewalk.core.synth.chance import clipped, weighted_mean
from ropewalk.core.synth.world import World

YEARS = tuple(range(2016, 2026))
Level = tuple[float | None, ...]
# England by the calendar year the academic year ends in, rounded. None: not collected, or not published for the year.
ATTAINMENT_8 = {
    "disadvantaged": (41.2, 37.1, 36.8, 36.7, 40.2, 40.3, 37.6, 35.0, 34.6, 34.9),
    "not_disadvantaged": (53.5, 49.9, 50.3, 50.3, 53.7, 54.7, 52.8, 50.3, 50.0, 50.4),
}
PROGRESS_8: dict[str, Level] = {
    "disadvantaged": (-0.38, -0.40, -0.44, -0.45, None, None, -0.55, -0.57, -0.57, None),
    "not_disadvantaged": (0.10, 0.11, 0.13, 0.13, None, None, 0.15, 0.17, 0.16, None),
}
KEY_STAGE_2: dict[str, Level] = {
    "disadvantaged": (39.0, 48.0, 51.0, 51.0, None, None, 43.0, 44.0, 46.0, 48.0),
    "not_disadvantaged": (61.0, 68.0, 71.0, 72.0, None, None, 66.0, 67.0, 68.0, 70.0),
}
# Grade 4 and grade 5 in English and maths, 2022/23 to 2024/25.
BASICS_4 = {"disadvantaged": (43.4, 43.4, 43.5), "not_disadvantaged": (73.0, 72.8, 72.9)}
BASICS_5 = {"disadvantaged": (25.2, 25.8, 25.6), "not_disadvantaged": (52.4, 53.1, 52.8)}
# Spread between councils, how far it is hardship (negative), how lasting it is from year to year.
SPREAD = {"attainment8": 3.4, "progress8": 0.21, "key_stage_2": 4.4, "basics": 5.0}
LEAN, LASTS, GROUPS_TOGETHER = -0.62, 0.94, 0.85
DISADVANTAGED_SHARE, SHARE_LEANS = 0.27, 0.33
# Attainment 8 of other groups, in points from all pupils of the council.
FROM_ALL = {
    "sen_support": -12.6,
    "ehcp": -31.6,
    "no_sen": 4.1,
    "girls": 2.3,
    "boys": -2.2,
    "eal": 1.6,
    "not_mobile": 0.9,
}
MEALS_FROM_DISADVANTAGED, NO_MEALS_FROM_OTHERS = -1.2, -1.3
PUPILS_IN_A_YEAR = 5.4  # pupils of secondary schools for each one in year 11
GROUPS = ("disadvantaged", "not_disadvantaged")

Values = dict[tuple[int, str, int], float]


@dataclass(frozen=True, slots=True)
class Attainment:
    """Values by council (index), group and year ending; ``share`` of disadvantaged pupils by council."""

    world: World
    share: tuple[float, ...]
    attainment8: Values
    progress8: Values
    key_stage_2: Values
    basics_4: Values
    basics_5: Values


def attainment_of(world: World) -> Attainment:
    """Draw results; all pupils of a council are the weighted mean of its two groups."""
    rng = world.stream("attainment")
    odds = DISADVANTAGED_SHARE / (1 - DISADVANTAGED_SHARE)
    raw = [odds * exp(SHARE_LEANS * h + rng.gauss(0, 0.06)) for h in world.hardship]
    share = tuple(clipped(o / (1 + o), 0.08, 0.6) for o in raw)
    basics_years = YEARS[-3:]
    secondary = world.leaning(rng, LEAN)
    made = Attainment(
        world,
        share,
        _draw(world, "attainment8", ATTAINMENT_8, YEARS, secondary),
        _draw(world, "progress8", PROGRESS_8, YEARS, secondary),
        _draw(world, "key_stage_2", KEY_STAGE_2, YEARS, world.leaning(rng, LEAN)),
        _draw(world, "basics", BASICS_4, basics_years, secondary),
        _draw(world, "basics", BASICS_5, basics_years, secondary),
    )
    for values in (made.attainment8, made.progress8, made.key_stage_2, made.basics_4, made.basics_5):
        _add_all(made, values)
    _add_groups(made)
    return made


def _draw(
    world: World,
    kind: str,
    levels: Mapping[str, Level],
    years: tuple[int, ...],
    lasting: list[float],
) -> Values:
    rng = world.stream(f"attainment/{kind}")
    own = {group: [rng.gauss(0, 1) for _ in world.councils] for group in GROUPS}
    apart = (1 - GROUPS_TOGETHER**2) ** 0.5
    found: Values = {}
    for position, year in enumerate(years):
        for council in range(len(world.councils)):
            this_year = (1 - LASTS**2) ** 0.5 * rng.gauss(0, 1)
            for group in GROUPS:
                level = levels[group][position]
                z = GROUPS_TOGETHER * (LASTS * lasting[council] + this_year) + apart * own[group][council]
                if level is not None:
                    found[(council, group, year)] = level + SPREAD[kind] * z
    return found


def _add_all(made: Attainment, values: Values) -> None:
    for (council, group, year), value in list(values.items()):
        if group == "disadvantaged":
            share = made.share[council]
            values[(council, "all", year)] = share * value + (1 - share) * values[(council, "not_disadvantaged", year)]


def _add_groups(made: Attainment) -> None:
    rng = made.world.stream("attainment/groups")
    for values, scale in ((made.attainment8, 1.0), (made.key_stage_2, 1.6)):
        for (council, group, year), value in list(values.items()):
            if group == "disadvantaged":
                values[(council, "fsm", year)] = value + scale * (MEALS_FROM_DISADVANTAGED + rng.gauss(0, 0.2))
            elif group == "not_disadvantaged":
                values[(council, "not_fsm", year)] = value + scale * (NO_MEALS_FROM_OTHERS + rng.gauss(0, 0.15))
    lasting = {(c, g): rng.gauss(0, 1.2) for c in range(len(made.world.councils)) for g in FROM_ALL}
    for (council, group, year), value in list(made.attainment8.items()):
        if group == "all":
            for name, points in FROM_ALL.items():
                shift = lasting[(council, name)] + rng.gauss(0, 0.5)
                made.attainment8[(council, name, year)] = clipped(value + points + shift, 4, 85)


def pupils_in_group(made: Attainment, council: int, group: str) -> float:
    """About how many pupils of a council's year 11 a group holds: the weight of its value in a wider mean."""
    year_group = made.world.pupils("secondary")[council] / PUPILS_IN_A_YEAR
    share = made.share[council]
    if group in ("disadvantaged", "fsm"):
        return year_group * share
    return year_group * (1 - share) if group in ("not_disadvantaged", "not_fsm") else year_group


def whole(made: Attainment, values: Values, group: str, year: int) -> float:
    """The region's (and the country's) value: the councils' weighted by pupils of the group."""
    councils = range(len(made.world.councils))
    weights = [pupils_in_group(made, council, group) for council in councils]
    return weighted_mean([values[(council, group, year)] for council in councils], weights)
