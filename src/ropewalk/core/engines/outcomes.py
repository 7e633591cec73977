"""Statements for measures of results: shares that reached what is needed, and means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from sqlglot import exp

from ropewalk.core.engines.layout import Layout
from ropewalk.core.engines.reading import Reading
from ropewalk.core.engines.vocabulary import (
    Columns,
    Step,
    all_of,
    among,
    biggest,
    case,
    cast,
    col,
    first_year,
    flag,
    grouped,
    is_null,
    joined,
    lit,
    same,
    select,
    times,
    where,
)
from ropewalk.core.measures import Measure
from ropewalk.core.measures.meaning import RESULT_GRAIN, ResultMean, ResultShare
from ropewalk.core.schema.periods import PeriodKind


@dataclass(frozen=True)
class Outcomes:
    """The part of a plan that rests on results."""

    layout: Layout

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """Measures of this part."""
        return tuple(m for m in self.layout.plan.measures if isinstance(m.meaning, ResultShare | ResultMean))

    @cached_property
    def assessments(self) -> tuple[str, ...]:
        """Assessments whose results are needed."""
        found = {
            one.assessment for m in self.measures if isinstance(m.meaning, ResultShare) for one in m.meaning.needed
        }
        return tuple(sorted(found | {m.meaning.assessment for m in self.measures if isinstance(m.meaning, ResultMean)}))

    @property
    def _numbers(self) -> tuple[str, ...]:
        return tuple(f"{part}_{m.id}" for m in self.measures for part in ("n", "d"))

    def steps(self) -> Iterator[Step]:
        """The statements, in the order in which they need each other."""
        if not self.measures or not self.layout.wanted(PeriodKind.YEAR):
            return
        yield Step("score", self._score(), kept=False)
        yield Step("outcome_row", self._outcome_row())
        first, cells = self.layout.by_group("outcome", "outcome_row", ("school", "year"), self._numbers)
        yield first
        columns: Columns = {"school": col("school", "c"), "span": col("span", "d"), "grp": col("grp", "c")}
        columns |= {name: col(name, "c") for name in self._numbers}
        whole_year = all_of(same("c", "d", ["year"]), col("kind", "d").eq(lit(PeriodKind.YEAR.value)))
        yield Step("outcome_cell", joined(select(columns, cells, "c"), "span_day", whole_year, alias="d"))
        yield Step("outcome_count", self.layout.rolled("outcome_cell", self._numbers))

    def _score(self) -> exp.Query:
        """The better result of each assessment, side by side for each enrolment."""
        keys: Columns = {"school": col("school"), "child": col("child"), "year": first_year(col("year"))}
        numbers: Columns = {
            name: biggest(case((col("assessment").eq(lit(name)), col("value")))) for name in self.assessments
        }
        wanted = select({name: col(name) for name in ("school", "child", "year", "assessment", "value")}, "result")
        return grouped(keys, numbers, where(wanted, among(col("year"), self.layout.plan.years)))

    def _outcome_row(self) -> exp.Query:
        columns: Columns = {name: col(name, "s") for name in ("school", "child", "year")}
        columns |= self.layout.slices_of("p")
        for measure in self.measures:
            columns |= _numbers_of(measure)
        here = same("s", "p", ["school", "child", "year"])
        return joined(select(columns, "score", "s"), "profile", here, how="left", alias="p")

    def readings(self) -> Iterator[Reading]:
        """Where the counts of each measure are read off: only where somebody has a result."""
        for measure in self.measures:
            spans = self.layout.plan.spans_for(measure)
            denominator = col(f"d_{measure.id}")
            yield Reading(
                measure,
                "outcome_count",
                col(f"n_{measure.id}"),
                denominator,
                spans,
                needs=denominator > lit(0),
                of_schools="outcome_cell",
            )


def _numbers_of(measure: Measure) -> Columns:
    meaning = measure.meaning
    if isinstance(meaning, ResultMean):
        value = col(meaning.assessment, "s")
        grains = cast(exp.Round(this=times(value, lit(RESULT_GRAIN))), "BIGINT")
        return {f"n_{measure.id}": grains, f"d_{measure.id}": flag(is_null(value.copy()).not_())}
    if not isinstance(meaning, ResultShare):
        raise TypeError(f"'{measure.id}' is no measure of results")
    has_all = [is_null(col(one.assessment, "s")).not_() for one in meaning.needed]
    reached = [col(one.assessment, "s") >= lit(one.at_least) for one in meaning.needed]
    return {
        f"n_{measure.id}": flag(all_of(*has_all, *reached)),
        f"d_{measure.id}": flag(all_of(*(h.copy() for h in has_all))),
    }
