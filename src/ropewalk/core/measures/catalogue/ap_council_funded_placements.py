"""Alternative provision placements councils pay for."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit

MEASURE = Measure(
    id="ap_council_funded_placements",
    title="Alternative provision placements paid by the council",
    question=Question.WHO,
    summary="How many placements in alternative provision the council pays for.",
    definition="Placements in alternative provision funded by the council on census day in January.",
    source="Department for Education, SEND and alternative provision inclusion dashboard",
    source_url="https://department-for-education.shinyapps.io/send-ap-inclusion-dashboard/",
    unit=Unit.COUNT,
    better=Polarity.NEITHER,
    digits=0,
    order=64,
    on_place_page=False,
)
