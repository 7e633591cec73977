"""Deprivation of the area (rank of 296)."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit

MEASURE = Measure(
    id="imd_rank_of_average_score",
    title="Deprivation of the area (rank of 296)",
    question=Question.WHO,
    summary="Place of the district among the 296 districts of England; 1 is the most deprived.",
    definition=(
        "Rank of the district by average score of the Index of Multiple Deprivation, where 1 is the most "
        "deprived of 296. Given where the district is also the council for education."
    ),
    source="Ministry of Housing, Communities and Local Government, English indices of deprivation 2025",
    source_url="https://www.gov.uk/government/statistics/english-indices-of-deprivation-2025",
    unit=Unit.RANK,
    better=Polarity.NEITHER,
    digits=0,
    order=71,
    on_place_page=False,
    notes=("Published for districts; counties with districts below them have no figure here.",),
)
