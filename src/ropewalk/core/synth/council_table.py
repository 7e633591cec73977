"""The long table of councils (LAIT layout): every row a measure declares there, for councils, region and country."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import exp
from pathlib import Path

from ropewalk.core.schema.made_up_places import MADE_UP_COUNTRY
from ropewalk.core.schema.places import Place, place_by_code
from ropewalk.core.synth import absence as ab
from ropewalk.core.synth.absence import Absence
from ropewalk.core.synth.attainment import YEARS as RESULT_YEARS
from ropewalk.core.synth.attainment import Attainment, Values, whole
from ropewalk.core.synth.chance import clipped, weighted_mean
from ropewalk.core.synth.published_csv import COUNTRY, REGION, Cell, number, write
from ropewalk.core.synth.suspensions import Counts, Suspensions
from ropewalk.core.synth.world import World

# One cell in this many, of groups of few children, is missing.
ONE_IN = 60
_GAP = "-"


@dataclass(frozen=True, slots=True)
class Made:
    """Everything drawn for one seed, from which tables are written."""

    world: World
    suspensions: Suspensions
    absence: Absence
    attainment: Attainment


@dataclass(frozen=True, slots=True)
class Series:
    """A plain series: England's level by year (rounded), spread between councils in the same unit, lean on hardship."""

    item: str
    first: int
    levels: tuple[float | None, ...]
    spread: float
    lean: float
    low: float = 0.0
    high: float = 100.0
    digits: int = 1
    scarce: bool = False


# By the row's name in the published table.
SERIES = {
    "16-17 NEET": Series("NEET aged 16-17", 2018, (2.7, 2.6, 2.7, 2.8, 2.6, 2.8, 3.2, 3.4), 1.1, 0.6, 0.3, 9),
    "16-17_not known": Series(
        "Activity not known aged 16-17", 2018, (3.3, 2.9, 2.8, 2.7, 2.2, 2.4, 2.2, 2.2), 1.1, 0.1, 0.1, 15
    ),
    "SEN_TotStat": Series(
        "Pupils with EHC plans", 2016, (2.8, 2.8, 2.9, 3.1, 3.3, 3.7, 4.0, 4.3, 4.8, 5.3), 0.7, 0.2, 0.5, 9
    ),
    "SEN_TotSENSuP": Series(
        "Pupils with SEN support", 2016, (11.6, 11.6, 11.7, 11.9, 12.1, 12.2, 12.6, 13.0, 13.6, 14.2), 1.7, 0.3, 5, 22
    ),
    "SEN_EHC_Excpt_20wks": Series(
        "New EHC plans issued within 20 weeks",
        2016,
        (58.6, 64.9, 60.1, 60.4, 58.0, 59.9, 49.2, 50.3, 46.4),
        22,
        0,
        2,
        100,
    ),
    "LAC_Pers_Abs": Series(
        "Looked-after pupils persistently absent",
        2017,
        (11.2, 11.8, 12.1, None, 30.3, 19.1, 20.0, 20.8, 20.3),
        4.0,
        0.3,
        3,
        scarce=True,
    ),
    "CINPermAbsent_3Term": Series(
        "Children in need persistently absent",
        2017,
        (31.4, 32.7, 33.3, None, 41.6, 48.1, 48.5, 47.8, 46.0),
        4.5,
        0.3,
        10,
        scarce=True,
    ),
}
# The same, for years written 2015/16.
SPLIT_SERIES = {
    "LAC_Fixed_ Ex": Series(
        "Looked-after pupils suspended",
        2015,
        (11.0, 11.4, 11.3, 11.3, 9.3, 9.7, 12.2, 13.7, 14.6),
        3.0,
        0.3,
        1,
        digits=2,
        scarce=True,
    ),
    "CINFixedExclusion": Series(
        "Children in need suspended",
        2015,
        (8.9, 9.4, 9.5, 10.2, 8.9, 8.6, 11.8, 13.6, 14.2),
        2.6,
        0.4,
        1,
        digits=2,
        scarce=True,
    ),
}
# Free school meals by year ending, England: councils follow their own schools' counts of January 2023.
MEALS = {
    "PriFSM": ("primary", (14.6, 14.1, 13.8, 15.8, 17.7, 21.6, 23.1, 24.0, 24.3, 24.7)),
    "SecFSM": ("secondary", (13.2, 12.9, 12.4, 14.1, 15.9, 18.9, 20.9, 22.7, 24.1, 25.8)),
}
COUNTED_YEAR = 2023
_SUSPENDED: tuple[tuple[str, str, Callable[[Counts], int]], ...] = (
    ("TotFixedEx PriFixedEx SecFixedEx SpecFixedEx", "Suspensions", lambda c: c.suspended),
    ("TotPermEx PriPermEx SecPermEx SpecPermEx", "Permanent exclusions", lambda c: c.excluded),
)
_SUSPENDED_PUPILS = (("Total_ Pup_FixedEx", None), ("Sec_ Pup_FixedEx", "secondary"))
_ABSENCE_NAMES = {
    "overall": {None: "TotAbs", "primary": "PriTotAbs", "secondary": "SecTotAbs", "special": "total_absence_special"},
    "persistent": {None: "TotPerAbNew", "primary": "SFPriPerAbNew", "secondary": "SFSecPerAbNew"},
    "severe": {None: "TotSevPerAbNew", "secondary": "SFSecSevPerAbNew"},
}
_ATTAINMENT_8_NAMES = {
    "all": "AVG_Attain8_Score",
    "disadvantaged": "DAP_KS4_ATT8",
    "not_disadvantaged": "NonDAP_KS4_ATT8",
    "fsm": "FSM_AVG_Attain8_Score",
    "not_fsm": "NonFSM_AVG_Attain8_Score",
    "sen_support": "SEN_WoStat_AVG_Attain8_Score",
    "ehcp": "SEN_Stat_AVG_Attain8_Score",
    "no_sen": "SEN_NoID_AVG_Attain8_Score",
}
_PROGRESS_8_NAMES = {
    "all": "AVG_Prog8_Score",
    "disadvantaged": "DAP_KS4_Prog8",
    "not_disadvantaged": "NonDAP_KS4_Prog8",
}
_KEY_STAGE_2_NAMES = {
    "all": "KS2RWM_Expected_STD",
    "disadvantaged": "DAP_NEW_KS2_RWM",
    "not_disadvantaged": "NonDAP_NEW_KS2_RWM",
    "fsm": "FSM_NEW_KS2_RWM",
    "not_fsm": "NonFSM_NEW_KS2_RWM",
}
_RESULTS = (
    ("attainment8", 1, _ATTAINMENT_8_NAMES),
    ("progress8", 2, _PROGRESS_8_NAMES),
    ("key_stage_2", 0, _KEY_STAGE_2_NAMES),
)

