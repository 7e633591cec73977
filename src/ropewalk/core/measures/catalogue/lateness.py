"""Lateness."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit
from ropewalk.core.measures.meaning import Session, SessionShare
from ropewalk.core.schema.periods import PeriodKind

MEASURE = Measure(
    id="lateness",
    title="Lateness",
    question=Question.IN_SCHOOL,
    summary="Share of possible sessions that pupils came late to.",
    definition=(
        "Sessions with code L (late, before the register closed) or U (late, after it closed), divided by "
        "possible sessions, times 100. A session with L counts as present, one with U as unauthorised "
        "absence."
    ),
    source="Department for Education, Pupil attendance in schools (daily registers)",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/pupil-attendance-in-schools",
    unit=Unit.PERCENT,
    better=Polarity.LOWER,
    digits=2,
    numerator="late sessions",
    denominator="possible sessions",
    smallest_period=PeriodKind.WEEK,
    order=86,
    on_place_page=False,
    meaning=SessionShare((Session.LATE,)),
)
