"""All engines agree to the last count on random small places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from tests.core.engines.filled import filled, whole
from tests.core.engines.random_places import Asked, places, questions

from ropewalk.core.engines import oracle, spark_engine
from ropewalk.core.engines.duckdb_engine import work_out
from ropewalk.core.engines.plan import Count

# Making a failing place smaller takes minutes; what differs is listed with it.
_UNHURRIED = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


def difference(counted: Iterable[Count], expected: Iterable[Count]) -> dict[str, list[Count]]:
    """What one has and the other has not; a count that comes twice is a difference too."""
    left, right = Counter(counted), Counter(expected)
    return {
        "too many": sorted((left - right).elements(), key=repr),
        "missing": sorted((right - left).elements(), key=repr),
    }


@pytest.mark.slow
@_UNHURRIED
@given(places(), questions())
def test_duckdb_counts_as_the_oracle_does(rows: dict[str, list[dict[str, Any]]], asked: Asked) -> None:
    plan = asked.plan()
    expected = oracle.counts(whole(rows), plan)
    with filled(whole(rows)) as con:
        assert difference(work_out(con, plan).counts(), expected) == {"too many": [], "missing": []}


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")
@settings(_UNHURRIED, max_examples=4)
@given(rows=places(), asked=questions())
def test_spark_counts_as_the_oracle_does(
    rows: dict[str, list[dict[str, Any]]], asked: Asked, spark_address: str
) -> None:
    plan = asked.plan()
    expected = oracle.counts(whole(rows), plan)
    with filled(whole(rows)) as con:
        assert difference(spark_engine.counts(spark_address, con, plan), expected) == {"too many": [], "missing": []}
