"""Sessions away under a part-time timetable."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit
from ropewalk.core.measures.meaning import Session, SessionShare
from ropewalk.core.schema.periods import PeriodKind

MEASURE = Measure(
    id="part_time_sessions",
    title="Sessions away under a part-time timetable",
    question=Question.IN_SCHOOL,
    summary="Share of possible sessions that pupils were away because of a part-time timetable.",
    definition=(
        "Sessions with code C2 (part-time timetable, an authorised absence) divided by possible sessions, times 100."
    ),
    source="Department for Education, Pupil attendance in schools (daily registers)",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/pupil-attendance-in-schools",
    unit=Unit.PERCENT,
    better=Polarity.LOWER,
    digits=2,
    numerator="sessions with code C2",
    denominator="possible sessions",
    smallest_period=PeriodKind.WEEK,
    order=87,
    on_place_page=False,
    notes=(
        (
            "Code C2 has been in use since August 2024; before that, part-time timetables cannot be told from "
            "other leave."
        ),
    ),
    meaning=SessionShare((Session.PART_TIME,)),
)
