"""Pupil stability."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit

MEASURE = Measure(
    id="pupil_stability",
    title="Pupil stability",
    question=Question.WHO,
    summary="Share of pupils who were at the school from its usual point of entry.",
    definition=(
        "Percentage of pupil stability as the Department gives it to find similar schools. The file "
        "states neither year nor exact rule; its other columns point to 2023/24 or 2024/25."
    ),
    source="Department for Education, similar schools in the school profiles service",
    source_url="https://github.com/DFE-Digital/sap-sector",
    unit=Unit.PERCENT,
    better=Polarity.NEITHER,
    digits=1,
    order=65,
    on_place_page=False,
)
