"""English and maths at grade 5 or above."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit
from ropewalk.core.measures.meaning import Needed, ResultShare

MEASURE = Measure(
    id="basics_5",
    title="English and maths at grade 5 or above",
    question=Question.ACHIEVE,
    summary="Share of pupils with grade 5 or above in both English and maths GCSE.",
    definition=(
        "Pupils at the end of key stage 4 with grade 5 or above in English (language or literature) "
        "and in maths, divided by all pupils, times 100."
    ),
    source="Department for Education, Key stage 4 performance",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/key-stage-4-performance",
    unit=Unit.PERCENT,
    better=Polarity.HIGHER,
    digits=1,
    numerator="pupils with grade 5 or above in both",
    denominator="pupils at the end of key stage 4",
    order=50,
    meaning=ResultShare((Needed("KS4_ENGLISH", 5), Needed("KS4_MATHS", 5))),
)
