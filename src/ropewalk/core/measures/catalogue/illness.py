"""Illness."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit
from ropewalk.core.measures.meaning import Session, SessionShare
from ropewalk.core.schema.periods import PeriodKind

MEASURE = Measure(
    id="illness",
    title="Sessions missed through illness",
    question=Question.IN_SCHOOL,
    summary="Share of possible sessions that pupils missed because they were ill.",
    definition=(
        "Sessions with code I (illness, not medical or dental appointments) divided by possible sessions, times 100."
    ),
    source="Department for Education, Pupil attendance in schools (daily registers)",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/pupil-attendance-in-schools",
    unit=Unit.PERCENT,
    better=Polarity.NEITHER,
    digits=2,
    numerator="sessions with code I",
    denominator="possible sessions",
    smallest_period=PeriodKind.WEEK,
    order=89,
    on_place_page=False,
    meaning=SessionShare((Session.ILLNESS,)),
)
