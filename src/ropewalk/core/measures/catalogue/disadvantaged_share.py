"""Disadvantaged pupils in the GCSE year."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit

MEASURE = Measure(
    id="disadvantaged_share",
    title="Disadvantaged pupils in the GCSE year",
    question=Question.WHO,
    summary="Share of pupils at the end of key stage 4 who are disadvantaged.",
    definition=(
        "Pupils at the end of key stage 4 who were eligible for free school meals in the last six years, "
        "looked after for at least a day, or adopted from care, divided by all pupils at the end of key "
        "stage 4, times 100."
    ),
    source="Department for Education, Key stage 4 performance",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/key-stage-4-performance",
    unit=Unit.PERCENT,
    better=Polarity.NEITHER,
    digits=1,
    numerator="disadvantaged pupils",
    denominator="pupils at the end of key stage 4",
    order=50,
    on_place_page=False,
)
