"""Where the counts of a measure are read off, once an engine has made its relations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlglot import exp

from ropewalk.core.engines.layout import Layout
from ropewalk.core.engines.plan import Span, levels_of
from ropewalk.core.engines.vocabulary import (
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

    ``needs`` are conditions on rows; ``unreached`` are periods without one or both numbers yet.
    """

    measure: Measure
    source: str
    numerator: exp.Expr
    denominator: exp.Expr | None
    spans: Sequence[Span]
    without_denominator: Sequence[Span] = ()
    without_numerator: Sequence[Span] = ()
    needs: exp.Expr | None = None

    def query(self, layout: Layout) -> exp.Select:
        """Columns: level, key, measure, phase, grp, span, numerator, denominator."""
        columns = {
            "level": col("level"),
            "key": col("key"),
            "measure": lit(self.measure.id),
            "phase": col("phase"),
            "grp": col("grp"),
            "span": col("span"),
            "numerator": _unless(self.without_numerator, self.numerator, layout.number),
            "denominator": _unless(self.without_denominator, self.denominator or none(), layout.number),
        }
        wanted = within(col("span"), (layout.number[span] for span in self.spans))
        levels = among(col("level"), sorted(layout.plan.levels & levels_of(self.measure)))
        phases = among(col("phase"), sorted(layout.plan.phases))
        query = where(select(columns, self.source), wanted, levels, phases)
        return where(query, self.needs.copy()) if self.needs is not None else query


def _unless(missing: Sequence[Span], value: exp.Expr, number: Mapping[Span, int]) -> exp.Expr:
    whole = cast(value.copy(), "BIGINT")
    if not missing:
        return whole
    gone = within(col("span"), (number[span] for span in missing))
    return case((gone, none()), otherwise=whole)
