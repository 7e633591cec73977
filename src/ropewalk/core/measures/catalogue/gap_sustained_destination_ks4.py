"""Disadvantage gap in staying in education, training or work."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Gap, Measure, Polarity, Question, Unit

MEASURE = Measure(
    id="gap_sustained_destination_ks4",
    title="Disadvantage gap in staying in education, training or work",
    question=Question.GAP,
    summary=(
        "By how many points more other pupils stay in education, training or work after 16 than disadvantaged pupils."
    ),
    definition=(
        "Share of pupils who are not disadvantaged staying in education, training or work after 16 less the "
        "share of disadvantaged pupils, same place and period. It is a plain difference, not the national "
        "disadvantage gap index."
    ),
    source="Department for Education, Key stage 4 destination measures",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/key-stage-4-destination-measures",
    unit=Unit.POINTS,
    better=Polarity.LOWER,
    digits=1,
    gap=Gap("sustained_destination_ks4", of="not_disadvantaged", less="disadvantaged"),
    order=50,
)
