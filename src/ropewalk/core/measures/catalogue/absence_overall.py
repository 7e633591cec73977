"""Overall absence."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Lait, Measure, Polarity, Question, Unit
from ropewalk.core.measures.meaning import Session, SessionShare
from ropewalk.core.schema.periods import PeriodKind
from ropewalk.core.schema.phases import Phase

MEASURE = Measure(
    id="absence_overall",
    title="Overall absence",
    question=Question.IN_SCHOOL,
    summary="Share of all possible school sessions that pupils missed.",
    definition=(
        "Authorised and unauthorised absence sessions, divided by possible sessions, times 100. A "
        "session is half a school day."
    ),
    source="Department for Education, Pupil absence in schools in England",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/pupil-absence-in-schools-in-england",
    unit=Unit.PERCENT,
    better=Polarity.LOWER,
    digits=2,
    numerator="sessions missed",
    denominator="possible sessions",
    smallest_period=PeriodKind.WEEK,
    lait=(
        Lait("TotAbs", places=2),
        Lait("PriTotAbs", Phase.PRIMARY, places=2),
        Lait("SecTotAbs", Phase.SECONDARY, places=2),
        Lait("total_absence_special", Phase.SPECIAL, places=2),
    ),
    order=10,
    not_collected=("2019/20",),
    meaning=SessionShare((Session.AUTHORISED, Session.UNAUTHORISED)),
)
