"""Persistent absence in the year so far, week by week, from daily registers."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit
from ropewalk.core.schema.periods import PeriodKind
from ropewalk.core.schema.phases import Phase

MEASURE = Measure(
    id="daily_persistent_absence_to_date",
    title="Persistent absence up to a week, from daily registers",
    question=Question.IN_SCHOOL,
    summary=(
        "Share of pupils who, by the end of a week, had missed a tenth or more of their possible "
        "sessions since September, from daily registers."
    ),
    definition=(
        "Pupils missing 10 per cent or more of their possible sessions from the start of the school "
        "year to the end of the week, divided by all, times 100, in schools that share their daily registers."
    ),
    source="Department for Education, Pupil attendance in schools (daily registers)",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/pupil-attendance-in-schools",
    unit=Unit.PERCENT,
    better=Polarity.LOWER,
    digits=1,
    smallest_period=PeriodKind.WEEK,
    headline=(Phase.SECONDARY, "all"),
    order=64,
    on_place_page=False,
    notes=(
        "The week says how far the year to date reaches; it is not persistent absence in that week.",
        "Management information from daily registers, not the census-based official statistics.",
    ),
)
