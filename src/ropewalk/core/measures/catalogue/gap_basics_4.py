"""Disadvantage gap in English and maths (grade 4)."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Gap, Measure, Polarity, Question, Unit

MEASURE = Measure(
    id="gap_basics_4",
    title="Disadvantage gap in English and maths (grade 4)",
    question=Question.GAP,
    summary=(
        "How many percentage points more of the other pupils than of disadvantaged pupils get grade 4 "
        "or above in English and maths."
    ),
    definition=(
        "Share of pupils who are not disadvantaged with grade 4 or above in English and maths less the share "
        "of disadvantaged pupils, same place and period. It is a plain difference, not the national "
        "disadvantage gap index."
    ),
    source="Department for Education, Key stage 4 performance",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/key-stage-4-performance",
    unit=Unit.POINTS,
    better=Polarity.LOWER,
    digits=1,
    gap=Gap("basics_4", of="not_disadvantaged", less="disadvantaged"),
    order=30,
)
