"""Managed moves in."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit
from ropewalk.core.measures.meaning import Direction, Moves
from ropewalk.core.schema.periods import PeriodKind

MEASURE = Measure(
    id="managed_moves_in",
    title="Managed moves in",
    question=Question.SUSPENDED,
    summary="How many pupils came by a managed move.",
    definition=(
        "Managed moves to the school (agreed, permanent transfers between mainstream schools) that began in the period."
    ),
    source="Department for Education, Suspension and permanent exclusion guidance",
    source_url="https://www.gov.uk/government/publications/school-exclusion",
    unit=Unit.COUNT,
    better=Polarity.NEITHER,
    digits=0,
    numerator="managed moves",
    smallest_period=PeriodKind.HALF_TERM,
    order=70,
    on_place_page=False,
    notes=("Only what schools recorded is counted.",),
    meaning=Moves("managed_move", Direction.IN),
)
