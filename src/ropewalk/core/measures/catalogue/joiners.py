"""Pupils who joined during the year."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit
from ropewalk.core.measures.meaning import Movement, RollMovement
from ropewalk.core.schema.periods import PeriodKind

MEASURE = Measure(
    id="joiners",
    title="Joined during the year",
    question=Question.WHO,
    summary=("Pupils who joined the school outside the usual start of the year, for every 100 on roll."),
    definition=(
        "Enrolments that began after 30 September and in the period, divided by pupils on roll on January "
        "census day, times 100. Guests and second registrations of dually registered pupils are not "
        "counted."
    ),
    source="Ropewalk: no single official formula",
    source_url="",
    unit=Unit.PERCENT,
    better=Polarity.NEITHER,
    digits=1,
    numerator="enrolments begun after 30 September",
    denominator="pupils on roll in January",
    smallest_period=PeriodKind.TERM,
    order=66,
    on_place_page=False,
    notes=("It is not a judgement: families move, and schools differ in whom they serve.",),
    meaning=RollMovement(Movement.JOINERS),
)
