"""Disadvantage gap in reading, writing and maths at 11."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Gap, Measure, Polarity, Question, Unit

MEASURE = Measure(
    id="gap_ks2_rwm",
    title="Disadvantage gap in reading, writing and maths at 11",
    question=Question.GAP,
    summary=(
        "How many percentage points more of the other pupils than of disadvantaged pupils reach the expected standard."
    ),
    definition=(
        "Share of pupils who are not disadvantaged at the expected standard in reading, writing and maths "
        "less the share of disadvantaged pupils, same place and period. It is a plain difference, not the "
        "national disadvantage gap index."
    ),
    source="Department for Education, Key stage 2 attainment",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/key-stage-2-attainment",
    unit=Unit.POINTS,
    better=Polarity.LOWER,
    digits=0,
    gap=Gap("ks2_rwm_expected", of="not_disadvantaged", less="disadvantaged"),
    order=20,
)
