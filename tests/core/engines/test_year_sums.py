"""Whatever is asked, starting from the sums of years that are there already gives the same counts."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.core.engines.filled import filled, whole
from tests.core.engines.random_places import YEARS, Asked, places, questions
from tests.core.engines.test_engines_agree import difference

from ropewalk.core.engines import oracle
from ropewalk.core.engines.duckdb_engine import YEAR_COUNT, create, sql, work_out
from ropewalk.core.engines.plan import Plan, over_returns, spans_of
from ropewalk.core.engines.statements import Statements
from ropewalk.core.engines.year_counts import is_over, make_year_counts
from ropewalk.core.engines.year_sums import WAY_OF_COUNTING, YEAR_SUMS, make_year_sums, way_of_counting

_UNHURRIED = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


def with_year_sums(con: duckdb.DuckDBPyConnection, years: tuple[str, ...]) -> None:
    """The sums of some years, side by side."""
    for place, year in enumerate(years):
        make_year_sums(con, year)
        for name in YEAR_SUMS:
            into = f"INSERT INTO all_{name}" if place else f"CREATE TABLE all_{name} AS"
            con.execute(f"{into} SELECT * FROM {name}")  # noqa: S608 - our own names
    for name in YEAR_SUMS:
        con.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM all_{name}")  # noqa: S608 - our own names


@pytest.mark.slow
@_UNHURRIED
@given(places(), questions())
def test_counts_from_year_sums_are_those_of_the_oracle(rows: dict[str, list[dict[str, Any]]], asked: Asked) -> None:
    plan = asked.plan()
    expected = oracle.counts(whole(rows), plan)
    with filled(whole(rows)) as con:
        with_year_sums(con, plan.years)
        counted = work_out(con, replace(plan, from_year_sums=True)).counts()
        assert difference(counted, expected) == {"too many": [], "missing": []}


def with_year_counts(con: duckdb.DuckDBPyConnection, years: tuple[str, ...], sent: Any) -> None:
    """The counts of some years, side by side; the sums of the years are there."""
    con.execute(
        "CREATE TABLE all_year_count (level VARCHAR, key VARCHAR, measure VARCHAR, phase VARCHAR, grp INT, "
        "period VARCHAR, numerator BIGINT, denominator BIGINT)"
    )
    for year in years:
        make_year_counts(con, year, sent)
        con.execute(f"INSERT INTO all_year_count SELECT * FROM {YEAR_COUNT}")  # noqa: S608 - our own name
    con.execute(f"CREATE OR REPLACE TABLE {YEAR_COUNT} AS SELECT * FROM all_year_count")  # noqa: S608 - our own name


@pytest.mark.slow
@_UNHURRIED
@given(places(), questions(), st.data())
def test_counts_of_years_that_are_over_are_those_of_the_oracle(
    rows: dict[str, list[dict[str, Any]]], asked: Asked, data: st.DataObject
) -> None:
    plan = replace(asked.plan(), schools=(), today=date(2100, 1, 1))
    counted = data.draw(st.sets(st.sampled_from(plan.years)))
    expected = oracle.counts(whole(rows), plan)
    with filled(whole(rows)) as con:
        with_year_sums(con, plan.years)
        with_year_counts(con, tuple(sorted(counted)), plan.sent)
        plan = replace(plan, from_year_sums=True, counted=frozenset(counted))
        assert difference(work_out(con, plan).counts(), expected) == {"too many": [], "missing": []}


@pytest.mark.slow
@_UNHURRIED
@given(places(), questions())
def test_counts_of_a_year_rest_on_nothing_of_another_but_moves(
    rows: dict[str, list[dict[str, Any]]], asked: Asked
) -> None:
    plan = replace(asked.plan(), spans=spans_of(YEARS[0]), today=date(2100, 1, 1))
    alone = {
        name: [row for row in of if name in {"school", "move"} or row["year"] == YEARS[0]] for name, of in rows.items()
    }
    expected = oracle.counts(whole(rows), plan)
    assert difference(oracle.counts(whole(alone), plan), expected) == {"too many": [], "missing": []}


def test_a_year_is_over_when_its_last_day_is_past() -> None:
    assert not is_over("2024/25", date(2025, 7, 31))
    assert is_over("2024/25", date(2025, 8, 1))


def test_whoever_changes_counting_changes_the_mark_that_kept_counts_bear() -> None:
    """Kept sums and counts are found by ``WAY_OF_COUNTING``: of changed statements it must be another.

    When this fails: raise WAY_OF_COUNTING in engines/year_sums.py by one and put it and the new digest here.
    """
    years = ("2023/24", "2024/25")
    plan = Plan(measures=over_returns(), spans=(*spans_of(years[0]), *spans_of(years[1])), today=date.max)
    texts = []
    for from_year_sums in (False, True):
        statements = Statements(replace(plan, from_year_sums=from_year_sums))
        counts = statements.counts()
        assert counts is not None
        texts += [create(step) for step in statements.steps()] + [sql(counts)]
    digest = hashlib.sha256(" ".join(texts).encode()).hexdigest()[:16]
    assert (WAY_OF_COUNTING, digest) == (1, "fb3e92bf0a8517fd")


def test_the_way_of_counting_tells_years_apart() -> None:
    assert way_of_counting("2023/24") == way_of_counting("2023/24") != way_of_counting("2024/25")
