"""Deprivation of the area (average score)."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit

MEASURE = Measure(
    id="imd_average_score",
    title="Deprivation of the area (average score)",
    question=Question.WHO,
    summary="How deprived the small areas of the council are on average; a higher score is more deprived.",
    definition=(
        "Population-weighted average of the Index of Multiple Deprivation scores of the small areas "
        "(LSOA) in the district. Given where the district is also the council for education."
    ),
    source="Ministry of Housing, Communities and Local Government, English indices of deprivation 2025",
    source_url="https://www.gov.uk/government/statistics/english-indices-of-deprivation-2025",
    unit=Unit.SCORE,
    better=Polarity.NEITHER,
    digits=1,
    order=70,
    notes=("Published for districts; counties with districts below them have no figure here.",),
)
