"""Phonics screening check."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit
from ropewalk.core.measures.meaning import Needed, ResultShare

MEASURE = Measure(
    id="phonics",
    title="Phonics screening check",
    question=Question.ACHIEVE,
    summary="Share of pupils who meet the expected standard of the phonics check.",
    definition=(
        "Pupils with 32 marks or more of 40 in the phonics screening check, divided by all pupils with a "
        "mark, times 100."
    ),
    source="Department for Education, Phonics screening check attainment",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/phonics-screening-check-attainment",
    unit=Unit.PERCENT,
    better=Polarity.HIGHER,
    digits=1,
    numerator="pupils with 32 marks or more",
    denominator="pupils with a mark",
    order=6,
    on_place_page=False,
    notes=(
        "The mark needed is announced every year; it has been 32 in every year since 2014.",
        ("Pupils who take the check again in Year 2 are counted; choose the group Year 1 for the official figure."),
    ),
    meaning=ResultShare((Needed("PHONICS", 32),)),
)
