"""Key stage 4 of single made-up schools, and where the leavers of the councils went."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt
from pathlib import Path

from ropewalk.core.synth.attainment import PUPILS_IN_A_YEAR, Attainment, pupils_in_group
from ropewalk.core.synth.chance import clipped, weighted_mean
from ropewalk.core.synth.published_csv import COUNTRY, REGION, Cell, geography, number, write
from ropewalk.core.synth.world import MadeUpSchool

# Schools of a council differ in Attainment 8 by hardship and otherwise; what a point means in other results.
BY_HARDSHIP, OTHERWISE = -2.6, 4.2
PROGRESS_FOR_A_POINT, BASICS_FOR_A_POINT = 0.055, 1.5
BASICS_4_AT, BASICS_5_AT = (64.5, 46.6), (43.0, 46.6)  # England 2018/19: share, and the Attainment 8 it goes with
YEAR_TABLES, YEAR_INFORMATION = 2019, 2024
DISADVANTAGED_FOR_MEALS = 1.15
STAYED = (93.5, 2.6)
# Leavers of key stage 4: shares going on, England about 2020/21 to 2022/23, and the spread between councils.
DESTINATIONS = {
    "AllDest": {"Dis": (87.5, 2.0), "NDi": (95.6, 0.9)},
    "Education": {"Dis": (81.5, 2.4), "NDi": (89.0, 1.5)},
    "Apprentice": {"Dis": (2.4, 0.7), "NDi": (3.6, 1.0)},
}
DESTINATION_YEARS = ("Current", "Previous", "Previous2")
# Share of boys among leavers, and how far (percentage points) their shares lie from those of all pupils.
BOYS, BOYS_POINTS = 0.51, {"AllDest": -0.5, "Education": -1.2, "Apprentice": 0.8}


def _schools(drawn: Attainment, year: int) -> Iterator[tuple[MadeUpSchool, float, float]]:
    """Each secondary school with its Attainment 8 and how far that is from its council's."""
    for council in range(len(drawn.world.councils)):
        schools = drawn.world.of_phase("secondary", council)
        raw = []
        for school in schools:
            own = drawn.world.stream(f"results/{school.laestab}").gauss(0, OTHERWISE)
            this_year = drawn.world.stream(f"results/{school.laestab}/{year}").gauss(0, 1.2)
            raw.append(BY_HARDSHIP * school.hardship + own + this_year)
        usual = weighted_mean(raw, [float(s.pupils) for s in schools])
        for school, value in zip(schools, raw, strict=True):
            score = clipped(drawn.attainment8[(council, "all", year)] + value - usual, 12, 82)
            yield school, score, score - drawn.attainment8[(council, "all", year)]


def write_school_results(folder: Path, drawn: Attainment) -> Path:
    """The table of schools and councils, 2018/19; a school with few pupils is held back (SUPP)."""
    path = folder / "england_ks4provisional_2018_19_made_up.csv"
    return write(path, "ks4_provisional_2018_19", _table_rows(drawn))


def _table_rows(drawn: Attainment) -> Iterator[dict[str, Cell]]:
    for school, score, points in _schools(drawn, YEAR_TABLES):
        pupils = round(school.pupils / PUPILS_IN_A_YEAR)
        progress = drawn.progress8[(school.council, "all", YEAR_TABLES)] + PROGRESS_FOR_A_POINT * points
        cells = _results(pupils, score, progress)
        if pupils < 75 and drawn.world.stream(f"held back/{school.laestab}").random() < 0.3:
            cells = dict.fromkeys(cells, "SUPP")
        yield {
            "RECTYPE": 1,
            "LEA": drawn.world.councils[school.council].number,
            "ESTAB": school.laestab[3:],
            "URN": school.urn_in(YEAR_TABLES),
            "SCHNAME": school.name,
            "ICLOSE": 0,
            "NFTYPE": "AC" if school.academy_in(YEAR_TABLES) else "CY",
            **cells,
        }
    for index, council in enumerate(drawn.world.councils):
        pupils = round(drawn.world.pupils("secondary")[index] / PUPILS_IN_A_YEAR)
        score, progress = (values[(index, "all", YEAR_TABLES)] for values in (drawn.attainment8, drawn.progress8))
        yield {"RECTYPE": 4, "LEA": council.number, "ICLOSE": 0, **_results(pupils, score, progress)}


def _results(pupils: int, score: float, progress: float) -> dict[str, Cell]:
    half = 1.96 * 1.25 / sqrt(pupils)
    basics = [
        number(clipped(share + BASICS_FOR_A_POINT * (score - at), 5, 99), 0) for share, at in (BASICS_4_AT, BASICS_5_AT)
    ]
    return {
        "TPUP": pupils,
        "ATT8SCR": number(score, 1),
        "P8PUP": round(pupils * 0.95),
        "TP8ADJ": 0,
        "P8MEA": number(progress, 2),
        "P8CILOW": number(progress - half, 2),
        "P8CIUPP": number(progress + half, 2),
        "PTL2BASICS_94": basics[0],
        "PTL2BASICS_95": basics[1],
        "EBACCAPS": number(clipped(score / 11.4, 0.5, 8.5), 2),
    }


