"""Part-time timetables."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit
from ropewalk.core.measures.meaning import Moves
from ropewalk.core.schema.periods import PeriodKind

MEASURE = Measure(
    id="part_time_timetables",
    title="Part-time timetables",
    question=Question.IN_SCHOOL,
    summary="How many part-time timetables were in force at some time.",
    definition=(
        "Part-time timetables of the school in force on at least one day of the period. One without an end "
        "counts as still going on."
    ),
    source="Department for Education, Working together to improve school attendance",
    source_url="https://www.gov.uk/government/publications/working-together-to-improve-school-attendance",
    unit=Unit.COUNT,
    better=Polarity.LOWER,
    digits=0,
    numerator="part-time timetables",
    smallest_period=PeriodKind.HALF_TERM,
    order=90,
    on_place_page=False,
    notes=("Only what schools recorded is counted.",),
    meaning=Moves("part_time_timetable", in_force=True),
)
