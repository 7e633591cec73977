"""Authorised absence this year, from daily registers."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit
from ropewalk.core.schema.periods import PeriodKind
from ropewalk.core.schema.phases import Phase

MEASURE = Measure(
    id="daily_absence_authorised",
    title="Authorised absence this year, from daily registers",
    question=Question.IN_SCHOOL,
    summary="Share of possible sessions missed with permission, from daily registers.",
    definition=(
        "Authorised absence sessions divided by possible sessions, times 100, in schools that share "
        "their daily registers."
    ),
    source="Department for Education, Pupil attendance in schools (daily registers)",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/pupil-attendance-in-schools",
    unit=Unit.PERCENT,
    better=Polarity.LOWER,
    digits=2,
    numerator="authorised sessions missed",
    denominator="possible sessions",
    smallest_period=PeriodKind.WEEK,
    headline=(Phase.SECONDARY, "all"),
    order=72,
    on_place_page=False,
    notes=(
        (
            "Management information from daily registers, not the census-based official statistics: the "
            "two differ a little for the same year."
        ),
    ),
)
