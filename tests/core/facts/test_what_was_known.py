"""What holds at any moment, after any sequence of submissions and corrections: as a naive model of plain lists says."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ropewalk.core.facts.assembling import assemble, stand_ins
from ropewalk.core.facts.catalogue import Coverage, NewSubmission, Snapshot, Submission
from ropewalk.core.facts.layout import FACT_TABLES
from ropewalk.core.facts.live import meeting_spans
from ropewalk.core.facts.store import Facts
from ropewalk.core.facts.writing import write_facts
from ropewalk.core.identity.links import add_former_numbers

Row = tuple[Any, ...]
SCHOOLS, RECORDS = (100001, 100002), (1, 2, 3, 4)
WEEKS = [date(2025, 6, 30) + timedelta(weeks=number) for number in range(12)]
YEARS = ("2024/25", "2025/26")

attendance_rows = st.tuples(
    st.sampled_from(SCHOOLS), st.sampled_from(RECORDS), st.sampled_from(WEEKS), st.integers(0, 10)
)
roll_rows = st.tuples(
    st.sampled_from(SCHOOLS), st.sampled_from(RECORDS), st.sampled_from(YEARS), st.sampled_from(WEEKS)
)
suspension_rows = st.tuples(
    st.sampled_from(SCHOOLS),
    st.sampled_from(RECORDS),
    st.sampled_from(("SUSP", "PERM")),
    st.sampled_from(WEEKS),
    st.booleans(),
)
result_rows = st.tuples(
    st.sampled_from(SCHOOLS), st.sampled_from(RECORDS), st.sampled_from(YEARS), st.just("GLD"), st.integers(0, 1)
)
submissions = st.fixed_dictionaries(
    {
        # A file speaks once of a week of a pupil, and once of an event.
        "attendance": st.lists(attendance_rows, max_size=12, unique_by=lambda row: row[:3]),
        "roll": st.lists(roll_rows, max_size=6, unique=True),
        "suspensions": st.lists(suspension_rows, max_size=4, unique_by=lambda row: row[:4]),
        "results": st.lists(result_rows, max_size=4, unique_by=lambda row: row[:4]),
        "links": st.lists(st.tuples(st.sampled_from(RECORDS), st.sampled_from(RECORDS)), max_size=1),
    }
)
COLUMNS = {
    "attendance": ("school", "record", "week", "possible"),
    "roll": ("school", "record", "year", "start"),
    "suspensions": ("school", "record", "category", "start", "cancelled"),
    "results": ("school", "record", "year", "assessment", "value"),
}
KEY_LENGTH = {"attendance": 3, "roll": 3, "suspensions": 4, "results": 4}


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"threads": 1}) as opened:
        for table in FACT_TABLES.values():
            opened.execute(f"CREATE TABLE fact_{table.id} ({table.ddl})")
        yield opened


def record(con: duckdb.DuckDBPyConnection, facts: Facts, number: int, sent: dict[str, list[Row]]) -> str:
    """Record a submission of plain rows, by the same steps as a real one."""
    at, receipt = f"2026-01-{number:02d}T00:00:00.000000Z", f"R{number}"
    files, coverage = [], []
    add_former_numbers(facts.book, sent["links"], by="me", recorded_at=at, submission=receipt)
    with facts.writing():
        for table, columns in COLUMNS.items():
            con.execute(f"DELETE FROM fact_{table}")  # noqa: S608
            for row in sent[table]:
                marks = ", ".join("?" * len(row))
                con.execute(f"INSERT INTO fact_{table} ({', '.join(columns)}) VALUES ({marks})", list(row))  # noqa: S608
            if sent[table]:
                file, covered = write_facts(con, facts, table, receipt, number)
                files.append(file)
                coverage += covered
        submission = Submission(number, receipt, at, "me", f"content {number}", "{}")
        facts.commit(NewSubmission(submission, files, coverage, []))
    return at


def naive_children(sent: list[dict[str, list[Row]]]) -> dict[int, int]:
    """The smallest record each is held together with."""
    child = {record: record for record in RECORDS}
    for one, other in (pair for submission in sent for pair in submission["links"]):
        lower, upper = sorted((child[one], child[other]))
        child = {record: lower if number == upper else number for record, number in child.items()}
    return child


def naive(table: str, sent: list[dict[str, list[Row]]]) -> Counter[Row]:
    """The rows that hold: of all with one key those sent last."""
    child = naive_children(sent)
    last: dict[Row, tuple[int, list[Row]]] = {}
    for number, submission in enumerate(sent):
        for row in submission[table]:
            key = (row[0], child[row[1]], *row[2 : KEY_LENGTH[table]])
            before = last.get(key)
            rows = before[1] if before and before[0] == number else []
            last[key] = (number, [*rows, (*row, child[row[1]])])
    return Counter(row for _, rows in last.values() for row in rows)


def found(con: duckdb.DuckDBPyConnection, table: str) -> Counter[Row]:
    sql = {
        "attendance": "SELECT school, record, week, possible, child FROM attendance",
        "roll": "SELECT school, record, year, start, child FROM live_roll",
        "suspensions": "SELECT school, record, category, start, false, child FROM suspension",
        "results": "SELECT school, record, year, assessment, value, child FROM result",
    }
    return Counter(con.execute(sql[table]).fetchall())


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(submissions, min_size=1, max_size=5))
def test_what_was_known_on_any_day_is_what_a_naive_model_says(
    con: duckdb.DuckDBPyConnection, sent: list[dict[str, list[Row]]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        facts = Facts(Path(folder))
        moments = [record(con, facts, number, one) for number, one in enumerate(sent, start=1)]
        # Asked for in the end, every earlier state is still there; nobody had to ask at the time.
        for number, moment in enumerate(moments, start=1):
            assemble(con, facts, as_of=moment)
            known = sent[:number]
            assert found(con, "attendance") == naive("attendance", known)
            assert found(con, "roll") == naive("roll", known)
            assert found(con, "results") == naive("results", known)
            counted = Counter({row: n for row, n in naive("suspensions", known).items() if not row[4]})
            assert found(con, "suspensions") == counted
        assemble(con, facts, as_of="2025-12-31")
        assert not found(con, "attendance") and not found(con, "roll")


@given(st.lists(st.tuples(st.sampled_from(SCHOOLS), st.integers(0, 20), st.integers(0, 6)), max_size=8))
def test_spans_meet_exactly_on_the_days_two_submissions_cover(spans: list[tuple[int, int, int]]) -> None:
    day = [f"2025-09-{number + 1:02d}" for number in range(30)]
    coverage = [
        Coverage(number, "attendance", school, "2025/26", day[first], day[first + length], 1, 1)
        for number, (school, first, length) in enumerate(spans)
    ]
    covered = Counter(
        (school, day[place]) for school, first, length in spans for place in range(first, first + length + 1)
    )
    met = {(school, one) for school, first, last in meeting_spans(coverage) for one in day if first <= one <= last}
    assert met == {key for key, times in covered.items() if times > 1}


def test_the_academic_year_of_a_week_is_that_of_its_monday(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    facts = Facts(tmp_path)
    weeks = [date(2024, 7, 29), date(2024, 8, 5), date(2025, 7, 28), date(2025, 8, 4)]
    rows: list[Row] = [(SCHOOLS[0], 1, week, 10) for week in weeks]
    record(con, facts, 1, {"attendance": rows, "roll": [], "suspensions": [], "results": [], "links": []})
    assemble(con, facts)
    years = con.execute("SELECT year FROM attendance ORDER BY week").fetchall()
    assert [year for (year,) in years] == ["2023/24", "2024/25", "2024/25", "2025/26"]


def test_where_a_year_has_no_roll_the_nearest_one_stands_in() -> None:
    def covers(table: str, school: int, year: str) -> Coverage:
        return Coverage(1, table, school, year, year, year, 1, 1)

    snapshot = Snapshot(
        coverage=(
            covers("roll", 1, "2022/23"),
            covers("roll", 1, "2024/25"),
            covers("attendance", 1, "2022/23"),
            covers("attendance", 1, "2023/24"),
            covers("suspensions", 1, "2020/21"),
            covers("results", 1, "2019/20"),
            covers("attendance", 2, "2023/24"),
        )
    )
    assert stand_ins(snapshot) == [(1, "2020/21", "2022/23"), (1, "2023/24", "2024/25")]


def test_only_those_who_were_there_stand_in(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    facts = Facts(tmp_path)
    sent: dict[str, list[Row]] = {
        "roll": [(SCHOOLS[0], 1, "2024/25", date(2024, 9, 3)), (SCHOOLS[0], 2, "2024/25", date(2022, 9, 3))],
        "attendance": [(SCHOOLS[0], 2, date(2023, 9, 11), 10)],
        "suspensions": [],
        "results": [],
        "links": [],
    }
    record(con, facts, 1, sent)
    assemble(con, facts)
    rows = con.execute("SELECT record, year FROM enrolment ORDER BY ALL").fetchall()
    assert rows == [(1, "2024/25"), (2, "2023/24"), (2, "2024/25")]


def test_a_store_without_returns_is_empty_and_stays_untouched(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    assemble(con, Facts(tmp_path / "store"))
    assert con.execute("SELECT count(*) FROM enrolment").fetchall() == [(0,)]
    assert not (tmp_path / "store").exists()