def write_school_information(folder: Path, drawn: Attainment) -> Path:
    """Disadvantaged pupils and pupils who stayed, by school, 2023/24."""
    return write(folder / "ks4_school_information_2023_24_made_up.csv", "ks4_school_information", _information(drawn))


def _information(drawn: Attainment) -> Iterator[dict[str, Cell]]:
    rng = drawn.world.stream("information about schools")
    others = 50.0
    for school, _, points in _schools(drawn, YEAR_INFORMATION):
        council = drawn.world.councils[school.council]
        pupils = round(school.pupils / PUPILS_IN_A_YEAR)
        share = clipped(DISADVANTAGED_FOR_MEALS * school.meals / school.pupils, 0.02, 0.85)
        disadvantaged = max(1, round(pupils * share))
        stayed = round(pupils * clipped(STAYED[0] + STAYED[1] * rng.gauss(0, 1) - 1.2 * school.hardship, 55, 100) / 100)
        few = disadvantaged < 6
        score = drawn.attainment8[(school.council, "disadvantaged", YEAR_INFORMATION)] + 0.8 * points
        progress = drawn.progress8[(school.council, "disadvantaged", YEAR_INFORMATION)] + PROGRESS_FOR_A_POINT * points
        yield {
            **geography(drawn.world, None, "National"),
            "geographic_level": "School",
            "time_period": "202324",
            "time_identifier": "Academic year",
            "school_laestab": school.laestab,
            "school_urn": school.urn,
            "school_name": school.name,
            "old_la_code": council.number,
            "new_la_code": council.code,
            "la_name": council.name,
            "version": "Final",
            "establishment_type_group": "Academies" if school.academy else "Local authority maintained schools",
            "t_pupils": pupils,
            "t_disadvantaged": "c" if few else disadvantaged,
            "pt_disadvantaged": "c" if few else number(100 * disadvantaged / pupils, 1),
            "t_not_mobile": stayed,
            "pt_not_mobile": number(100 * stayed / pupils, 1),
            "diffn_att8": "c" if few else number(score - others, 1),
            "diffn_p8mea": "c" if few else number(progress - 0.16, 2),
        }


def write_destinations(folder: Path, drawn: Attainment) -> Path:
    """Where the leavers of each council went, three years; region and country stand in rows of their own."""
    rows = _destination_rows(drawn)
    return write(folder / "la_ks4_destinations_to_202223_made_up.csv", "ks4_destinations_councils", rows)


def _destination_rows(drawn: Attainment) -> Iterator[dict[str, Cell]]:
    rng = drawn.world.stream("destinations")
    together: dict[tuple[str, str, str], tuple[int, int]] = {}
    standing = {name: drawn.world.leaning(rng, -0.5 if name != "Apprentice" else 0.2) for name in DESTINATIONS}
    for index, council in enumerate(drawn.world.councils):
        own: dict[tuple[str, str, str], tuple[int, int]] = {}
        for year in DESTINATION_YEARS:
            for name, groups in DESTINATIONS.items():
                for group, (level, spread) in groups.items():
                    pupils = round(pupils_in_group(drawn, index, _GROUP_IDS[group]))
                    share = level + spread * (0.85 * standing[name][index] + 0.4 * rng.gauss(0, 1))
                    own[(name, group, year)] = (round(pupils * clipped(share, 0.3, 99) / 100), pupils)
                own |= _rest(name, year, own, BOYS_POINTS[name] + rng.gauss(0, 0.2))
        yield {"Id": council.number, **_destination_cells(own)}
        for key, (count, pupils) in own.items():
            before = together.get(key, (0, 0))
            together[key] = (before[0] + count, before[1] + pupils)
    for place in (REGION, COUNTRY):
        yield {"Id": place.number, **_destination_cells(together)}


_GROUP_IDS = {"Dis": "disadvantaged", "NDi": "not_disadvantaged"}


def _rest(
    name: str, year: str, own: dict[tuple[str, str, str], tuple[int, int]], boys_points: float
) -> dict[tuple[str, str, str], tuple[int, int]]:
    """All pupils as the sum of the two groups; boys and girls as two other parts of the same sum."""
    parts = [own[(name, group, year)] for group in _GROUP_IDS]
    count, pupils = sum(part[0] for part in parts), sum(part[1] for part in parts)
    boys = round(pupils * BOYS)
    boys_count = min(boys, count, max(0, round(boys * clipped(count / pupils + boys_points / 100, 0, 1))))
    girls_count = min(count - boys_count, pupils - boys)
    return {
        (name, "Tot", year): (count, pupils),
        (name, "Boy", year): (count - girls_count, boys),
        (name, "Grl", year): (girls_count, pupils - boys),
    }


def _destination_cells(counts: dict[tuple[str, str, str], tuple[int, int]]) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    for (name, group, year), (count, pupils) in counts.items():
        cells[f"{name}_{group}_LA_{year}_Num"] = count
        cells[f"{name}_{group}_LA_{year}_Pct"] = number(100 * count / pupils, 1)
    return cells
