"""Made-up registers are absent as England was: by phase, meals, sex and year group, in its codes, week and year.

Tolerances, for a place of 24 schools and 18,000 pupils: persistent absence within 2.5 points of England 2022/23 by
phase and free school meals (4 in the small group of secondary pupils with meals), severe absence within 1.5, shares
of the main codes within a quarter or 0.15 points.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache
from itertools import accumulate
from pathlib import Path
from statistics import NormalDist

import duckdb
import pytest
from scipy.optimize import brentq
from tests.core.synth.made_up_returns import make, rows

from ropewalk.core.schema.attendance_codes import Category, meaning
from ropewalk.core.synth.returns.absence_shape import (
    CUTS,
    FIRST_YEAR_GROUP,
    SHIFTS,
    cuts_of,
    sessions_missed,
    share_absent,
)
from ropewalk.core.synth.returns.spells import PUBLISHED

# Per cent persistently and severely absent in England 2022/23, Years 1 to 11, by phase and meals.
ENGLAND = {
    ("primary", "N"): (11.20, 0.30),
    ("primary", "Y"): (29.40, 1.07),
    ("secondary", "N"): (20.39, 1.87),
    ("secondary", "Y"): (45.33, 7.11),
}
NORMAL = NormalDist()
Sums = dict[tuple[str, str], Counter[str]]


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One year of a place large enough to compare with England."""
    folder = tmp_path_factory.mktemp("calibrated") / "place"
    make(folder, schools=24, pupils=18000, years=1, seed=1)
    return folder


@pytest.fixture(scope="session")
def pupils(place: Path) -> list[tuple[dict[str, str], str, Counter[str]]]:
    """Each enrolment: its row of the roll, the phase of its school, its marks by code."""
    phase = {row["urn"]: row["phase"] for row in rows(place / "schools.csv")}
    marks: Sums = defaultdict(Counter)
    for row in rows(place / "2024-25" / "register.csv"):
        marks[row["urn"], row["upn"]].update(_codes(row["marks"]))
    return [
        (row, phase[row["urn"]], marks[row["urn"], row["upn"]])
        for row in rows(place / "2024-25" / "roll.csv")
        if (row["urn"], row["upn"]) in marks
    ]


@cache
def _codes(text: str) -> Mapping[str, int]:
    return Counter(text.split(" "))


@cache
def _category(code: str) -> Category | None:
    return None if code == "-" else meaning(code, "2024/25").category


def _missed(marks: Mapping[str, int]) -> tuple[int, int]:
    """Sessions missed and possible."""
    by_category: Counter[Category | None] = Counter()
    for code, number in marks.items():
        by_category[_category(code)] += number
    missed = by_category[Category.AUTHORISED] + by_category[Category.UNAUTHORISED]
    return missed, missed + by_category[Category.PRESENT] + by_category[Category.APPROVED_ACTIVITY]


def test_persistent_and_severe_absence_are_near_englands(
    pupils: list[tuple[dict[str, str], str, Counter[str]]],
) -> None:
    counts: Sums = defaultdict(Counter)
    for row, phase, marks in pupils:
        missed, possible = _missed(marks)
        if possible and row["year_group"].isdigit() and int(row["year_group"]) <= 11:
            counts[phase, row["fsm_eligible"]].update(
                all=1, persistent=missed * 10 >= possible, severe=missed * 2 >= possible
            )
    for cell, (persistent, severe) in ENGLAND.items():
        count = counts[cell]
        tolerated = 4 if cell == ("secondary", "Y") else 2.5
        assert 100 * count["persistent"] / count["all"] == pytest.approx(persistent, abs=tolerated), cell
        assert 100 * count["severe"] / count["all"] == pytest.approx(severe, abs=1.5), cell


def test_absence_falls_after_year_1_and_rises_through_secondary(
    pupils: list[tuple[dict[str, str], str, Counter[str]]],
) -> None:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row, phase, marks in pupils:
        if phase in ("primary", "secondary"):
            missed, possible = _missed(marks)
            counts[row["year_group"]].update(all=possible > 0, persistent=possible > 0 and missed * 10 >= possible)
    share = {group: count["persistent"] / count["all"] for group, count in counts.items()}
    assert share["1"] > share["4"]
    assert share["6"] < share["8"] < share["10"]
    assert share["7"] < share["9"]


