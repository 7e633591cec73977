"""Severe absence."""

from __future__ import annotations

from fractions import Fraction

from ropewalk.core.measures.declaration import Lait, Measure, Polarity, Question, Unit
from ropewalk.core.measures.meaning import AbsenceShare
from ropewalk.core.schema.periods import PeriodKind
from ropewalk.core.schema.phases import Phase

MEASURE = Measure(
    id="severe_absence",
    title="Severe absence",
    question=Question.IN_SCHOOL,
    summary="Share of pupils who missed half or more of their own possible sessions.",
    definition=(
        "Pupil enrolments missing 50 per cent or more of their own possible sessions, divided by all "
        "enrolments, times 100. Severely absent pupils are also persistently absent."
    ),
    source="Department for Education, Pupil absence in schools in England",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/pupil-absence-in-schools-in-england",
    unit=Unit.PERCENT,
    better=Polarity.LOWER,
    digits=2,
    numerator="enrolments missing 50% or more",
    denominator="enrolments",
    smallest_period=PeriodKind.HALF_TERM,
    lait=(
        Lait("TotSevPerAbNew", places=2),
        Lait("SFSecSevPerAbNew", Phase.SECONDARY, places=2),
    ),
    order=30,
    not_collected=("2019/20",),
    meaning=AbsenceShare(at_least=Fraction(1, 2)),
)
