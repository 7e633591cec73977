"""Suspensions."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Lait, Measure, Polarity, Question, Unit
from ropewalk.core.measures.meaning import EventRate
from ropewalk.core.schema.periods import PeriodKind
from ropewalk.core.schema.phases import Phase

MEASURE = Measure(
    id="suspension_rate",
    title="Suspensions",
    question=Question.SUSPENDED,
    summary="Suspensions for every 100 pupils; one pupil can be suspended more than once.",
    definition=(
        "Number of suspensions in the academic year divided by the number of pupils on roll on "
        "January census day, times 100. A pupil suspended twice counts twice, so the rate can be "
        "above 100."
    ),
    source="Department for Education, Suspensions and permanent exclusions in England",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/suspensions-and-permanent-exclusions-in-england",
    unit=Unit.PERCENT,
    better=Polarity.LOWER,
    digits=2,
    numerator="suspensions",
    denominator="pupils on roll in January",
    smallest_period=PeriodKind.TERM,
    lait=(
        Lait("TotFixedEx", places=2),
        Lait("PriFixedEx", Phase.PRIMARY, places=2),
        Lait("SecFixedEx", Phase.SECONDARY, places=2),
        Lait("SpecFixedEx", Phase.SPECIAL, places=2),
    ),
    order=10,
    notes=("Called fixed-period exclusions before 2019/20.",),
    meaning=EventRate("SUSP"),
)
