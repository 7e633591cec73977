"""Daily registers: every layout read whole, figures as published, marks as reasons."""

from __future__ import annotations

import pytest

PLYMOUTH, BLACKPOOL, ENGLAND = "E06000026", "E06000009", "E92000001"
DAILY = """SELECT value FROM figure WHERE current AND place = ? AND measure = ? AND phase = ? AND period = ?
    AND grp = 'all' AND school IS NULL"""


def test_every_row_of_every_file_is_accounted_for(daily_registers, published_rows):
    editions = daily_registers.manifest.editions
    assert len(editions) == 10
    for edition in editions:
        assert edition["read"] == published_rows[edition["file"]], edition["file"]
        assert edition["read"] == edition["kept"] + edition["refused"] + edition["missing"]
        assert edition["refused"] == 0


def test_layouts_are_two_publications_of_one_design(daily_registers):
    by_file = {edition["file"]: edition["publication"] for edition in daily_registers.manifest.editions}
    since = {name for name, publication in by_file.items() if publication == "daily_attendance_by_education_phase"}
    assert since == {"attendance_full_year_la_2025_26.csv.gz", "attendance_weekly_la_2025_weeks37_45.csv.gz"}
    assert list(by_file.values()).count("daily_attendance") == 7


@pytest.mark.parametrize(
    ("place", "measure", "phase", "period", "published"),
    [
        (ENGLAND, "daily_absence_overall", "all", "2022/23", 7.53),
        (ENGLAND, "daily_absence_overall", "all", "2023/24", 7.21),
        (ENGLAND, "daily_absence_overall", "all", "2024/25", 6.87),
        (ENGLAND, "daily_absence_overall", "all", "2025/26", 6.88),
        (ENGLAND, "daily_persistent_absence", "all", "2022/23", 22.31),
        (ENGLAND, "daily_persistent_absence", "all", "2023/24", 20.66),
        (ENGLAND, "daily_persistent_absence", "all", "2024/25", 18.70),
        (ENGLAND, "daily_persistent_absence", "all", "2025/26", 18.78),
        (ENGLAND, "daily_absence_overall", "all", "2025-W37", 100 - 95.25),
        (PLYMOUTH, "daily_absence_overall", "secondary", "2024/25", 10.44),
        (PLYMOUTH, "daily_persistent_absence", "secondary", "2024/25", 29.68),
        (PLYMOUTH, "daily_part_time_sessions", "secondary", "2024/25", 0.42),
        (PLYMOUTH, "daily_suspended_sessions", "secondary", "2024/25", 0.38),
        (BLACKPOOL, "daily_absence_overall", "secondary", "2024/25", 9.83),
        (BLACKPOOL, "daily_persistent_absence", "secondary", "2024/25", 30.39),
        (ENGLAND, "daily_persistent_absence_to_date", "all", "2025-W30", 18.70),
        (PLYMOUTH, "daily_persistent_absence_to_date", "secondary", "2025-W30", 29.68),
    ],
)
def test_known_figures(daily_registers, ask, place, measure, phase, period, published):
    rows = ask(daily_registers, DAILY, [place, measure, phase, period])
    assert len(rows) == 1
    assert rows[0][0] == pytest.approx(published, abs=0.005001)


def test_terms_and_weeks_become_periods(daily_registers, ask):
    rows = ask(daily_registers, "SELECT DISTINCT period FROM figure WHERE measure = 'daily_illness'")
    weeks = {f"2024-W{week}" for week in range(37, 50)} | {f"2025-W{week}" for week in range(37, 46)}
    years = {"2022/23", "2023/24", "2024/25", "2025/26"}
    assert {period for (period,) in rows} == weeks | years | {f"2024/25 {t}" for t in ("autumn", "spring", "summer")}


def test_persistent_absence_in_a_term_file_is_of_that_term_alone(daily_registers, ask):
    sql = """SELECT period, round(value, 2) FROM figure WHERE place = ? AND phase = 'all' AND measure = ? AND current"""
    term = dict(ask(daily_registers, sql, [ENGLAND, "daily_persistent_absence"]))
    to_date = dict(ask(daily_registers, sql, [ENGLAND, "daily_persistent_absence_to_date"]))
    # A year to date could not rise to 23.98 in the summer term and end the year at 18.70.
    assert (term["2024/25 autumn"], term["2024/25 spring"], term["2024/25 summer"]) == (19.14, 20.22, 23.98)
    assert term["2024/25"] == to_date["2025-W30"] == 18.70
    assert to_date["2025-W15"] == 18.35


def test_suppressed_cells_and_weeks_without_sessions_become_reasons(daily_registers, ask):
    reasons = dict(
        ask(
            daily_registers,
            "SELECT raw || ' ' || missing, count(*) FROM figure "
            "WHERE measure = 'daily_lateness' AND missing IS NOT NULL GROUP BY ALL",
        )
    )
    assert reasons == {"c suppressed": 115, "NaN not_applicable": 17}
    contradictory = ask(daily_registers, "SELECT count(*) FROM figure WHERE (value IS NULL) = (missing IS NULL)")
    assert contradictory == [(0,)]
    assert ask(daily_registers, "SELECT count(*) FROM figure WHERE isnan(value)") == [(0,)]


SHARES = (
    "daily_absence_overall",
    "daily_absence_authorised",
    "daily_absence_unauthorised",
    "daily_illness",
    "daily_lateness",
    "daily_suspended_sessions",
    "daily_part_time_sessions",
)


@pytest.mark.parametrize("measure", SHARES)
def test_shares_equal_the_counts_shown_with_them(daily_registers, ask, measure):
    compared, worst = ask(
        daily_registers,
        "SELECT count(*), max(abs(value - 100.0 * numerator / denominator)) FROM figure "
        "WHERE measure = ? AND value IS NOT NULL AND numerator IS NOT NULL",
        [measure],
    )[0]
    assert compared > 13_000
    assert worst < 1e-6


def test_totals_until_2024_25_are_weighted_and_carry_no_counts(daily_registers, ask):
    """The sessions of all phases would give 7.46 for England in 2022/23; published, weighted to the census, is 7.53."""
    ((overall, possible, published),) = ask(
        daily_registers,
        "SELECT CAST(overall_absence AS DOUBLE), CAST(possible_sessions AS DOUBLE), overall_absence_perc "
        "FROM published_daily_attendance WHERE geographic_level = 'National' AND school_type = 'Total' "
        "AND time_period = '202223'",
    )
    assert round(100 * overall / possible, 2) == 7.46
    assert round(float(published), 2) == 7.53
    with_counts = ask(
        daily_registers,
        "SELECT DISTINCT e.publication FROM figure f JOIN edition e ON e.id = f.edition "
        "WHERE phase = 'all' AND numerator IS NOT NULL AND measure <> 'daily_lateness'",
    )
    assert with_counts == [("daily_attendance_by_education_phase",)]


def test_averages_are_never_counts_of_a_figure(daily_registers, ask):
    fractions = ask(
        daily_registers, "SELECT count(*) FROM published_daily_attendance WHERE enrolments LIKE '%.%' AND row < 500"
    )[0][0]
    assert fractions > 0
    assert ask(
        daily_registers,
        "SELECT count(*) FROM figure WHERE measure LIKE 'daily_persistent%' "
        "AND (numerator IS NOT NULL OR denominator IS NOT NULL)",
    ) == [(0,)]


def test_one_figure_for_each_cell(daily_registers, ask):
    assert (
        ask(
            daily_registers,
            "SELECT place, measure, phase, grp, period FROM figure GROUP BY ALL HAVING count(*) > 1",
        )
        == []
    )
