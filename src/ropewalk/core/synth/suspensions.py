"""Suspensions and permanent exclusions of every made-up school and year, and the file that publishes them to 2016/17.

Suspensions come in clusters: a few schools suspend far more than others of their size. A school's own factor is drawn
from a gamma distribution (shape ``CLUSTERS``), so that funnels show what real ones show: more spread than chance.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import exp
from pathlib import Path

from ropewalk.core.synth.chance import clipped, poisson
from ropewalk.core.synth.published_csv import Cell, geography, number, write
from ropewalk.core.synth.world import MadeUpSchool, World

FIRST_YEAR, LAST_PUBLISHED, LAST_YEAR = 2006, 2016, 2023
WORDS = {"primary": "State-funded primary", "secondary": "State-funded secondary", "special": "Special"}
# Per 100 pupils, England, 2006/07 to 2023/24, rounded.
SUSPENSIONS = {
    "primary": (1.1, 1.1, 1.0, 0.9, 0.9, 0.9, 0.9, 1.0, 1.1, 1.2, 1.4, 1.4, 1.4, 1.0, 1.0, 1.4, 1.8, 2.3),
    "secondary": (10.9, 9.8, 9.4, 8.5, 8.3, 7.8, 6.7, 6.6, 7.5, 8.5, 9.4, 10.1, 10.7, 7.4, 8.5, 14.0, 18.9, 22.6),
    "special": (
        18.3,
        18.0,
        17.5,
        16.2,
        15.4,
        15.2,
        14.5,
        13.9,
        13.5,
        12.5,
        13.0,
        12.3,
        11.3,
        7.8,
        7.3,
        9.6,
        11.0,
        12.6,
    ),
}
EXCLUSIONS = {
    "primary": (0.02,) * 10 + (0.03, 0.03, 0.02, 0.02, 0.01, 0.02, 0.03, 0.03),
    "secondary": (
        0.23,
        0.21,
        0.17,
        0.15,
        0.13,
        0.14,
        0.12,
        0.13,
        0.15,
        0.17,
        0.2,
        0.2,
        0.2,
        0.13,
        0.1,
        0.16,
        0.22,
        0.25,
    ),
    "special": (
        0.18,
        0.18,
        0.13,
        0.11,
        0.12,
        0.09,
        0.07,
        0.07,
        0.09,
        0.08,
        0.07,
        0.07,
        0.06,
        0.04,
        0.03,
        0.05,
        0.08,
        0.08,
    ),
}
# Pupils suspended at least once for each suspension, in the first and in the last year.
PUPILS_FOR_EACH = {"primary": (0.52, 0.42), "secondary": (0.55, 0.35), "special": (0.38, 0.38)}
CLUSTERS = {"primary": 0.6, "secondary": 2.2, "special": 0.6}
COUNCILS_DIFFER, YEARS_DIFFER, LEAN = 0.38, 0.22, 0.55


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted in one school, council or country in a year; counts add up."""

    schools: int = 0
    pupils: int = 0
    excluded: int = 0
    suspended: int = 0
    suspended_pupils: int = 0

    def __add__(self, other: Counts) -> Counts:
        """Both together."""
        return Counts(
            self.schools + other.schools,
            self.pupils + other.pupils,
            self.excluded + other.excluded,
            self.suspended + other.suspended,
            self.suspended_pupils + other.suspended_pupils,
        )


@dataclass(frozen=True, slots=True)
class Suspensions:
    """Counts by school (its LAESTAB) and the year the academic year starts in."""

    world: World
    by_school: dict[tuple[str, int], Counts]

    def of(self, year: int, phase: str | None = None, council: int | None = None) -> Counts:
        """Counts of all schools of a phase (or of all) in a council (or in all)."""
        return total(
            self.by_school[(school.laestab, year)]
            for school in self.world.schools
            if (school.laestab, year) in self.by_school
            and phase in (None, school.phase)
            and council in (None, school.council)
        )


def total(counts: Iterable[Counts]) -> Counts:
    """Everything together."""
    return sum(counts, Counts())


