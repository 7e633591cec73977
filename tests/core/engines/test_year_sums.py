"""Whatever is asked, starting from the sums of years that are there already gives the same counts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from tests.core.engines.filled import filled, whole
from tests.core.engines.random_places import Asked, places, questions
from tests.core.engines.test_engines_agree import difference

from ropewalk.core.engines import oracle
from ropewalk.core.engines.duckdb_engine import work_out
from ropewalk.core.engines.year_sums import YEAR_SUMS, make_year_sums, way_of_counting

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


def test_the_way_of_counting_tells_years_apart() -> None:
    assert way_of_counting("2023/24") == way_of_counting("2023/24") != way_of_counting("2024/25")
