"""Council-funded placements in unregistered provision."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit

MEASURE = Measure(
    id="unregistered_ap_council_funded",
    title="Council-funded placements in unregistered provision",
    question=Question.WHO,
    summary="How many placements paid by the council are not in a registered school.",
    definition=(
        "Placements funded by the council in alternative provision outside registered schools (one-on-one"
        " tuition, work placements, other providers) in January."
    ),
    source="Department for Education, SEND and alternative provision inclusion dashboard",
    source_url="https://department-for-education.shinyapps.io/send-ap-inclusion-dashboard/",
    unit=Unit.COUNT,
    better=Polarity.NEITHER,
    digits=0,
    order=68,
    on_place_page=False,
)