Line = tuple[str, str, str, list[str], str]


def write_council_table(folder: Path, made: Made) -> Path:
    """The table: a row for each series, year and place; missing values are a dash, as published."""
    return write(folder / "lait_la_indicators_long_made_up.csv", "lait", _rows(made))


def _rows(made: Made) -> Iterator[dict[str, Cell]]:
    places = [*(place_by_code(council.code) for council in made.world.councils), REGION, COUNTRY]
    for lines in (
        _suspension_lines(made),
        _absence_lines(made),
        _result_lines(made),
        _plain_lines(made),
        _meal_lines(made),
    ):
        for name, item, year, councils, together in lines:
            for place, value in zip(places, [*councils, together, together], strict=True):
                yield _row(name, item, year, place, value)


def _row(name: str, item: str, year: str, place: Place, value: str) -> dict[str, Cell]:
    return {
        "Short Desc": name,
        "Data item": f"{item} (made up)",
        "Years": year,
        "LA and Regions": place.name,
        "LA Number": place.number,
        "Region": "NA" if place.code == MADE_UP_COUNTRY else REGION.name,
        "Values": value,
    }


def _suspension_lines(made: Made) -> Iterator[Line]:
    drawn, councils = made.suspensions, range(len(made.world.councils))

    def line(name: str, item: str, year: int, phase: str | None, count: Callable[[Counts], int]) -> Line:
        counts = [drawn.of(year, phase, council) for council in councils]
        together = drawn.of(year, phase)
        values = [number(100 * count(c) / c.pupils, 5) for c in counts]
        return (
            name,
            item,
            f"{year}/{(year + 1) % 100:02d}",
            values,
            number(100 * count(together) / together.pupils, 5),
        )

    for year in range(2015, 2024):
        for names, item, count in _SUSPENDED:
            for name, phase in zip(names.split(), (None, "primary", "secondary", "special"), strict=True):
                yield line(name, item, year, phase, count)
        for name, phase in _SUSPENDED_PUPILS:
            yield line(name, "Pupils suspended at least once", year, phase, lambda c: c.suspended_pupils)


def _not_collected(name: str, item: str, year: str, councils: int) -> Line:
    return (name, item, year, [_GAP] * councils, _GAP)


def _absence_lines(made: Made) -> Iterator[Line]:
    drawn = made.absence
    count = len(made.world.councils)
    for year in range(2016, 2026):
        collected = year in ab.YEARS
        for kind, names in _ABSENCE_NAMES.items():
            item = f"{kind.capitalize()} absence"
            for phase, name in names.items():
                if not collected:
                    yield _not_collected(name, item, str(year), count)
                    continue
                values = [_absence(drawn, kind, council, phase, year) for council in range(count)]
                together = _absence_together(drawn, kind, values, phase, year)
                yield (name, item, str(year), [number(v, 2) for v in values], number(together, 2))
        for name, authorised in (("TotAuthAbs", True), ("TotUnAuthAbs", False)):
            if collected:
                yield _authorised_line(drawn, name, year, authorised=authorised)
            else:
                yield _not_collected(name, "Absence by permission", str(year), count)


