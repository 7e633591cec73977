"""Rules that count days agree with the same rule written in plain Python, on whatever dates come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ropewalk.core.returns.checks import check
from ropewalk.core.returns.checks.phrases import school_day
from ropewalk.core.returns.running import run_query
from ropewalk.core.returns.tables import open_tables
from ropewalk.core.schema.calendar import academic_year

SCHOOLS = (100001, 100002)
SETTINGS = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
# Days of three weeks, so that they meet often.
DAYS = st.dates(date(2024, 11, 2), date(2024, 11, 24))
BIRTHDAYS = st.dates(date(2003, 1, 1), date(2022, 12, 31))


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    con = open_tables(Path(tmp_path_factory.mktemp("scratch")), memory="400MB")
    con.execute("INSERT INTO context VALUES (DATE '2025-08-01')")
    yield con
    con.close()


def _found(con, rule: str, **tables: list[dict[str, object]]) -> set[int]:
    """Lines a rule finds in tables that hold these rows and no others; lines count from 1."""
    for table in ("roll", "register", "suspensions", "problem"):
        con.execute(f"DELETE FROM {table}")  # noqa: S608
    for table, rows in tables.items():
        for line, row in enumerate(rows, start=1):
            cells = {"file": 1, "line": line, "pupil": "P", "upn": "P", **row}
            names, marks = ", ".join(cells), ", ".join("?" * len(cells))
            con.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(cells.values()))  # noqa: S608
    declared = check(rule)
    for query in declared.queries:
        run_query(con, declared, query)
    return {line for (line,) in con.execute("SELECT line FROM problem").fetchall()}


def _school_days(start: date, number: int) -> list[date]:
    """The first so many days from Monday to Friday, from a day on."""
    days: list[date] = []
    day = start
    while len(days) < number:
        if day.weekday() < 5:
            days.append(day)
        day += timedelta(days=1)
    return days


SUSPENSIONS = st.lists(
    st.fixed_dictionaries(
        {
            "urn": st.sampled_from(SCHOOLS),
            "category": st.sampled_from(["SUSP", "SUSP", "SUSP", "LNCH", "PERM"]),
            "start_date": DAYS,
            "sessions": st.one_of(st.none(), st.integers(1, 12)),
            "cancelled": st.sampled_from([False, False, None, True]),
        }
    ),
    max_size=7,
    unique_by=lambda row: (row["urn"], row["category"], row["start_date"]),
)


@given(day=DAYS, number=st.integers(0, 400))
@SETTINGS
def test_school_days_are_counted_from_monday_to_friday(con, day: date, number: int) -> None:
    found = con.execute(f"SELECT {school_day('day', 'number')} FROM (SELECT ? AS day, ? AS number)", [day, number])  # noqa: S608
    assert found.fetchone() == (_school_days(day, number + 1)[-1],)


@given(rows=SUSPENSIONS, times=st.integers(1, 12), summer=st.booleans())
@SETTINGS
def test_days_suspended_add_up_across_schools_within_a_year(con, rows, times: int, summer: bool) -> None:
    rows = [{**row, "sessions": row["sessions"] and row["sessions"] * times} for row in rows]
    if summer:
        rows = [{**row, "start_date": row["start_date"] - timedelta(days=105)} for row in rows]
    rows = [{**row, "year": academic_year(row["start_date"])} for row in rows]
    expected, half_days = set(), {}
    counted = [(row["start_date"], line, row) for line, row in enumerate(rows, start=1) if not row["cancelled"]]
    for _, line, row in sorted(counted, key=lambda one: one[:2]):
        if row["category"] == "PERM":
            continue
        length = row["sessions"] or (1 if row["category"] == "LNCH" else 0)
        half_days[row["year"]] = half_days.get(row["year"], 0) + length
        if half_days[row["year"]] > 90:
            expected.add(line)
    assert _found(con, "suspended_too_long", suspensions=rows) == expected


@given(rows=SUSPENSIONS)
@SETTINGS
def test_suspensions_overlap_when_a_whole_school_day_is_in_both(con, rows) -> None:
    real = [(line, row) for line, row in enumerate(rows, start=1) if row["category"] == "SUSP" and not row["cancelled"]]
    expected = {
        line
        for line, row in real
        for _, other in real
        if other["urn"] == row["urn"]
        and (other["sessions"] or 0) > 1
        and other["start_date"] < row["start_date"]
        and row["start_date"] <= _school_days(other["start_date"], other["sessions"] // 2)[-1]
    }
    assert _found(con, "suspension_overlap", suspensions=rows) == expected


@given(row=SUSPENSIONS.filter(bool).map(lambda rows: rows[0]), days=st.integers(-1, 8), half=st.integers(0, 1))
@SETTINGS
def test_present_while_suspended_looks_only_at_sessions_covered_from_morning_or_noon(con, row, days, half) -> None:
    day = row["start_date"] + timedelta(days=days)
    assume(day.weekday() < 5)
    codes = ["E"] * 10
    codes[2 * day.weekday() + half] = "/" if half == 0 else "L"
    week = {"urn": row["urn"], "week": day - timedelta(days=day.weekday()), "codes": codes}
    length = row["sessions"] or 0
    # Session 0 is the first morning; begun at noon or not, the suspension covers 1 to its length less one.
    first_days = _school_days(row["start_date"], length // 2 + 1)
    sure = {(first_days[number // 2], number % 2) for number in range(1, length)}
    counts = row["category"] == "SUSP" and not row["cancelled"]
    expected = {1} if counts and (day, half) in sure else set()
    assert _found(con, "present_while_suspended", suspensions=[row], register=[week]) == expected


ENROLMENTS = st.lists(
    st.fixed_dictionaries(
        {
            "urn": st.sampled_from(SCHOOLS),
            "start_date": DAYS,
            "leaving_date": st.one_of(st.none(), DAYS),
            "enrolment_status": st.sampled_from([None, "C", "C", "M", "S", "G"]),
        }
    ),
    max_size=5,
    unique_by=lambda row: (row["urn"], row["start_date"]),
)


def _on_roll(row: dict[str, object]) -> set[date]:
    last = row["leaving_date"] or date(2025, 8, 1)
    return {row["start_date"] + timedelta(days=number) for number in range((last - row["start_date"]).days + 1)}


@given(rows=ENROLMENTS)
@SETTINGS
def test_two_sole_rolls_share_a_day(con, rows) -> None:
    sole = [(line, _on_roll(row)) for line, row in enumerate(rows, start=1) if row["enrolment_status"] in (None, "C")]
    expected = {line for line, days in sole for other, others in sole if line != other and days & others}
    assert _found(con, "two_sole_rolls_same_day", roll=rows) == expected


@given(rows=ENROLMENTS)
@SETTINGS
def test_main_and_other_school_belong_together_where_their_days_meet(con, rows) -> None:
    several = len({row["urn"] for row in rows}) > 1
    # An enrolment that ends before it begins is taken as not ended.
    rows_in_order = [row if _on_roll(row) else {**row, "leaving_date": None} for row in rows]
    for rule, mine, partner in (("main_without_subsidiary", "M", "S"), ("subsidiary_without_main", "S", "M")):
        expected = {
            line
            for line, row in enumerate(rows_in_order, start=1)
            if row["enrolment_status"] == mine
            and several
            and not any(
                other["enrolment_status"] == partner and other["urn"] != row["urn"] and _on_roll(row) & _on_roll(other)
                for other in rows_in_order
            )
        }
        assert _found(con, rule, roll=rows) == expected


@given(rows=ENROLMENTS, monday=DAYS.map(lambda day: day - timedelta(days=day.weekday())))
@SETTINGS
def test_a_week_of_marks_is_early_late_or_in_order(con, rows, monday: date) -> None:
    week = {"urn": SCHOOLS[0], "week": monday, "codes": ["/", "\\"] * 5}
    here = [row if _on_roll(row) else {**row, "leaving_date": None} for row in rows if row["urn"] == SCHOOLS[0]]
    days = [monday + timedelta(days=number) for number in range(5)]
    first = min((row["start_date"] for row in here), default=None)
    early = bool(here) and any(day < first for day in days)
    late = bool(here) and any(day >= first and not any(day in _on_roll(row) for row in here) for day in days)
    assert _found(con, "mark_before_entry", roll=rows, register=[week]) == ({1} if early else set())
    assert _found(con, "mark_after_leaving", roll=rows, register=[week]) == ({1} if late else set())


def _birthday(born: date, age: int) -> date:
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 2, 28)


# Days about the end of June and the days on which compulsory school age may begin.
TURNS = st.one_of(
    st.dates(date(2025, 6, 25), date(2025, 7, 1)),
    st.dates(date(2024, 12, 30), date(2025, 1, 2)),
    st.dates(date(2025, 3, 28), date(2025, 4, 2)),
)


@given(day=TURNS, age=st.sampled_from([5, 16]), days=st.integers(-130, 330))
@SETTINGS
def test_compulsory_school_age_begins_on_a_prescribed_day_and_ends_on_the_last_friday_of_june(
    con, day: date, age: int, days: int
) -> None:
    assume(day.weekday() < 5)
    born = _birthday(day, -age) - timedelta(days=days)
    codes = ["/", "\\"] * 5
    codes[2 * day.weekday()] = "X"
    week = {"urn": SCHOOLS[0], "week": day - timedelta(days=day.weekday()), "year": "2024/25", "codes": codes}
    fifth, sixteenth = _birthday(born, 5), _birthday(born, 16)
    begins = fifth
    while (begins.month, begins.day) not in {(3, 31), (8, 31), (12, 31)}:
        begins += timedelta(days=1)
    ends = date(sixteenth.year + (sixteenth.month >= 9), 6, 30)
    while ends.weekday() != 4:
        ends -= timedelta(days=1)
    roll = [{"urn": SCHOOLS[0], "date_of_birth": born, "start_date": date(2024, 9, 2)}]
    expected = {1} if begins <= day <= ends else set()
    assert _found(con, "not_required_mark_of_school_age", roll=roll, register=[week]) == expected


@given(born=BIRTHDAYS, taught=st.sampled_from(["N1", "N2", "R", *map(str, range(1, 15))]))
@SETTINGS
def test_year_group_goes_with_age_on_the_last_day_of_august(con, born: date, taught: str) -> None:
    entry = date(2024, 9, 2)
    roll = [{"urn": SCHOOLS[0], "date_of_birth": born, "start_date": entry, "year": "2024/25", "year_group": taught}]
    age = 2024 - born.year - ((born.month, born.day) > (8, 31))
    usual = {"N1": 2, "N2": 3, "R": 4}.get(taught) or int(taught) + 4
    possible = _birthday(born, 2) <= entry and age < 20
    expected = {1} if possible and abs(age - usual) > 1 else set()
    assert _found(con, "year_group_against_age", roll=roll) == expected
    assert _found(con, "birth_date_implausible", roll=roll) == (set() if possible else {1})
