"""At the school throughout key stage 4."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit

MEASURE = Measure(
    id="stability_ks4",
    title="At the school throughout key stage 4",
    question=Question.WHO,
    summary="Share of pupils at the end of key stage 4 who did not join in years 10 or 11.",
    definition=(
        "Pupils at the end of key stage 4 whom the performance tables count as non-mobile (at the school "
        "since the start of key stage 4) divided by all pupils at the end of key stage 4, times 100."
    ),
    source="Department for Education, Key stage 4 performance",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/key-stage-4-performance",
    unit=Unit.PERCENT,
    better=Polarity.NEITHER,
    digits=1,
    numerator="pupils who did not move",
    denominator="pupils at the end of key stage 4",
    order=60,
    on_place_page=False,
    notes=("It counts pupils who came, among those still there at the end. Pupils who left are not seen in it.",),
)
