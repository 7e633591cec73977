"""Pupils with SEN support."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Lait, Measure, Polarity, Question, Unit
from ropewalk.core.measures.meaning import HeadcountShare

MEASURE = Measure(
    id="sen_support_share",
    title="Pupils with SEN support",
    question=Question.WHO,
    summary="Share of pupils who get special educational needs support without a plan.",
    definition=("Pupils recorded with SEN support on January census day divided by all pupils, times 100."),
    source="Department for Education, Special educational needs in England",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/special-educational-needs-in-england",
    unit=Unit.PERCENT,
    better=Polarity.NEITHER,
    digits=1,
    numerator="pupils with SEN support",
    denominator="pupils on roll",
    lait=(Lait("SEN_TotSENSuP"),),
    order=30,
    meaning=HeadcountShare("sen_support"),
)
