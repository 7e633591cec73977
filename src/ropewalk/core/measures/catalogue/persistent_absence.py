"""Persistent absence."""

from __future__ import annotations

from fractions import Fraction

from ropewalk.core.measures.declaration import Lait, Measure, Polarity, Question, Unit
from ropewalk.core.measures.meaning import AbsenceShare
from ropewalk.core.schema.periods import PeriodKind
from ropewalk.core.schema.phases import Phase

MEASURE = Measure(
    id="persistent_absence",
    title="Persistent absence",
    question=Question.IN_SCHOOL,
    summary="Share of pupils who missed a tenth or more of their own possible sessions.",
    definition=(
        "Pupil enrolments missing 10 per cent or more of their own possible sessions, divided by all "
        "enrolments with at least one possible session, times 100. A pupil enrolled at two schools "
        "counts as two enrolments."
    ),
    source="Department for Education, Pupil absence in schools in England",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/pupil-absence-in-schools-in-england",
    unit=Unit.PERCENT,
    better=Polarity.LOWER,
    digits=1,
    numerator="enrolments missing 10% or more",
    denominator="enrolments",
    smallest_period=PeriodKind.HALF_TERM,
    lait=(
        Lait("TotPerAbNew", places=2),
        Lait("SFPriPerAbNew", Phase.PRIMARY, places=2),
        Lait("SFSecPerAbNew", Phase.SECONDARY, places=2),
        Lait("LAC_Pers_Abs", group="looked_after"),
        Lait("CINPermAbsent_3Term", group="children_in_need"),
    ),
    order=20,
    notes=(
        (
            "The 10 per cent threshold has applied since 2015/16; earlier years used 15 or 20 per cent "
            "and are not comparable."
        ),
        "Not defined for a day or a week: it is a measure over time.",
    ),
    not_collected=("2019/20",),
    meaning=AbsenceShare(at_least=Fraction(1, 10)),
)