def _authorised_line(drawn: Absence, name: str, year: int, *, authorised: bool) -> Line:
    values = []
    for council in range(len(drawn.world.councils)):
        overall = round(drawn.of_all(drawn.overall, council, year), 2)
        part = round(overall * drawn.authorised[(council, year)], 2)
        values.append(part if authorised else overall - part)
    together = weighted_mean(values, [float(p) for p in drawn.world.pupils()])
    return (name, "Absence by permission", str(year), [number(v, 2) for v in values], number(together, 2))


def _absence(drawn: Absence, kind: str, council: int, phase: str | None, year: int) -> float:
    if kind != "overall" and year in ab.BAND_YEARS:
        return ab.counted_share(drawn, [council], year, phase, _first_band(kind))
    values = {"overall": drawn.overall, "persistent": drawn.persistent, "severe": drawn.severe}[kind]
    return values[(council, phase, year)] if phase else drawn.of_all(values, council, year)


def _first_band(kind: str) -> int:
    return 2 if kind == "persistent" else len(ab.BANDS) - 1


def _absence_together(drawn: Absence, kind: str, values: list[float], phase: str | None, year: int) -> float:
    if kind != "overall" and year in ab.BAND_YEARS:
        return ab.counted_share(drawn, range(len(values)), year, phase, _first_band(kind))
    return weighted_mean(values, [float(p) for p in drawn.world.pupils(phase)])


def _result_lines(made: Made) -> Iterator[Line]:
    rng = made.world.stream("gaps in results")
    drawn, councils = made.attainment, range(len(made.world.councils))
    for kind, digits, names in _RESULTS:
        values: Values = getattr(drawn, kind)
        for group, name in names.items():
            item = f"{kind.replace('_', ' ')}: {group.replace('_', ' ')}"
            for year in RESULT_YEARS:
                if (0, group, year) not in values:
                    yield _not_collected(name, item, str(year), len(councils))
                    continue
                cells = [number(values[(council, group, year)], digits) for council in councils]
                if group == "ehcp" and rng.random() < 0.5:
                    cells[rng.randrange(len(cells))] = _GAP
                yield (name, item, str(year), cells, number(whole(drawn, values, group, year), digits))


def _plain_lines(made: Made) -> Iterator[Line]:
    drawn: dict[str, list[tuple[int, list[float] | None]]] = {}
    weights = [float(p) for p in made.world.pupils()]
    for name, series in {**SERIES, **SPLIT_SERIES}.items():
        drawn[name] = list(values_of(made.world, name, series))
        rng = made.world.stream(f"gaps in {name}")
        for year, values in drawn[name]:
            label = f"{year}/{(year + 1) % 100:02d}" if name in SPLIT_SERIES else str(year)
            if values is None:
                yield _not_collected(name, series.item, label, len(weights))
                continue
            missing = {c for c in range(len(values)) if series.scarce and rng.randrange(ONE_IN) == 0}
            cells = [_GAP if c in missing else number(v, series.digits) for c, v in enumerate(values)]
            yield (name, series.item, label, cells, number(weighted_mean(values, weights), series.digits))
    for (year, neet), (_, unknown) in zip(drawn["16-17 NEET"][1:], drawn["16-17_not known"][1:], strict=True):
        if neet and unknown:
            both = [round(a, 1) + round(b, 1) for a, b in zip(neet, unknown, strict=True)]
            together = round(weighted_mean(neet, weights), 1) + round(weighted_mean(unknown, weights), 1)
            cells = [number(value, 1) for value in both]
            yield ("16-17_not known_NEET", "NEET or not known aged 16-17", str(year), cells, number(together, 1))


def values_of(world: World, name: str, series: Series) -> Iterator[tuple[int, list[float] | None]]:
    """Councils keep their standing from year to year (0.9), with some chance in each year."""
    rng = world.stream(f"series/{name}")
    lasting = world.leaning(rng, series.lean)
    latest = next(level for level in reversed(series.levels) if level is not None)
    for position, level in enumerate(series.levels):
        noise = [rng.gauss(0, 1) for _ in lasting]
        if level is None:
            yield series.first + position, None
            continue
        spread = series.spread * (level / latest) ** 0.5
        yield (
            series.first + position,
            [
                clipped(level + spread * (0.9 * a + 0.43 * b), series.low, series.high)
                for a, b in zip(lasting, noise, strict=True)
            ],
        )


def _meal_lines(made: Made) -> Iterator[Line]:
    for name, (phase, levels) in MEALS.items():
        rng = made.world.stream(f"series/{name}")
        pupils = made.world.pupils(phase)
        counted = [100 * sum(s.meals for s in made.world.of_phase(phase, c)) / p for c, p in enumerate(pupils)]
        usual = levels[COUNTED_YEAR - 2016]
        for position, level in enumerate(levels):
            year = 2016 + position
            noise = 0.0 if year == COUNTED_YEAR else 0.02
            values = [clipped(v * level / usual * exp(rng.gauss(0, noise)), 1, 80) for v in counted]
            together = weighted_mean(values, [float(p) for p in pupils])
            yield (name, f"Free school meals, {phase}", str(year), [number(v, 1) for v in values], number(together, 1))
