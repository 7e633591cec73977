"""What the macros understand of a cell, against plain Python and, for pupil numbers, against two other judges."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stdnum.gb import upn as stdnum_upn

from ropewalk.core.identity.upn import ALPHABET, is_shaped, is_valid
from ropewalk.core.returns.macros import make_macros
from ropewalk.core.schema.calendar import academic_year

SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect()
    make_macros(connection)
    yield connection
    connection.close()


def understood(con: duckdb.DuckDBPyConnection, macro: str, text: object) -> object:
    row = con.execute(f"SELECT {macro}(?)", [text]).fetchone()
    assert row is not None
    return row[0]


NUMBER = st.from_regex(r"\A[A-Z][0-9]{11}[0-9A-Z]\Z")


@SHARED
@given(NUMBER | st.text(max_size=14))
def test_pupil_numbers_are_judged_as_python_and_stdnum_do(con: duckdb.DuckDBPyConnection, number: str) -> None:
    assert understood(con, "upn_has_shape", number) == is_shaped(number)
    assert understood(con, "upn_letter_fits", number) == is_valid(number)
    if is_shaped(number) and number[1:4] in stdnum_upn._la_numbers:
        assert stdnum_upn.is_valid(number) == is_valid(number)


@SHARED
@given(st.sampled_from(["801", "931", "208"]), st.integers(0, 10**8 - 1), st.sampled_from("0123456789" + ALPHABET))
def test_exactly_one_letter_fits(con: duckdb.DuckDBPyConnection, council: str, digits: int, last: str) -> None:
    rest = f"{council}{digits:08d}{last}"
    fitting = [letter for letter in ALPHABET if understood(con, "upn_letter_fits", letter + rest)]
    assert len(fitting) == 1
    assert stdnum_upn.is_valid(fitting[0] + rest)


@SHARED
@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_a_day_is_understood_in_both_ways_of_writing(con: duckdb.DuckDBPyConnection, day: date) -> None:
    for text in (day.isoformat(), f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day.year}", f"{day}T00:00:00"):
        assert understood(con, "understood_day", text) == day
    assert understood(con, "academic_year", day) == academic_year(day)


@pytest.mark.parametrize(
    "text", ["31/02/2025", "09/29/2025", "2025-13-01", "0025-01-01", "45908", "8 Sep 2025", "", "-"]
)
def test_a_day_is_never_guessed(con: duckdb.DuckDBPyConnection, text: str) -> None:
    assert understood(con, "understood_day", text) is None


def test_two_digits_of_a_year_are_of_this_century(con: duckdb.DuckDBPyConnection) -> None:
    assert understood(con, "understood_day", "14/03/12") == date(2012, 3, 14)


@pytest.mark.parametrize("text", ["2024/25", "202425", "2025", "2024-25", "2024/2025", "2025.0", "202425.0"])
def test_academic_years_are_understood_as_they_are_written(con: duckdb.DuckDBPyConnection, text: str) -> None:
    assert understood(con, "understood_year", text) == "2024/25"


@pytest.mark.parametrize("text", ["2024/26", "24/25", "1999/00", "2024/", "year", "20242"])
def test_other_years_are_not(con: duckdb.DuckDBPyConnection, text: str) -> None:
    assert understood(con, "understood_year", text) is None


@SHARED
@given(st.text(max_size=12))
def test_any_text_is_understood_or_not_and_nothing_breaks(con: duckdb.DuckDBPyConnection, text: str) -> None:
    for macro in ("understood_day", "understood_year", "understood_whole", "understood_number", "understood_urn"):
        understood(con, macro, text)
    assert understood(con, "split_marks", text)
