"""Two more published layouts: key stage 4 by council in the wide file, and the yearly file on 16 and 17 year olds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ropewalk.core.synth.attainment import Attainment, Values, pupils_in_group, whole
from ropewalk.core.synth.chance import clipped, weighted_mean
from ropewalk.core.synth.council_table import SERIES, values_of
from ropewalk.core.synth.published_csv import COUNTRY, REGION, Cell, geography, number, write
from ropewalk.core.synth.world import World

YEARS = {"Current": 2025, "Previous": 2024, "Previous2": 2023}
WIDE = {"Tot": "all", "Dis": "disadvantaged", "NDi": "not_disadvantaged", "Boy": "boys", "Grl": "girls", "EAL": "eal"}
# English and maths of groups without a draw of their own: share of the year group, percentage points from all pupils.
OTHER_GROUPS = {"boys": (0.505, -3.0), "girls": (0.495, 3.1), "eal": (0.17, 1.0)}
FEWEST_PUPILS = 10
# People of 16 and 17 for each secondary pupil; how often those with and without needs are NEET or not known.
PEOPLE = 0.38
NEEDS = {"noSEN": 0.75, "EHCP": 1.7, "SENDsupport": 1.8}
PARTICIPATION, OFFERS = (92.4, 1.6), (95.0, 1.8)
NEET_YEARS = (2022, 2023, 2025)


def write_key_stage_4(folder: Path, drawn: Attainment) -> Path:
    """Key stage 4 of every council, three years in one row; region and country stand in two rows of their own."""
    rows = list(_key_stage_4_rows(drawn))
    also = sorted({name for row in rows for name in row if "_NDi_" in name or "_Mob_" in name or "Prog8" in name})
    return write(folder / "la_ks4_202223_to_202425_made_up.csv", "ks4_councils", rows, also=also)


def _key_stage_4_rows(drawn: Attainment) -> Iterator[dict[str, Cell]]:
    councils = range(len(drawn.world.councils))
    counted = {
        (name, year): [_counts(drawn, values, council, year) for council in councils]
        for name, values in (("EngMaths49", drawn.basics_4), ("EngMaths59", drawn.basics_5))
        for year in YEARS.values()
    }
    for council in councils:
        own = {key: counts[council] for key, counts in counted.items()}
        yield {"Id": drawn.world.councils[council].number, **_three_years(drawn, council, own)}
    together = {key: _added(counts) for key, counts in counted.items()}
    for place in (REGION, COUNTRY):
        yield {"Id": place.number, **_three_years(drawn, None, together)}


def _three_years(
    drawn: Attainment, council: int | None, basics: dict[tuple[str, int], dict[str, tuple[int, int]]]
) -> dict[str, Cell]:
    """All cells of a council's row, or (without a council) of all councils together."""

    def value(values: Values, group: str, year: int) -> float:
        return whole(drawn, values, group, year) if council is None else values[(council, group, year)]

    cells: dict[str, Cell] = {}
    for word, year in YEARS.items():
        for wide, group in WIDE.items():
            cells[f"Attainment8_{wide}_LA_{word}_Num"] = number(value(drawn.attainment8, group, year), 1)
        if (0, "all", year) in drawn.progress8:
            cells[f"Prog8_Avg_LA_{word}_Num"] = number(value(drawn.progress8, "all", year), 2)
        for name in ("EngMaths49", "EngMaths59"):
            cells |= _shares(name, word, basics[(name, year)])
    newest = YEARS["Current"]
    cells["Attainment8_Mob_LA_Current_Num"] = number(value(drawn.attainment8, "not_mobile", newest), 1)
    return cells


def _counts(drawn: Attainment, values: Values, council: int, year: int) -> dict[str, tuple[int, int]]:
    """Pupils who reached the grade and all pupils, by group; the two groups by disadvantage add up to all."""
    found: dict[str, tuple[int, int]] = {}
    for group in ("disadvantaged", "not_disadvantaged"):
        pupils = round(pupils_in_group(drawn, council, group))
        found[group] = (round(pupils * clipped(values[(council, group, year)], 1, 99) / 100), pupils)
    found["all"] = tuple(map(sum, zip(*found.values(), strict=True)))  # type: ignore[assignment]
    reached, pupils = found["all"]
    rng = drawn.world.stream(f"english and maths/{council}/{year}")
    for group, (share, points) in OTHER_GROUPS.items():
        size = round(pupils * share)
        rate = clipped(100 * reached / pupils + points + rng.gauss(0, 0.8), 1, 99)
        found[group] = (round(size * rate / 100), size)
    return found


def _added(several: list[dict[str, tuple[int, int]]]) -> dict[str, tuple[int, int]]:
    return {g: (sum(c[g][0] for c in several), sum(c[g][1] for c in several)) for g in several[0]}


def _shares(name: str, word: str, counts: dict[str, tuple[int, int]]) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    for wide, group in WIDE.items():
        reached, pupils = counts[group]
        hidden = pupils < FEWEST_PUPILS
        cells[f"{name}_{wide}_LA_{word}_Num"] = "c" if hidden else reached
        cells[f"{name}_{wide}_LA_{word}_Pct"] = "c" if hidden else number(100 * reached / pupils, 1)
    return cells


def write_neet(folder: Path, world: World, year: int) -> Path:
    """NEET and participation of 16 and 17 year olds in one year; the shares are those of the council table."""
    return write(folder / f"neet_not_known_la_{year}_made_up.csv", "neet_participation", _neet_rows(world, year))


def _neet_rows(world: World, year: int) -> Iterator[dict[str, Cell]]:
    neet, unknown = (dict(values_of(world, name, SERIES[name]))[year] for name in ("16-17 NEET", "16-17_not known"))
    rng = world.stream(f"neet/{year}")
    people = [round(PEOPLE * pupils) for pupils in world.pupils("secondary")]
    taking_part = [PARTICIPATION[0] + PARTICIPATION[1] * z for z in world.leaning(rng, -0.5)]
    offered = [min(OFFERS[0] + OFFERS[1] * z, 99.9) for z in world.leaning(rng, -0.3)]
    if neet is None or unknown is None:
        return
    columns = [neet, unknown, [min(v, 98.0) for v in taking_part], offered]
    for index, size in enumerate(people):
        yield {**geography(world, index, "Local authority"), **_neet_cells(year, size, [c[index] for c in columns])}
    weights = [float(pupils) for pupils in world.pupils()]
    together = [weighted_mean(column, weights) for column in columns]
    for level in ("Regional", "National"):
        yield {**geography(world, None, level), **_neet_cells(year, sum(people), together)}


def _neet_cells(year: int, people: int, values: list[float]) -> dict[str, Cell]:
    neet, unknown = round(values[0], 1), round(values[1], 1)
    both = neet + unknown
    cells: dict[str, Cell] = {
        "time_period": year,
        "time_identifier": "Calendar year",
        "Age": "16-17",
        "Cohort_DJFavg": people,
        "cohort_March": people,
        "NEET_percent": number(neet, 1),
        "Notknown_percent": number(unknown, 1),
        "NEET_not_known_percent": number(both, 1),
        "TOTAL_participating_in_education_and_training_percent": number(values[2], 1),
        "September_guarantee_Offer_made_percent": number(values[3], 1),
    }
    for needs, times in NEEDS.items():
        cells[f"NEET_NK_{needs}_percent"] = number(clipped(both * times, 0.2, 60), 1)
    return cells
