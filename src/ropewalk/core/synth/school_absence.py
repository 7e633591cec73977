"""Absence of single made-up schools: every school in 2018/19, and some in the three years to 2023/24."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ropewalk.core.synth.absence import PHASES, Absence
from ropewalk.core.synth.chance import clipped, weighted_mean
from ropewalk.core.synth.published_csv import REGION, Cell, number, write
from ropewalk.core.synth.world import MadeUpSchool

# How far schools of a council differ in persistent absence (as a share of the council's), by hardship and otherwise.
BY_HARDSHIP, OTHERWISE = 0.16, 0.22
ABSENCE_POINTS = 0.26
# Schools with fewer pupils than this are held back in the performance tables.
FEWEST_PUPILS = 60
SAMPLE = {"primary": 0.3, "secondary": 0.9, "special": 0.5}
SAMPLE_YEARS = {"Current": 2024, "Previous": 2023, "Previous2": 2022}


def school_shares(made: Absence, year: int) -> dict[str, tuple[float, float]]:
    """Overall and persistent absence (per cent) by LAESTAB; weighted by pupils they give the council's own shares."""
    rng = made.world.stream(f"school absence/{year}")
    found: dict[str, tuple[float, float]] = {}
    for council in range(len(made.world.councils)):
        for phase in PHASES:
            schools = made.world.of_phase(phase, council)
            lasting = [made.world.stream(f"school absence/{s.laestab}").gauss(0, OTHERWISE) for s in schools]
            raw = [
                BY_HARDSHIP * s.hardship + 0.9 * own + rng.gauss(0, OTHERWISE / 3)
                for s, own in zip(schools, lasting, strict=True)
            ]
            usual = weighted_mean(raw, [float(s.pupils) for s in schools])
            persistent, overall = made.persistent[(council, phase, year)], made.overall[(council, phase, year)]
            for school, difference in zip(schools, raw, strict=True):
                points = clipped(difference - usual, -0.7, 1.3) * persistent
                found[school.laestab] = (
                    clipped(overall + ABSENCE_POINTS * points, 0.8, 45),
                    clipped(persistent + points, 0.5, 95),
                )
    return found


def write_school_absence_2019(folder: Path, made: Absence) -> Path:
    """Every school, 2018/19, one decimal place; the smallest schools are held back (SUPP)."""
    return write(folder / "england_abs_2018_19_made_up.csv", "performance_tables_absence", _rows_2019(made))


def _rows_2019(made: Absence) -> Iterator[dict[str, Cell]]:
    shares = school_shares(made, 2019)
    for school in made.world.schools:
        if school.laestab not in shares:
            continue
        overall, persistent = shares[school.laestab]
        held_back = school.pupils < FEWEST_PUPILS
        yield {
            "LA": made.world.councils[school.council].number,
            "ESTAB": school.laestab[3:],
            "URN": school.urn_in(2019),
            "PERCTOT": "SUPP" if held_back else number(overall, 1),
            "PPERSABS10": "SUPP" if held_back else number(persistent, 1),
        }


def write_school_absence_sample(folder: Path, made: Absence) -> Path:
    """Some schools, 2021/22 to 2023/24; a cell here and there is blank, as when a school had no pupils yet."""
    return write(folder / "school_absence_202122_to_202324_sample_made_up.csv", "school_absence", _sample(made))


def _sample(made: Absence) -> Iterator[dict[str, Cell]]:
    rng = made.world.stream("school absence sample")
    shares = {word: school_shares(made, year) for word, year in SAMPLE_YEARS.items()}
    for school in made.world.schools:
        if rng.random() < SAMPLE.get(school.phase, 0):
            yield _sample_row(made, school, shares, gap=rng.random() < 0.03)


def _sample_row(
    made: Absence, school: MadeUpSchool, shares: dict[str, dict[str, tuple[float, float]]], *, gap: bool
) -> dict[str, Cell]:
    council = made.world.councils[school.council]
    row: dict[str, Cell] = {
        "Id": school.urn,
        "LAId": council.number,
        "LAName": council.name,
        "RegionId": "X",
        "RegionName": REGION.name,
    }
    for word, by_school in shares.items():
        overall, persistent = by_school[school.laestab]
        blank = gap and word == "Previous2"
        row[f"Abs_Tot_Est_{word}_Pct"] = "" if blank else f"{overall:.5f}"
        row[f"Abs_Persistent_Est_{word}_Pct"] = "" if blank else f"{persistent:.5f}"
    overall = round(shares["Current"][school.laestab][0], 5)
    authorised = round(overall * made.authorised[(school.council, SAMPLE_YEARS["Current"])], 5)
    row["Auth_Tot_Est_Current_Pct"] = f"{authorised:.5f}"
    row["UnAuth_Tot_Est_Current_Pct"] = f"{overall - authorised:.5f}"
    return row


def council_absence_rows(made: Absence) -> Iterator[dict[str, Cell]]:
    """The council's own shares, 2021/22 to 2023/24, primary and secondary."""
    for index, council in enumerate(made.world.councils):
        row: dict[str, Cell] = {"Id": council.number}
        for name in ("Primary", "Secondary"):
            for word, year in SAMPLE_YEARS.items():
                where = (index, name.lower(), year)
                row[f"Abs_Persistent_{name}_LA_{word}_Pct"] = f"{made.persistent[where]:.5f}"
                row[f"Abs_Tot_{name}_LA_{word}_Pct"] = f"{made.overall[where]:.5f}"
            overall = round(made.overall[(index, name.lower(), SAMPLE_YEARS["Current"])], 5)
            authorised = round(overall * made.authorised[(index, SAMPLE_YEARS["Current"])], 5)
            row[f"Auth_Tot_{name}_LA_Current_Pct"] = f"{authorised:.5f}"
            row[f"UnAuth_Tot_{name}_LA_Current_Pct"] = f"{overall - authorised:.5f}"
        yield row


def write_council_absence(folder: Path, made: Absence) -> Path:
    """The councils' file beside the sample of schools."""
    return write(folder / "la_absence_202122_to_202324_made_up.csv", "council_absence", council_absence_rows(made))
