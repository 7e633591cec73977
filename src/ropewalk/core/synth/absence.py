"""Absence of the made-up place: pupils by how much they missed, and from them the shares that other files publish.

One model feeds four files, so that they agree as the published ones do: the absence bands summed over a council are the
persistent and severe absence that the council's own table gives.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import exp
from pathlib import Path

from ropewalk.core.synth.chance import clipped, parted, weighted_mean
from ropewalk.core.synth.published_csv import Cell, geography, write
from ropewalk.core.synth.world import World

# Years by the calendar year they end in. Nothing was collected for 2019/20.
YEARS = (2016, 2017, 2018, 2019, 2021, 2022, 2023, 2024, 2025)
BAND_YEARS = (2017, 2018, 2019, 2021, 2022, 2023)
PHASES = ("primary", "secondary", "special")
WORDS = {"primary": "State-funded primary", "secondary": "State-funded secondary", "special": "Special"}
# England, per cent, rounded; special schools from 2020/21 on are our own guess from daily registers.
PERSISTENT = {
    "primary": (8.2, 8.3, 8.7, 8.3, 8.8, 17.7, 16.2, 14.6, 13.0),
    "secondary": (13.1, 13.5, 13.9, 13.7, 14.8, 27.7, 26.5, 25.6, 23.4),
    "special": (27.0, 28.0, 29.0, 28.8, 40.0, 38.5, 38.0, 37.0, 36.0),
}
SEVERE = {
    "primary": (0.3, 0.35, 0.4, 0.45, 0.7, 0.65, 0.75, 0.85, 0.9),
    "secondary": (0.9, 1.1, 1.2, 1.3, 1.5, 2.7, 3.4, 3.8, 3.9),
    "special": (4.0, 4.3, 4.6, 4.7, 7.5, 6.0, 6.3, 6.6, 6.6),
}
OVERALL = {
    "primary": (4.0, 4.0, 4.2, 4.0, 3.6, 6.3, 5.9, 5.5, 5.2),
    "secondary": (5.2, 5.4, 5.5, 5.5, 5.5, 9.0, 9.0, 8.9, 8.4),
    "special": (9.1, 9.7, 10.2, 10.1, 15.2, 13.2, 13.0, 13.0, 12.8),
}
AUTHORISED = (0.75, 0.73, 0.72, 0.70, 0.73, 0.73, 0.67, 0.655, 0.66)
# Spread between councils of persistent absence (of its logarithm), how far it is hardship, and what a point of
# persistent absence means in overall absence.
COUNCILS_DIFFER, LEAN, LASTS = {"primary": 0.16, "secondary": 0.14, "special": 0.15}, 0.6, 0.9
POINTS = {"primary": 0.2, "secondary": 0.27, "special": 0.25}
# How many times as often pupils eligible for free meals, and pupils with special needs, are persistently absent.
MEALS_TIMES, NEEDS_TIMES = 2.3, 1.6
NEEDS = {"primary": 0.17, "secondary": 0.16, "special": 1.0}
# By year group, how many times as often as usual: high at the start of school and towards its end.
CLASSES = {
    "primary": {1: 1.14, 2: 1.03, 3: 0.97, 4: 0.95, 5: 0.95, 6: 0.96},
    "secondary": {7: 0.78, 8: 0.96, 9: 1.07, 10: 1.12, 11: 1.07},
    "special": {group: 0.9 + 0.018 * group for group in range(1, 12)},
}
GIRLS_TIMES, CELLS_DIFFER = {"primary": 0.99, "secondary": 1.05, "special": 1.02}, 0.07
SEXES = ("Female", "Male")
BANDS = (*(f"n_{low}_{low + 5}" for low in range(0, 50, 5)), "n_50plus")
# Of pupils missing 10 to 50 per cent, the share in each band of 5 points, each 0.55 of the one before.
TAIL = tuple(0.55**step for step in range(8))

CellKey = tuple[str, str, str, str, int]


@dataclass(frozen=True, slots=True)
class Absence:
    """Per cent by council (index), phase and year; ``bands`` counts pupils by council, year and cell."""

    world: World
    persistent: dict[tuple[int, str, int], float]
    severe: dict[tuple[int, str, int], float]
    overall: dict[tuple[int, str, int], float]
    authorised: dict[tuple[int, int], float]
    bands: dict[tuple[int, int], dict[CellKey, list[int]]]

    def of_all(self, values: dict[tuple[int, str, int], float], council: int, year: int) -> float:
        """A share over all phases of a council, weighted by pupils."""
        weights = [float(self.world.pupils(phase)[council]) for phase in PHASES]
        return weighted_mean([values[(council, phase, year)] for phase in PHASES], weights)


def absence_of(world: World) -> Absence:
    """Draw absence for every council, phase and year."""
    rng = world.stream("absence")
    made = Absence(world, {}, {}, {}, {}, {})
    for phase in PHASES:
        lasting = world.leaning(rng, LEAN)
        grave = world.leaning(rng, 0.3)
        for index in range(len(world.councils)):
            for position, year in enumerate(YEARS):
                z = LASTS * lasting[index] + (1 - LASTS**2) ** 0.5 * rng.gauss(0, 1)
                usual = PERSISTENT[phase][position]
                share = clipped(usual * exp(COUNCILS_DIFFER[phase] * z), 1, 75)
                made.persistent[(index, phase, year)] = share
                made.severe[(index, phase, year)] = clipped(
                    SEVERE[phase][position] * exp(0.24 * grave[index]) * share / usual, 0.02, share / 2
                )
                extra = POINTS[phase] * (share - usual) + rng.gauss(0, 0.08)
                made.overall[(index, phase, year)] = clipped(OVERALL[phase][position] + extra, 1, 40)
    reporting = world.leaning(rng, -0.4)
    for index, (position, year) in product(range(len(world.councils)), enumerate(YEARS)):
        made.authorised[(index, year)] = clipped(AUTHORISED[position] + 0.035 * reporting[index], 0.4, 0.9)
    for index, year in product(range(len(world.councils)), BAND_YEARS):
        made.bands[(index, year)] = _bands(made, index, year)
    _shares_from_counts(made)
    return made


def _bands(made: Absence, council: int, year: int) -> dict[CellKey, list[int]]:
    """Pupils by band for each phase, free meals, special needs, sex and year group."""
    world = made.world
    rng = world.stream(f"bands/{council}/{year}")
    found: dict[CellKey, list[int]] = {}
    for phase in PHASES:
        schools = world.of_phase(phase, council)
        pupils = round(sum(s.pupils for s in schools) * (0.97 + 0.006 * (year - 2018)))
        meals = clipped(sum(s.meals for s in schools) / max(pupils, 1) * (0.66 if year < 2020 else 0.95), 0.02, 0.9)
        needs = NEEDS[phase]
        kinds = [
            (fsm, sen, (meals if fsm else 1 - meals) * (needs if sen else 1 - needs))
            for fsm, sen in product((True, False), (True, False))
        ]
        times = [(MEALS_TIMES if fsm else 1) * (NEEDS_TIMES if sen and needs < 1 else 1) for fsm, sen, _ in kinds]
        usual = weighted_mean(times, [share for *_, share in kinds])
        cells = list(product(range(len(kinds)), SEXES, CLASSES[phase]))
        sizes = parted(rng, pupils, [kinds[kind][2] for kind, _, _ in cells])
        girls = GIRLS_TIMES[phase]
        by_sex = {"Female": girls, "Male": 2 - girls}
        for (kind, sex, group), size in zip(cells, sizes, strict=True):
            if size:
                fsm, sen, _ = kinds[kind]
                chance = exp(rng.gauss(0, CELLS_DIFFER)) * by_sex[sex] * CLASSES[phase][group]
                shares = _shares(made, (council, phase, year), times[kind] / usual * chance)
                key = (phase, _meals_words(fsm), _needs_words(sen), sex, group)
                found[key] = parted(rng, size, shares)
    return found


def _shares(made: Absence, where: tuple[int, str, int], times: float) -> list[float]:
    persistent = clipped(made.persistent[where] * times, 0.2, 92) / 100
    severe = clipped(made.severe[where] * times**1.3, 0.01, 60) / 100
    severe = min(severe, persistent * 0.6)
    rest = 1 - persistent
    near = clipped(0.25 + 0.6 * persistent, 0.25, 0.6)
    middle = [(persistent - severe) * step / sum(TAIL) for step in TAIL]
    return [rest * (1 - near), rest * near, *middle, severe]


def _meals_words(eligible: bool) -> str:
    return "Eligible" if eligible else "Not Eligible"


def _needs_words(any_need: bool) -> str:
    return "Any special educational need" if any_need else "No identified special educational need"


def _shares_from_counts(made: Absence) -> None:
    """Where there are counts, the shares are what the counts give."""
    for (council, year), cells in made.bands.items():
        for phase in PHASES:
            sums = band_sums(cells, phase)
            made.persistent[(council, phase, year)] = 100 * sum(sums[2:]) / sum(sums)
            made.severe[(council, phase, year)] = 100 * sums[-1] / sum(sums)


def band_sums(cells: dict[CellKey, list[int]], phase: str | None = None) -> list[int]:
    """Pupils by band over all cells of a phase, or of all."""
    return [sum(column) for column in zip(*(c for key, c in cells.items() if phase in (None, key[0])), strict=True)]


def counted_share(made: Absence, councils: Sequence[int], year: int, phase: str | None, first_band: int) -> float:
    """Share (per cent) of pupils in a band or any above it, over councils together; band years only."""
    together = [band_sums(made.bands[(council, year)], phase) for council in councils]
    sums = [sum(column) for column in zip(*together, strict=True)]
    share: float = 100 * sum(sums[first_band:]) / sum(sums)
    return share


def write_absence_bands(folder: Path, made: Absence) -> Path:
    """Pupils by band for every council, the region and the country."""
    return write(folder / "absence_bands_made_up_201617_to_202223.csv", "absence_bands", _band_rows(made))


def _band_rows(made: Absence) -> Iterator[dict[str, Cell]]:
    for year in BAND_YEARS:
        whole: dict[CellKey, list[int]] = {}
        for council in range(len(made.world.councils)):
            where = geography(made.world, council, "Local authority")
            for key, counts in made.bands[(council, year)].items():
                yield {**where, **_band_cells(year, key, counts)}
                before = whole.setdefault(key, [0] * len(BANDS))
                whole[key] = [a + b for a, b in zip(before, counts, strict=True)]
        for level in ("Regional", "National"):
            for key, counts in whole.items():
                yield {**geography(made.world, None, level), **_band_cells(year, key, counts)}


def _band_cells(year: int, key: CellKey, counts: Sequence[int]) -> dict[str, Cell]:
    phase, meals, needs, sex, group = key
    return {
        "time_identifier": "Academic year",
        "time_period": f"{year - 1}{year % 100:02d}",
        "school_type": WORDS[phase],
        "fsm_eligible": meals,
        "sen_status": needs,
        "gender": sex,
        "nc_year": group,
        **dict(zip(BANDS, counts, strict=True)),
    }
