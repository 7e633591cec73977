"""Where the counts of a measure are read off, once an engine has made its relations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp

from ropewalk.core.engines.grouping import ALL
from ropewalk.core.engines.layout import Layout
from ropewalk.core.engines.plan import Level, Span, levels_of
from ropewalk.core.engines.vocabulary import (
    Columns,
    all_of,
    among,
    case,
    cast,
    col,
    lit,
    none,
    select,
    where,
    within,
)
from ropewalk.core.measures import Measure


@dataclass(frozen=True)
class Reading:
    """A measure's numerator and denominator as expressions over a relation with level, key, phase, grp and span.

    ``source`` has trusts and places; ``of_schools`` is a relation of schools' cells with the same numbers, by school,
    grp and span. ``needs`` are conditions on rows; the periods without a number have none yet.
    """

    measure: Measure
    source: str
    numerator: exp.Expr
    denominator: exp.Expr | None
    spans: Sequence[Span]
    without_denominator: Sequence[Span] = ()
    without_numerator: Sequence[Span] = ()
    needs: exp.Expr | None = None
    of_schools: str | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """The relations that are read."""
        return (self.source, self.of_schools) if self.of_schools else (self.source,)

    def queries(self, layout: Layout) -> Iterator[exp.Select]:
        """Selections with the columns level, key, measure, phase, grp, span, numerator, denominator."""
        plan = layout.plan
        if self.of_schools and Level.SCHOOL in plan.levels and ALL in plan.phases:
            keys: Columns = {"level": lit(Level.SCHOOL.value), "key": cast(col("school"), "VARCHAR"), "phase": lit(ALL)}
            # Rows of schools that are none of the plan's do not count.
            yield self._query(layout, keys, self.of_schools, exp.In(this=col("school"), query=_schools()))
        above = plan.levels & levels_of(self.measure) - {Level.SCHOOL}
        if above:
            keys = {name: col(name) for name in ("level", "key", "phase")}
            level = among(col("level"), sorted(above))
            yield self._query(layout, keys, self.source, all_of(level, among(col("phase"), sorted(plan.phases))))

    def _query(self, layout: Layout, keys: Columns, source: str, here: exp.Expr) -> exp.Select:
        columns: Columns = {"level": keys["level"], "key": keys["key"], "measure": lit(self.measure.id)}
        columns |= {"phase": keys["phase"], "grp": col("grp"), "span": col("span")}
        columns |= {
            "numerator": _unless(self.without_numerator, self.numerator, layout.number),
            "denominator": _unless(self.without_denominator, self.denominator or none(), layout.number),
        }
        wanted = within(col("span"), (layout.number[span] for span in self.spans))
        needs = [self.needs.copy()] if self.needs is not None else []
        return where(select(columns, source), wanted, here, *needs)


def _schools() -> exp.Subquery:
    return select({"school": col("school")}, "school", "sc").subquery(copy=False)


def _unless(missing: Sequence[Span], value: exp.Expr, number: Mapping[Span, int]) -> exp.Expr:
    whole = cast(value.copy(), "BIGINT")
    if not missing:
        return whole
    gone = within(col("span"), (number[span] for span in missing))
    return case((gone, none()), otherwise=whole)
