"""The made-up place in the registers: every school in January 2023, links of schools, statistical neighbours."""

from __future__ import annotations

from collections.abc import Iterator
from math import exp
from pathlib import Path

from ropewalk.core.schema.made_up_places import MADE_UP_COUNTRY, MADE_UP_REGION
from ropewalk.core.synth.chance import clipped
from ropewalk.core.synth.published_csv import COUNTRY, REGION, Cell, number, write
from ropewalk.core.synth.world import MadeUpSchool, World

WORDS = {
    "primary": "State-funded primary",
    "secondary": "State-funded secondary",
    "special": "State-funded special school",
    "alternative": "State-funded AP school",
}
ACADEMY_TYPES = {
    "primary": "Academy converter",
    "secondary": "Academy converter",
    "special": "Academy special converter",
    "alternative": "Academy alternative provision converter",
}
NEW_ACADEMY_TYPES = {"special": "Free schools special", "alternative": "Free schools alternative provision"}
MAINTAINED_TYPES = {
    "primary": "Community school",
    "secondary": "Foundation school",
    "special": "Community special school",
    "alternative": "Pupil referral unit",
}
# Share of pupils whose first language is not English, and how far councils and schools differ (log odds).
OTHER_LANGUAGES, COUNCILS_DIFFER, SCHOOLS_DIFFER = 0.16, 0.9, 0.5
CLOSE = ("Very close", "Close", "Somewhat close", "Not close")
_WHOLE = 100
ROLL = "headcount of pupils"
MEALS, MEALS_SHARE = (
    "number of pupils known to be eligible for free school meals",
    "% of pupils known to be eligible for free school meals",
)
LANGUAGE = "pupils whose first language is"


def write_schools(folder: Path, world: World) -> Path:
    """Every school with its trust, roll, free school meals and first languages, January 2023."""
    path = folder / "spc_school_level_2022_23_made_up.csv"
    return write(path, "schools_and_pupils", _school_rows(world), also=("denomination", "school_size"))


def _school_rows(world: World) -> Iterator[dict[str, Cell]]:
    rng = world.stream("first language")
    usual = [COUNCILS_DIFFER * z for z in world.leaning(rng, 0.35)]
    for school in world.schools:
        odds = OTHER_LANGUAGES / (1 - OTHER_LANGUAGES) * exp(usual[school.council] + rng.gauss(0, SCHOOLS_DIFFER))
        known = school.pupils - min(school.pupils, rng.choice((0, 0, 0, 1, 2, 4)))
        other = round(known * clipped(odds / (1 + odds), 0, 0.95))
        yield {**_identity(world, school), **_languages(school, known, other)}


def _identity(world: World, school: MadeUpSchool) -> dict[str, Cell]:
    council = world.councils[school.council]
    low = (school.pupils - 1) // _WHOLE * _WHOLE
    return {
        "time_period": "202223",
        "time_identifier": "Academic year",
        "geographic_level": "School",
        "country_code": MADE_UP_COUNTRY,
        "country_name": COUNTRY.name,
        "region_code": MADE_UP_REGION,
        "region_name": REGION.name,
        "urn": school.urn,
        "old_la_code": council.number,
        "la_name": council.name,
        "new_la_code": council.code,
        "estab": school.laestab[3:],
        "school_name": school.name,
        "laestab": school.laestab,
        "phase_type_grouping": WORDS[school.phase],
        "trust": school.trust or "",
        "opendate": school.opened or "",
        "typeofestablishment_name": _type(school),
        "school_postcode": school.postcode,
        "denomination": "Church of England" if school.church else "No religious character",
        "school_size": "Up to 100 pupils" if low == 0 else f"{low + 1} to {low + _WHOLE} pupils",
        ROLL: school.pupils,
        MEALS: school.meals,
        MEALS_SHARE: number(100 * school.meals / school.pupils, 1),
    }


def _type(school: MadeUpSchool) -> str:
    if school.academy:
        return ACADEMY_TYPES[school.phase] if school.former_urn else NEW_ACADEMY_TYPES.get(school.phase, "Free schools")
    if school.church:
        return "Voluntary controlled school"
    return MAINTAINED_TYPES[school.phase]


def _languages(school: MadeUpSchool, known: int, other: int) -> dict[str, Cell]:
    """First languages; nothing is published for alternative provision here, to show a z (does not apply)."""
    if school.phase == "alternative":
        return {}
    counts = (
        (f"{LANGUAGE} known or believed to be English", known - other),
        (f"{LANGUAGE} known or believed to be other than English", other),
    )
    cells: dict[str, Cell] = {f"number of {LANGUAGE} unclassified": school.pupils - known}
    for name, count in counts:
        cells[f"number of {name}"] = count
    cells[f"% of {counts[1][0]}"] = number(100 * other / school.pupils, 1)
    return cells


def write_links(folder: Path, world: World) -> Path:
    """Predecessor and successor of every school that became an academy, as the register links them."""
    return write(folder / "gias_establishment_links_made_up.csv", "gias_links", _link_rows(world))


def _link_rows(world: World) -> Iterator[dict[str, Cell]]:
    for school in world.schools:
        if school.former_urn and school.opened:
            date = school.opened.replace("/", "-")
            yield _link(school.urn, school.former_urn, school.former_name or school.name, "Predecessor", date)
            yield _link(school.former_urn, school.urn, school.name, "Successor", date)


def _link(urn: str, linked: str, name: str, kind: str, date: str) -> dict[str, Cell]:
    return {"URN": urn, "LinkURN": linked, "LinkName": name, "LinkType": kind, "LinkEstablishedDate": date}


def write_neighbours(folder: Path, world: World) -> Path:
    """Ten statistical neighbours of each council: those nearest in hardship."""
    return write(folder / "statistical_neighbours_made_up.csv", "statistical_neighbours", _neighbour_rows(world))


def _neighbour_rows(world: World) -> Iterator[dict[str, Cell]]:
    indices = range(len(world.councils))
    for index, council in enumerate(world.councils):
        distance = {other: abs(world.hardship[index] - world.hardship[other]) for other in indices if other != index}
        nearest = sorted(distance, key=lambda other: distance[other])[:10]
        for rank, other in enumerate(nearest, start=1):
            yield {
                "la_code": council.number,
                "la_name": council.name,
                "rank": rank,
                "neighbour_la_code": world.councils[other].number,
                "closeness": CLOSE[min(int(distance[other] / 0.4), len(CLOSE) - 1)],
            }
