"""Progress scores: arithmetic by hand, who is not in them, and years that have none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ropewalk.core.compare.progress_scores import (
    YEARS_WITHOUT,
    Band,
    NationalTable,
    PupilResult,
    progress_score,
    pupil_score,
)
from ropewalk.core.measures.catalogue.progress8 import MEASURE

# Made up: the shape of the national table, not its numbers.
TABLE = NationalTable("2023/24", (Band(80, 20.0), Band(95, 35.0), Band(100, 45.0), Band(110, 62.0)), 1.25)
TABLES = {"2023/24": TABLE}
PUPILS = st.builds(
    PupilResult, st.none() | st.integers(0, 90).map(float), st.none() | st.floats(70, 120, allow_nan=False)
)


@pytest.mark.parametrize(
    ("prior", "expected"),
    [(79.9, None), (80, 20.0), (94.9, 20.0), (95, 35.0), (100, 45.0), (109.99, 45.0), (110, 62.0), (120, 62.0)],
)
def test_a_band_runs_from_its_lowest_up_to_the_next(prior: float, expected: float | None) -> None:
    assert TABLE.expected(prior) == expected


def test_a_pupil_one_grade_above_like_pupils_in_every_subject_has_one() -> None:
    assert pupil_score(55.0, 101, TABLE) == 1.0
    assert pupil_score(55.0, 60, TABLE) is None


def test_the_school_is_the_mean_with_the_national_spread_over_the_root_of_the_pupils() -> None:
    pupils = [PupilResult(55.0, 101), PupilResult(30.0, 96), PupilResult(40.0, 104), PupilResult(26.0, 80)]
    score = progress_score(pupils, "2023/24", TABLES)
    # (1.0 - 0.5 - 0.5 + 0.6) / 4, and 1.96 * 1.25 / 2.
    assert score.value == pytest.approx(0.15)
    assert score.interval is not None
    assert score.interval.upper - score.interval.lower == pytest.approx(2 * 1.959964 * 1.25 / 2, abs=1e-6)
    assert score.words == "+0.15 (−1.07 to +1.37): no clear difference from pupils in England with the same start."


def test_pupils_without_prior_attainment_are_counted_and_said() -> None:
    known = [PupilResult(30.0, 101)] * 40
    score = progress_score(
        [*known, PupilResult(70.0, None), PupilResult(70.0, 60.0), PupilResult(None, 100.0)], *_year()
    )
    assert (score.pupils, score.without_prior, score.without_result) == (40, 2, 1)
    assert score.value == pytest.approx(-1.5)
    assert score.words == (
        "−1.50 (−1.89 to −1.11): lower than pupils in England with the same start. "
        "2 of 43 pupils have no known prior attainment and are not in it. "
        "1 of 43 pupils have no Attainment 8 and are not in it."
    )


def _year() -> tuple[str, dict[str, NationalTable]]:
    return "2023/24", TABLES


@pytest.mark.parametrize(
    ("year", "missed"),
    [("2024/25", "not held in 2019/20"), ("2025/26", "not held in 2020/21"), ("2019/20", "not given by examination")],
)
def test_years_without_progress_give_a_reason_and_no_number(year: str, missed: str) -> None:
    # Even a table somebody made for such a year changes nothing.
    tables = {year: NationalTable(year, (Band(80, 40.0),), 1.2)}
    score = progress_score([PupilResult(50.0, 100)] * 30, year, tables)
    assert (score.value, score.interval, score.pupils) == (None, None, 0)
    assert score.words.startswith(f"No Progress 8 for {year}")
    assert missed in score.words


def test_the_years_without_are_those_the_measure_declares() -> None:
    assert set(YEARS_WITHOUT) == set(MEASURE.not_collected)


def test_a_year_without_a_table_and_pupils_without_results_give_reasons() -> None:
    assert progress_score([], "2018/19", TABLES).words == "No national table of 2018/19 was supplied."
    assert progress_score([PupilResult(None, 100.0)], "2023/24", TABLES).words.startswith("No pupil has both")


@pytest.mark.parametrize("bands", [(), (Band(90, 1.0), Band(80, 2.0)), (Band(90, 1.0), Band(90, 2.0))])
def test_a_table_out_of_order_is_refused(bands: tuple[Band, ...]) -> None:
    with pytest.raises(ValueError, match="must rise"):
        NationalTable("2023/24", bands, 1.2)


def test_a_table_without_its_spread_or_under_another_year_is_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        NationalTable("2023/24", (Band(80, 1.0),), 0.0)
    with pytest.raises(ValueError, match="its own year"):
        progress_score([], "2022/23", {"2022/23": TABLE})


@given(st.lists(PUPILS, max_size=60))
def test_every_pupil_is_in_the_score_or_counted_as_not(pupils: list[PupilResult]) -> None:
    score = progress_score(pupils, "2023/24", TABLES)
    assert score.pupils + score.without_prior + score.without_result == len(pupils)
    assert (score.value is None) == (score.pupils == 0)
    if score.value is not None and score.interval is not None:
        assert score.interval.lower < score.value < score.interval.upper


@given(st.lists(PUPILS, min_size=1, max_size=30), st.integers(-30, 30))
def test_ten_points_more_for_everybody_is_one_grade_more(pupils: list[PupilResult], points: int) -> None:
    more = [PupilResult(None if p.attainment8 is None else p.attainment8 + points, p.prior) for p in pupils]
    before, after = progress_score(pupils, "2023/24", TABLES), progress_score(more, "2023/24", TABLES)
    if before.value is None or after.value is None:
        assert before.value is after.value
    else:
        assert after.value - before.value == pytest.approx(points / 10)
