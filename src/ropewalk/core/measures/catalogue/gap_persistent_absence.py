"""Free school meals gap in persistent absence."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Gap, Measure, Polarity, Question, Unit
from ropewalk.core.schema.periods import PeriodKind

MEASURE = Measure(
    id="gap_persistent_absence",
    title="Free school meals gap in persistent absence",
    question=Question.GAP,
    summary=(
        "How many percentage points more of the pupils eligible for free school meals than of other "
        "pupils are persistently absent."
    ),
    definition=(
        "Share of pupils eligible for free school meals who are persistently absent less the share of other "
        "pupils, same place and period. It is a plain difference, not the national disadvantage gap index."
    ),
    source="Department for Education, Pupil absence in schools in England",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/pupil-absence-in-schools-in-england",
    unit=Unit.POINTS,
    better=Polarity.LOWER,
    digits=1,
    smallest_period=PeriodKind.HALF_TERM,
    gap=Gap("persistent_absence", of="fsm", less="not_fsm"),
    order=50,
)
