"""Small areas most deprived for children."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit

MEASURE = Measure(
    id="idaci_most_deprived_share",
    title="Small areas most deprived for children",
    question=Question.WHO,
    summary="Share of small areas that are among the most deprived tenth of England for children.",
    definition=(
        "Small areas (LSOA) of the district in the most deprived tenth of England by the Income "
        "Deprivation Affecting Children Index, divided by all its small areas, times 100. Given where the "
        "district is also the council for education."
    ),
    source="Ministry of Housing, Communities and Local Government, English indices of deprivation 2019",
    source_url="https://www.gov.uk/government/statistics/english-indices-of-deprivation-2019",
    unit=Unit.PERCENT,
    better=Polarity.NEITHER,
    digits=1,
    numerator="small areas in the most deprived tenth",
    denominator="small areas",
    order=72,
    notes=(
        "England is 10 per cent by definition.",
        "Counted from the deciles of the 2019 index; counties with districts below them have no figure here.",
    ),
)
