"""Permanent exclusions."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Lait, Measure, Polarity, Question, Unit
from ropewalk.core.measures.meaning import EventRate
from ropewalk.core.schema.periods import PeriodKind
from ropewalk.core.schema.phases import Phase

MEASURE = Measure(
    id="permanent_exclusion_rate",
    title="Permanent exclusions",
    question=Question.SUSPENDED,
    summary="Permanent exclusions for every 100 pupils.",
    definition=(
        "Number of permanent exclusions in the academic year divided by pupils on roll on January "
        "census day, times 100."
    ),
    source="Department for Education, Suspensions and permanent exclusions in England",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/suspensions-and-permanent-exclusions-in-england",
    unit=Unit.PERCENT,
    better=Polarity.LOWER,
    digits=2,
    numerator="permanent exclusions",
    denominator="pupils on roll in January",
    smallest_period=PeriodKind.TERM,
    lait=(
        Lait("TotPermEx", places=2),
        Lait("PriPermEx", Phase.PRIMARY, places=2),
        Lait("SecPermEx", Phase.SECONDARY, places=2),
        Lait("SpecPermEx", Phase.SPECIAL, places=2),
    ),
    order=30,
    meaning=EventRate("PERM"),
)
