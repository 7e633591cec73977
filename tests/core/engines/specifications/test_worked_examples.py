"""Specification: tables in, figures out, the same on every engine. The tables stand with the engines as examples."""

from __future__ import annotations

from collections import Counter

import pytest
from tests.core.engines.filled import filled

from ropewalk.core.engines import oracle, spark_engine
from ropewalk.core.engines.choosing import count_with
from ropewalk.core.engines.duckdb_engine import work_out
from ropewalk.core.engines.examples import Example, all_examples
from ropewalk.core.engines.plan import over_returns

# Spark's client says so of pandas 3; the few features it uses here work.
pandas_is_new = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")
examples = pytest.mark.parametrize("example", all_examples(), ids=lambda example: example.title)


@examples
def test_the_oracle_counts_what_the_example_says(example: Example) -> None:
    assert Counter(oracle.counts(example.rows, example.plan)) == Counter(example.counts)


@examples
def test_duckdb_counts_what_the_example_says(example: Example) -> None:
    with filled(example.rows) as con:
        assert Counter(work_out(con, example.plan).counts()) == Counter(example.counts)


@pandas_is_new
@examples
def test_spark_counts_what_the_example_says(example: Example, spark_address: str) -> None:
    with filled(example.rows) as con:
        assert Counter(spark_engine.counts(spark_address, con, example.plan)) == Counter(example.counts)


@pandas_is_new
def test_the_engine_is_chosen_by_its_name_or_address(spark_address: str) -> None:
    example = all_examples()[0]
    with filled(example.rows) as con:
        for engine in ("oracle", "duckdb", spark_address):
            assert Counter(count_with(engine, con, example.plan)) == Counter(example.counts)


def test_every_measure_over_returns_stands_in_an_example() -> None:
    shown = {count.measure for example in all_examples() for count in example.counts}
    assert shown == {measure.id for measure in over_returns()}


def test_an_example_with_a_column_no_relation_has_is_refused() -> None:
    with pytest.raises(ValueError, match="has no shoe_size"):
        Example(title="Shoes", says=(), tables={"enrolment": "child | shoe_size"}, figures="level | key")
