"""Disadvantage gap in Progress 8."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Gap, Measure, Polarity, Question, Unit

MEASURE = Measure(
    id="gap_progress8",
    title="Disadvantage gap in Progress 8",
    question=Question.GAP,
    summary="How much more progress other pupils make than disadvantaged pupils.",
    definition=(
        "Average Progress 8 of pupils who are not disadvantaged less that of disadvantaged pupils, same place "
        "and period. It is a plain difference, not the national disadvantage gap index."
    ),
    source="Department for Education, Key stage 4 performance",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/key-stage-4-performance",
    unit=Unit.SCORE_POINTS,
    better=Polarity.LOWER,
    digits=2,
    gap=Gap("progress8", of="not_disadvantaged", less="disadvantaged"),
    order=40,
)
