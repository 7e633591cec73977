"""Persistent absence of children, over all their rolls."""

from __future__ import annotations

from fractions import Fraction

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit
from ropewalk.core.measures.meaning import AbsenceShare, Of
from ropewalk.core.schema.periods import PeriodKind

MEASURE = Measure(
    id="persistent_absence_of_children",
    title="Persistent absence of children",
    question=Question.IN_SCHOOL,
    summary=(
        "Share of the place's children who missed a tenth or more of their possible sessions over all its schools."
    ),
    definition=(
        "Children who missed a tenth or more of their possible sessions, counted over all their rolls in "
        "the place together, divided by all children with at least one possible session there, times 100. A "
        "child at two schools counts once; the official figure counts two enrolments. A child's group is "
        "that of the roll with most possible sessions."
    ),
    source="Ropewalk, after the Department's definition of persistent absence",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/pupil-absence-in-schools-in-england",
    unit=Unit.PERCENT,
    better=Polarity.LOWER,
    digits=1,
    numerator="children missing a tenth or more",
    denominator="children with possible sessions",
    smallest_period=PeriodKind.HALF_TERM,
    order=22,
    on_place_page=False,
    notes=(("For places only, all phases together: at one school it is the same as the official figure."),),
    meaning=AbsenceShare(at_least=Fraction(1, 10), of=Of.CHILD),
)
