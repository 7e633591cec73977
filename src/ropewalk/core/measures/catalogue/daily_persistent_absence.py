"""Persistent absence this year, from daily registers."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit
from ropewalk.core.schema.periods import PeriodKind
from ropewalk.core.schema.phases import Phase

MEASURE = Measure(
    id="daily_persistent_absence",
    title="Persistent absence this year, from daily registers",
    question=Question.IN_SCHOOL,
    summary=(
        "Share of pupils who have missed a tenth or more of their possible sessions since September, "
        "from daily registers."
    ),
    definition=(
        "Pupils missing 10 per cent or more of their possible sessions in the year to date, divided "
        "by all, times 100, in schools that share their daily registers."
    ),
    source="Department for Education, Pupil attendance in schools (daily registers)",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/pupil-attendance-in-schools",
    unit=Unit.PERCENT,
    better=Polarity.LOWER,
    digits=1,
    headline=(Phase.SECONDARY, "all"),
    order=62,
    smallest_period=PeriodKind.TERM,
    notes=(
        "Management information from daily registers, not the census-based official statistics.",
        "A figure for a term counts pupils missing a tenth or more of that term alone, not of the year to date.",
    ),
)