def suspensions_of(world: World) -> Suspensions:
    """Draw the counts of every primary, secondary and special school and year."""
    rng = world.stream("suspensions")
    usual = [exp(COUNCILS_DIFFER * z - COUNCILS_DIFFER**2 / 2) for z in world.leaning(rng, LEAN)]
    found: dict[tuple[str, int], Counts] = {}
    for school in world.schools:
        if school.phase not in WORDS:
            continue
        shape = CLUSTERS[school.phase]
        own = usual[school.council] * rng.gammavariate(shape, 1 / shape) * exp(0.15 * school.hardship)
        for year in range(FIRST_YEAR, LAST_YEAR + 1):
            step = year - FIRST_YEAR
            pupils = max(10, round(school.pupils * (0.93 + 0.004 * step) * (1 + rng.gauss(0, 0.02))))
            factor = own * exp(rng.gauss(0, YEARS_DIFFER))
            suspended = poisson(rng, SUSPENSIONS[school.phase][step] / 100 * pupils * factor)
            excluded = poisson(rng, EXCLUSIONS[school.phase][step] / 100 * pupils * factor**0.6)
            first, last = PUPILS_FOR_EACH[school.phase]
            share = clipped((first + (last - first) * step / 17) * exp(rng.gauss(0, 0.12)), 0.15, 1)
            children = min(suspended, max(1, round(suspended * share)), pupils) if suspended else 0
            found[(school.laestab, year)] = Counts(1, pupils, excluded, suspended, children)
    return Suspensions(world, found)


def write_exclusions(folder: Path, drawn: Suspensions) -> Path:
    """The file by school, council, region and country, 2006/07 to 2016/17."""
    return write(
        folder / "exclusions_by_geographic_level_200607_to_201617_made_up.csv", "exclusions_by_place", _rows(drawn)
    )


def _rows(drawn: Suspensions) -> Iterator[dict[str, Cell]]:
    world = drawn.world
    for year in range(LAST_PUBLISHED, FIRST_YEAR - 1, -1):
        for school in world.schools:
            counts = drawn.by_school.get((school.laestab, year))
            if counts:
                yield {**_of_school(world, school, year), **_cells(year, school.phase, counts, hide=True)}
        for index in range(len(world.councils)):
            yield from _summary(drawn, year, index, "Local authority")
        yield from _summary(drawn, year, None, "Regional")
        yield from _summary(drawn, year, None, "National")


def _of_school(world: World, school: MadeUpSchool, year: int) -> dict[str, Cell]:
    academy = school.academy_in(year + 1)
    kind = f"{school.phase.capitalize()} converter academy" if academy else "Total"
    return {
        **geography(world, school.council, "School"),
        "estab": school.laestab[3:],
        "laestab": school.laestab,
        "academy_type": kind,
        "academy_open_date": (school.opened or "") if academy else "Total",
    }


def _summary(drawn: Suspensions, year: int, council: int | None, level: str) -> Iterator[dict[str, Cell]]:
    where = {**geography(drawn.world, council, level), "academy_type": "Total", "academy_open_date": "Total"}
    for phase in (None, *WORDS):
        yield {**where, **_cells(year, phase, drawn.of(year, phase, council), hide=False)}


def _cells(year: int, phase: str | None, counts: Counts, *, hide: bool) -> dict[str, Cell]:
    cells: dict[str, Cell] = {
        "time_identifier": "Academic year",
        "time_period": f"{year}{(year + 1) % 100:02d}",
        "school_type": WORDS[phase] if phase else "Total",
        "num_schools": counts.schools,
        "headcount": counts.pupils,
    }
    for column, count in (
        ("perm_excl", counts.excluded),
        ("fixed_excl", counts.suspended),
        ("one_plus_fixed", counts.suspended_pupils),
    ):
        hidden = hide and count in (1, 2)
        cells[column] = "x" if hidden else count
        cells[f"{column}_rate"] = "x" if hidden else number(100 * count / counts.pupils, 2)
    return cells
