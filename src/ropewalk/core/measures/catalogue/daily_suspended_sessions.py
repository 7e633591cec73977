"""Sessions lost to suspension, from daily registers."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit
from ropewalk.core.schema.periods import PeriodKind
from ropewalk.core.schema.phases import Phase

MEASURE = Measure(
    id="daily_suspended_sessions",
    title="Sessions lost to suspension, from daily registers",
    question=Question.IN_SCHOOL,
    summary="Share of possible sessions with code E: suspended or excluded with no provision made.",
    definition="Sessions with code E divided by possible sessions, times 100.",
    source="Department for Education, Pupil attendance in schools (daily registers)",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/pupil-attendance-in-schools",
    unit=Unit.PERCENT,
    better=Polarity.LOWER,
    digits=2,
    numerator="sessions with code E",
    denominator="possible sessions",
    smallest_period=PeriodKind.WEEK,
    headline=(Phase.SECONDARY, "all"),
    order=84,
    on_place_page=False,
    notes=(
        (
            "Management information from daily registers, not the census-based official statistics: the "
            "two differ a little for the same year."
        ),
    ),
)
