"""Missing education."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit
from ropewalk.core.measures.meaning import Moves
from ropewalk.core.schema.periods import PeriodKind

MEASURE = Measure(
    id="missing_education",
    title="Missing education",
    question=Question.WHO,
    summary="How many pupils the school reported as missing education.",
    definition=(
        "Pupils of the school recorded as missing education (of compulsory school age, on no roll and not "
        "suitably educated otherwise) from a day in the period."
    ),
    source="Department for Education, Children missing education",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/children-missing-education",
    unit=Unit.COUNT,
    better=Polarity.LOWER,
    digits=0,
    numerator="pupils missing education",
    smallest_period=PeriodKind.HALF_TERM,
    order=72,
    on_place_page=False,
    notes=("Only what schools recorded is counted.",),
    meaning=Moves("missing_education"),
)
