"""Sessions missed through suspension."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit
from ropewalk.core.measures.meaning import Session, SessionShare
from ropewalk.core.schema.periods import PeriodKind

MEASURE = Measure(
    id="suspended_sessions",
    title="Sessions missed through suspension",
    question=Question.IN_SCHOOL,
    summary="Share of possible sessions that pupils missed because they were suspended or excluded.",
    definition=(
        "Sessions with code E (suspended or permanently excluded, and no other provision made) divided by "
        "possible sessions, times 100."
    ),
    source="Department for Education, Pupil attendance in schools (daily registers)",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/pupil-attendance-in-schools",
    unit=Unit.PERCENT,
    better=Polarity.LOWER,
    digits=2,
    numerator="sessions with code E",
    denominator="possible sessions",
    smallest_period=PeriodKind.WEEK,
    order=88,
    on_place_page=False,
    meaning=SessionShare((Session.SUSPENDED,)),
)
