"""Authorised absence."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Lait, Measure, Polarity, Question, Unit
from ropewalk.core.measures.meaning import Session, SessionShare
from ropewalk.core.schema.periods import PeriodKind

MEASURE = Measure(
    id="absence_authorised",
    title="Authorised absence",
    question=Question.IN_SCHOOL,
    summary="Share of possible sessions missed with the school's permission, illness included.",
    definition="Authorised absence sessions divided by possible sessions, times 100.",
    source="Department for Education, Pupil absence in schools in England",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/pupil-absence-in-schools-in-england",
    unit=Unit.PERCENT,
    better=Polarity.LOWER,
    digits=2,
    numerator="authorised sessions missed",
    denominator="possible sessions",
    smallest_period=PeriodKind.WEEK,
    lait=(Lait("TotAuthAbs", places=2),),
    order=40,
    not_collected=("2019/20",),
    meaning=SessionShare((Session.AUTHORISED,)),
)
