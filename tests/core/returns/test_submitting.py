"""Submitting: idempotence, corrections, what was known before, places, records of children without a number."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb
import pytest

from ropewalk.core.errors import StoreFault
from ropewalk.core.facts.assembling import assemble
from ropewalk.core.facts.store import Facts
from ropewalk.core.identity.book import persons
from ropewalk.core.returns.receipts import new_receipt_id, receipt_of
from ropewalk.core.use_cases.returns import receipts


def _typed_returns() -> ModuleType:
    """The helper beside the tests of the facts; tests are imported by path, so this is too."""
    file = Path(__file__).parents[1] / "facts" / "typed_returns.py"
    spec = importlib.util.spec_from_file_location("typed_returns", file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["typed_returns"] = module
    spec.loader.exec_module(module)
    return module


T = _typed_returns()
SCHOOL, OTHER = 113533, 113534
A, B, C = T.upn(1), T.upn(2), T.upn(3)
WEEK = date(2025, 9, 8)
ILL = "I I I I I I I I I I"


@pytest.fixture
def facts(tmp_path: Path) -> Facts:
    return Facts(tmp_path / "store")


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"threads": 1}) as opened:
        yield opened


def rows(con: duckdb.DuckDBPyConnection, facts: Facts, sql: str, as_of: str | None = None) -> list[Any]:
    assemble(con, facts, as_of=as_of)
    return con.execute(sql).fetchall()


ABSENCE = "SELECT week, sum(authorised), sum(possible) FROM attendance GROUP BY week ORDER BY week"


def test_sessions_are_counted_by_the_category_of_their_year(facts: Facts, con: duckdb.DuckDBPyConnection) -> None:
    before, after = date(2023, 9, 11), date(2024, 9, 9)
    marks = "/ L V C2 I E O U D -"
    T.send(facts, [T.register(SCHOOL, A, before, marks.replace("C2", "J")), T.register(SCHOOL, A, after, marks)])
    sql = (
        "SELECT possible, present, approved, authorised, unauthorised, late, part_time, suspended, illness "
        "FROM attendance ORDER BY week"
    )
    # J was an approved activity until August 2024; a part-time timetable is authorised absence since.
    assert rows(con, facts, sql) == [(8, 2, 2, 2, 2, 2, 0, 1, 1), (8, 2, 1, 3, 2, 2, 1, 1, 1)]


def test_a_correction_holds_and_what_was_known_before_can_be_asked(
    facts: Facts, con: duckdb.DuckDBPyConnection
) -> None:
    first = T.send(facts, [T.register(SCHOOL, A, WEEK), T.register(SCHOOL, B, WEEK)])
    T.send(facts, [T.register(SCHOOL, A, WEEK, ILL)])
    assert rows(con, facts, ABSENCE) == [(WEEK, 10, 20)]
    assert rows(con, facts, ABSENCE, first.recorded_at) == [(WEEK, 0, 20)]
    assert rows(con, facts, ABSENCE, first.recorded_at[:10]) == [(WEEK, 0, 20)]
    assert rows(con, facts, ABSENCE, "2025-12-31") == []


def test_the_same_content_again_gives_the_receipt_it_had_even_after_a_correction(
    facts: Facts, con: duckdb.DuckDBPyConnection
) -> None:
    sent = [T.register(SCHOOL, A, WEEK)]
    first = T.send(facts, sent)
    T.send(facts, [T.register(SCHOOL, A, WEEK, ILL)])
    assert T.send(facts, sent) == first
    assert rows(con, facts, ABSENCE) == [(WEEK, 10, 10)]
    again = T.send(facts, sent, again=True)
    assert again.id != first.id
    assert rows(con, facts, ABSENCE) == [(WEEK, 0, 10)]
    assert len(receipts(facts)) == 3


def test_a_clock_that_goes_back_does_not_turn_history_round(facts: Facts, con: duckdb.DuckDBPyConnection) -> None:
    later, earlier = T.NOW + timedelta(days=900), T.NOW - timedelta(days=900)
    first = T.send(facts, [T.register(SCHOOL, A, WEEK)], at=later)
    second = T.send(facts, [T.register(SCHOOL, A, WEEK, ILL)], at=earlier)
    assert second.recorded_at == first.recorded_at
    assert rows(con, facts, ABSENCE) == [(WEEK, 10, 10)]


def test_a_cancelled_suspension_is_kept_and_not_counted(facts: Facts, con: duckdb.DuckDBPyConnection) -> None:
    day = date(2025, 10, 6)
    first = T.send(facts, [T.suspension(SCHOOL, A, day), T.suspension(SCHOOL, B, day)])
    T.send(facts, [T.suspension(SCHOOL, A, day, cancelled=True)])
    sql = "SELECT count(*) FROM suspension"
    assert rows(con, facts, sql) == [(1,)]
    assert rows(con, facts, sql, first.recorded_at) == [(2,)]


def test_a_newer_roll_replaces_all_rows_of_the_children_it_names(facts: Facts, con: duckdb.DuckDBPyConnection) -> None:
    away = {"leaving_date": date(2025, 10, 1)}
    T.send(
        facts,
        [T.roll(SCHOOL, A, **away), T.roll(SCHOOL, A, start_date=date(2025, 11, 1)), T.roll(SCHOOL, B)],
    )
    T.send(facts, [T.roll(SCHOOL, A)])
    sql = "SELECT count(*), count(leaving), count(DISTINCT child) FROM enrolment"
    assert rows(con, facts, sql) == [(2, 0, 2)]


def test_a_child_follows_its_former_number_to_another_school(facts: Facts, con: duckdb.DuckDBPyConnection) -> None:
    first = T.send(facts, [T.roll(SCHOOL, A, leaving_date=date(2025, 10, 1)), T.register(SCHOOL, A, WEEK)])
    T.send(facts, [T.roll(OTHER, B, former_upn=A), T.register(OTHER, B, WEEK + timedelta(weeks=5))])
    sql = "SELECT count(DISTINCT child), count(DISTINCT record), count(DISTINCT school) FROM attendance"
    assert rows(con, facts, sql) == [(1, 2, 2)]
    assert rows(con, facts, sql, first.recorded_at) == [(1, 1, 1)]


def test_a_week_known_under_two_numbers_of_one_child_counts_once(facts: Facts, con: duckdb.DuckDBPyConnection) -> None:
    T.send(facts, [T.register(SCHOOL, A, WEEK)])
    T.send(facts, [T.roll(SCHOOL, B, former_upn=A), T.register(SCHOOL, B, WEEK, ILL)])
    assert rows(con, facts, ABSENCE) == [(WEEK, 10, 10)]


def test_a_child_without_a_number_is_the_same_child_in_the_next_return(
    facts: Facts, con: duckdb.DuckDBPyConnection
) -> None:
    named = {"surname": "Quux", "forename": "Sam", "date_of_birth": date(2013, 4, 14)}
    T.send(facts, [T.roll(SCHOOL, f"{SCHOOL} line 7", **named), T.roll(SCHOOL, f"{SCHOOL} line 8")])
    T.send(facts, [T.roll(SCHOOL, f"{SCHOOL} line 2", **{**named, "surname": " quux "}, year_group="8")])
    sql = "SELECT count(DISTINCT child), max(year_group) FROM enrolment"
    assert rows(con, facts, sql) == [(2, "8")]
    T.send(facts, [T.roll(OTHER, f"{OTHER} line 2", **named)])
    assert rows(con, facts, sql) == [(3, "8")], "another school's word alone does not make it the same child"


def test_names_are_kept_in_the_book_and_nowhere_else(facts: Facts) -> None:
    T.send(facts, [T.roll(SCHOOL, A, surname="Quux", forename="Sam", postcode="PL1 2AB"), T.roll(SCHOOL, B)])
    [person] = persons(facts.book, T.KEY).values()
    assert (person.surname, person.postcode) == ("Quux", "PL1 2AB")
    with duckdb.connect() as con:
        [file] = (facts.folder / "roll").glob("*.parquet")
        names = {name for name, *_ in con.execute(f"DESCRIBE SELECT * FROM '{file}'").fetchall()}  # noqa: S608
    assert not names & {"surname", "forename", "postcode", "upn", "pupil", "date_of_birth"}


@pytest.mark.parametrize(("place", "where"), [(None, "E06000026"), ("E06000023", "E06000023")])
def test_a_school_no_register_knows_is_where_it_says_or_where_its_numbers_come_from(
    facts: Facts, con: duckdb.DuckDBPyConnection, place: str | None, where: str
) -> None:
    rolls = [T.roll(SCHOOL, upn, year_group="7") for upn in (A, B)] + [T.roll(SCHOOL, T.upn(9, "330"), year_group="R")]
    T.send(facts, rolls, place=place)
    assert rows(con, facts, "SELECT * FROM school") == [(SCHOOL, f"School {SCHOOL}", where, "secondary", None)]


def test_a_school_of_young_children_is_a_primary_school(facts: Facts, con: duckdb.DuckDBPyConnection) -> None:
    years = ("R", "1", "7")
    T.send(facts, [T.roll(SCHOOL, T.upn(serial), year_group=year) for serial, year in enumerate(years)])
    assert rows(con, facts, "SELECT phase FROM school") == [("primary",)]


def test_what_was_sent_before_is_there_for_checks(facts: Facts) -> None:
    T.send(facts, [T.roll(SCHOOL, A, sex="F"), T.register(SCHOOL, A, WEEK), T.roll(OTHER, B)])
    found = T.send(facts, [T.roll(SCHOOL, A, sex="M"), T.roll(SCHOOL, B)]).problems
    assert found["sex_changed"] == 1
    assert found["on_another_sole_roll"] == 1


def test_a_receipt_that_was_changed_is_told(facts: Facts) -> None:
    T.send(facts, [T.register(SCHOOL, A, WEEK)])
    [submission] = facts.snapshot().submissions
    assert receipt_of(submission.receipt).facts == {"attendance": 1}
    with pytest.raises(StoreFault, match="not what was written"):
        receipt_of(submission.receipt.replace('"attendance": 1', '"attendance": 2'))


def test_names_of_receipts_are_short_and_never_given_twice() -> None:
    first = new_receipt_id("content", "2026-03-01T10:00:00.000000Z", ())
    assert first.startswith("R20260301-") and len(first) == len("R20260301-7K3QX")
    assert new_receipt_id("content", "2026-03-01T10:00:00.000000Z", {first}) != first


def test_a_submission_that_fails_half_way_leaves_what_was_there(facts: Facts, con: duckdb.DuckDBPyConnection) -> None:
    T.send(facts, [T.register(SCHOOL, A, WEEK)])
    with pytest.raises(StoreFault, match="identity key"):
        T.send(facts, [T.register(SCHOOL, A, WEEK, ILL)], key=b"not the key of this store at all")
    assert rows(con, facts, ABSENCE) == [(WEEK, 0, 10)]
    T.send(facts, [T.register(SCHOOL, C, WEEK, ILL)])
    assert rows(con, facts, ABSENCE) == [(WEEK, 10, 20)]
