"""Pupils who left during the year."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit
from ropewalk.core.measures.meaning import Movement, RollMovement
from ropewalk.core.schema.periods import PeriodKind

MEASURE = Measure(
    id="leavers",
    title="Left during the year",
    question=Question.WHO,
    summary="Pupils who left the school before the usual end of the year, for every 100 on roll.",
    definition=(
        "Enrolments that ended in the period, from 1 September to 30 June, divided by pupils on roll on "
        "January census day, times 100. Guests and second registrations of dually registered pupils are not "
        "counted."
    ),
    source="Ropewalk: no single official formula",
    source_url="",
    unit=Unit.PERCENT,
    better=Polarity.NEITHER,
    digits=1,
    numerator="enrolments ended before July",
    denominator="pupils on roll in January",
    smallest_period=PeriodKind.TERM,
    order=67,
    on_place_page=False,
    notes=("It is not a judgement: families move, and schools differ in whom they serve.",),
    meaning=RollMovement(Movement.LEAVERS),
)