def test_codes_have_about_their_published_shares(pupils: list[tuple[dict[str, str], str, Counter[str]]]) -> None:
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for _, phase, marks in pupils:
        sums[phase].update(marks)
    for phase in ("primary", "secondary"):
        possible = sum(n for code, n in sums[phase].items() if (c := _category(code)) is not None and c.is_possible)
        absent = sum(PUBLISHED[phase].values())
        here = {code: sums[phase][code] / possible for code in PUBLISHED[phase]}
        # England missed more in 2022/23, to which the amount is fitted, than in 2024/25, from which the codes are.
        scale = sum(here.values()) / (absent / 100)
        assert 1 < scale < 1.35
        for code, published in PUBLISHED[phase].items():
            expected = published * scale
            assert 100 * here[code] == pytest.approx(expected, rel=0.25, abs=0.15), (phase, code)
        assert 100 * sums[phase]["L"] / possible == pytest.approx({"primary": 1.1, "secondary": 2.86}[phase], rel=0.2)


def test_absence_comes_in_spells_and_more_on_mondays_and_fridays(place: Path) -> None:
    by_day, taken, changes, absent = Counter[int](), Counter[int](), 0, 0
    for row in rows(place / "2024-25" / "register.csv"):
        before = False
        for session, mark in enumerate(row["marks"].split(" ")):
            away = mark == "I"
            by_day[session // 2] += away
            taken[session // 2] += mark not in ("#", "-", "Z", "Y4")
            absent += away
            changes += away and not before
            before = away
    assert absent > 2.2 * changes
    share = [by_day[day] / taken[day] for day in range(5)]
    assert min(share[0], share[4]) > max(share[1:4])
    assert max(share) < 1.5 * min(share)


def test_results_hang_on_meals_needs_and_absence(place: Path) -> None:
    roll = {(row["urn"], row["upn"]): row for row in rows(place / "2024-25" / "roll.csv")}
    scores: dict[str, list[float]] = defaultdict(list)
    for row in rows(place / "2024-25" / "results.csv"):
        pupil = roll[row["urn"], row["upn"]]
        if row["assessment"] == "KS4_A8":
            scores["all"].append(float(row["value"]))
            scores[f"meals {pupil['fsm_eligible']}"].append(float(row["value"]))
            scores[f"need {pupil['sen_provision']}"].append(float(row["value"]))
    means = {group: sum(values) / len(values) for group, values in scores.items()}
    assert means["all"] == pytest.approx(46, abs=3)
    assert 6 < means["meals N"] - means["meals Y"] < 20
    assert means["need N"] > means["need K"] > means["need E"]


@pytest.mark.parametrize("cell", sorted(CUTS))
def test_the_model_gives_back_the_shares_it_is_made_of(cell: tuple[str, bool, bool]) -> None:
    cuts = cuts_of(cell[0], meals=cell[1], needs=cell[2])
    assert list(cuts) == sorted(cuts)
    grid = [NORMAL.inv_cdf((number + 0.5) / 20000) for number in range(20000)]
    shares = [share_absent(cuts, standing) for standing in grid]
    assert shares == sorted(shares)
    assert 0 <= shares[0] <= shares[-1] <= 1
    for limit, cut in zip((0.05, 0.1, 0.5), (cuts[0], cuts[1], cuts[9]), strict=True):
        assert sum(share < limit for share in shares) / 20000 == pytest.approx(NORMAL.cdf(cut), abs=0.001)


def test_whole_sessions_stay_on_their_side_of_a_threshold() -> None:
    for possible in range(20, 400):
        for share in (0.0, 0.04, 0.0999, 0.1, 0.1001, 0.4999, 0.5, 0.51, 1.0):
            missed = sessions_missed(share, possible)
            assert 0 <= missed <= possible
            assert (missed * 10 >= possible) == (share >= 0.1)
            assert (missed * 2 >= possible) == (share >= 0.5)


def test_the_constants_are_what_fitting_the_published_bands_again_gives(shared_data: Path) -> None:
    cells = _published(shared_data / "absence" / "absence_bands_la_201617_to_202223.csv.gz")
    cuts, shifts = _fitted(cells)
    for cell, known in CUTS.items():
        assert list(known) == pytest.approx(cuts[cell], abs=0.003), cell
    for (phase, sex), known in SHIFTS.items():
        fitted = [shifts[phase, sex, FIRST_YEAR_GROUP[phase] + number] for number in range(len(known))]
        assert list(known) == pytest.approx(fitted, abs=0.003), (phase, sex)


def test_the_targets_are_englands(shared_data: Path) -> None:
    cells = _published(shared_data / "absence" / "absence_bands_la_201617_to_202223.csv.gz")
    for (phase, meals), (persistent, severe) in ENGLAND.items():
        bands = [
            sum(band) for band in zip(*(c for k, c in cells.items() if k[:2] == (phase, meals == "Y")), strict=True)
        ]
        assert 100 * sum(bands[2:]) / sum(bands) == pytest.approx(persistent, abs=0.006)
        assert 100 * bands[10] / sum(bands) == pytest.approx(severe, abs=0.006)


Cell = tuple[str, bool, bool, str, int]


def _published(path: Path) -> dict[Cell, list[int]]:
    """Pupils in each band, national, 2022/23: by phase, meals, any need, sex and year group."""
    with duckdb.connect() as con:
        found = con.execute(
            """SELECT school_type, fsm_eligible, sen_status, gender, CAST(nc_year AS INTEGER), COLUMNS('^n_')
            FROM read_csv(?, types = {'nc_year': 'VARCHAR'})
            WHERE time_period = 202223 AND geographic_level = 'National' AND fsm_eligible <> 'Unclassified'
              AND sen_status <> 'Unclassified' AND gender <> 'Unclassified'""",
            [str(path)],
        ).fetchall()
    phases = {"State-funded primary": "primary", "State-funded secondary": "secondary", "Special": "special"}
    cells: dict[Cell, list[int]] = {}
    for kind, meals, needs, sex, year, *bands in found:
        phase, any_need = phases[kind], needs.startswith("Any")
        in_phase = {"primary": year <= 6, "secondary": year >= 7, "special": any_need}[phase]
        if in_phase:
            cells[phase, meals == "Eligible", any_need, sex[0], year] = [int(band) for band in bands]
    return cells


def _fitted(
    cells: dict[Cell, list[int]],
) -> tuple[dict[tuple[str, bool, bool], list[float]], dict[tuple[str, str, int], float]]:
    """Cut points and shifts, each in turn, until nothing moves."""
    shifts = {(cell[0], cell[3], cell[4]): 0.0 for cell in cells}
    cuts: dict[tuple[str, bool, bool], list[float]] = {}
    for _ in range(30):
        for group in {cell[:3] for cell in cells}:
            parts = [(shifts[c[0], c[3], c[4]], bands) for c, bands in cells.items() if c[:3] == group]
            summed = list(accumulate(sum(band) for band in zip(*(bands for _, bands in parts), strict=True)))
            weights = [(moved, sum(bands)) for moved, bands in parts]
            cuts[group] = [_solved(weights, upto) for upto in summed[:10]]
        for who in shifts:
            parts_of = [(cuts[c[:3]][1], bands) for c, bands in cells.items() if (c[0], c[3], c[4]) == who]
            below = sum(sum(bands[:2]) for _, bands in parts_of)
            # The same equation with the roles swapped: the shift is what is taken from every cut.
            shifts[who] = -_solved([(-cut, sum(bands)) for cut, bands in parts_of], below)
    return cuts, shifts


def _solved(weights: list[tuple[float, int]], below: float) -> float:
    """The point below which so many pupils lie, where each group is moved up by its shift."""
    return float(brentq(lambda at: sum(n * NORMAL.cdf(at - moved) for moved, n in weights) - below, -6, 8))
