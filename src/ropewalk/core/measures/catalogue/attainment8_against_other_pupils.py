"""Attainment 8: disadvantaged pupils here against other pupils in England."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit

MEASURE = Measure(
    id="attainment8_against_other_pupils",
    title="Attainment 8: disadvantaged pupils here against other pupils in England",
    question=Question.GAP,
    summary="Points between this school's disadvantaged pupils and all other pupils in England.",
    definition=(
        "Average Attainment 8 of the school's disadvantaged pupils less the average of all pupils in "
        "England who are not disadvantaged. Below 0 means the school's disadvantaged pupils score lower."
    ),
    source="Department for Education, Key stage 4 performance",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/key-stage-4-performance",
    unit=Unit.SCORE_POINTS,
    better=Polarity.HIGHER,
    digits=1,
    order=60,
    on_place_page=False,
    notes=("It is not the gap inside the school: the pupils compared with are those of all England.",),
)
