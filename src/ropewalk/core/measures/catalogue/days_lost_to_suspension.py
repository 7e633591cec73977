"""Days lost to suspension."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit
from ropewalk.core.measures.meaning import DaysLost
from ropewalk.core.schema.periods import PeriodKind

MEASURE = Measure(
    id="days_lost_to_suspension",
    title="Days lost to suspension",
    question=Question.SUSPENDED,
    summary="How many school days pupils lost to suspensions that began in the period.",
    definition=(
        "Length in sessions of all suspensions that began in the period, divided by two. Permanent "
        "exclusions and lunchtime suspensions have no length and add nothing. The headcount on January "
        "census day stands beside it."
    ),
    source="Department for Education, Suspensions and permanent exclusions in England",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/suspensions-and-permanent-exclusions-in-england",
    unit=Unit.COUNT,
    better=Polarity.LOWER,
    digits=1,
    numerator="sessions lost",
    denominator="pupils on roll in January",
    smallest_period=PeriodKind.TERM,
    order=40,
    on_place_page=False,
    notes=("The numerator is in sessions; a day is two.",),
    meaning=DaysLost("SUSP"),
)
