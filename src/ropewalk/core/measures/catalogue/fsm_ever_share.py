"""Free school meals in the last six years."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit
from ropewalk.core.schema.phases import Phase

MEASURE = Measure(
    id="fsm_ever_share",
    title="Free school meals in the last six years",
    question=Question.WHO,
    summary="Share of pupils eligible for free school meals at any time in the last six years.",
    definition=(
        "Pupils who were eligible for free school meals at any January census of the last six years, "
        "divided by all pupils on roll, times 100. Published in the performance tables; it is close to, "
        "not the same as, disadvantage."
    ),
    source="Department for Education, school and college performance tables",
    source_url="https://www.compare-school-performance.service.gov.uk/download-data",
    unit=Unit.PERCENT,
    better=Polarity.NEITHER,
    digits=1,
    numerator="pupils eligible in the last six years",
    denominator="pupils on roll",
    headline=(Phase.SECONDARY, "all"),
    order=15,
    on_place_page=False,
)
