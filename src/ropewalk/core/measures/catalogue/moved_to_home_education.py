"""Moved to home education."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit
from ropewalk.core.measures.meaning import Moves
from ropewalk.core.schema.periods import PeriodKind

MEASURE = Measure(
    id="moved_to_home_education",
    title="Moved to home education",
    question=Question.WHO,
    summary="How many pupils left to be educated at home.",
    definition="Pupils whose move from the school to elective home education began in the period.",
    source="Department for Education, Elective home education",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/elective-home-education",
    unit=Unit.COUNT,
    better=Polarity.NEITHER,
    digits=0,
    numerator="moves to home education",
    smallest_period=PeriodKind.HALF_TERM,
    order=70,
    on_place_page=False,
    notes=("Only what schools recorded is counted.",),
    meaning=Moves("moved_to_home_education"),
)
