"""Pupils with an education, health and care plan."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Lait, Measure, Polarity, Question, Unit
from ropewalk.core.measures.meaning import HeadcountShare

MEASURE = Measure(
    id="ehcp_share",
    title="Pupils with an education, health and care plan",
    question=Question.WHO,
    summary="Share of pupils who have an education, health and care plan.",
    definition=(
        "Pupils with an education, health and care plan (a statement before 2014) on January census "
        "day divided by all pupils, times 100."
    ),
    source="Department for Education, Special educational needs in England",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/special-educational-needs-in-england",
    unit=Unit.PERCENT,
    better=Polarity.NEITHER,
    digits=1,
    numerator="pupils with a plan",
    denominator="pupils on roll",
    lait=(Lait("SEN_TotStat"),),
    order=20,
    meaning=HeadcountShare("ehcp"),
)
