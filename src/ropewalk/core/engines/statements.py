"""All statements of a plan, for both SQL engines: built once as expressions, written in each engine's own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from sqlglot import exp

from ropewalk.core.engines.layout import Layout
from ropewalk.core.engines.outcomes import Outcomes
from ropewalk.core.engines.place_children import PlaceChildren
from ropewalk.core.engines.plan import Plan
from ropewalk.core.engines.reading import Reading
from ropewalk.core.engines.rolls import Rolls, needs_the_roll, shared_steps
from ropewalk.core.engines.sessions import Sessions
from ropewalk.core.engines.stays import Stays
from ropewalk.core.engines.vocabulary import Step, union


class Statements:
    """The relations to make, in order, and the counts to read off them."""

    def __init__(self, plan: Plan) -> None:
        """Lay the plan out."""
        # A measure that is defined for none of the wanted periods needs no statements.
        self.layout = Layout(replace(plan, measures=tuple(m for m in plan.measures if plan.spans_for(m))))
        stays = Stays(self.layout)
        children = PlaceChildren(self.layout, stays)
        self._parts = (Sessions(self.layout), stays, Rolls(self.layout), children, Outcomes(self.layout))

    def steps(self) -> Iterator[Step]:
        """Relations to make, each from those before it."""
        yield from self.layout.steps()
        if any(needs_the_roll(measure) for measure in self.layout.plan.measures):
            yield from shared_steps(self.layout)
        for part in self._parts:
            yield from part.steps()

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """Where counts are read off; only where periods are wanted."""
        return tuple(reading for part in self._parts for reading in part.readings() if reading.spans)

    def counts(self, measures: Sequence[str] = ()) -> exp.Query | None:
        """One selection of all counts, or of those of some measures; None when there is nothing to count."""
        named = [one for one in self.readings if not measures or one.measure.id in measures]
        wanted = [query for one in named for query in one.queries(self.layout)]
        return union(wanted) if wanted else None
