"""Pupils their school placed in unregistered provision."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit

MEASURE = Measure(
    id="unregistered_ap_school_arranged",
    title="Pupils their school placed in unregistered provision",
    question=Question.WHO,
    summary="How many pupils are in a placement their school arranged that is not a registered school.",
    definition=(
        "Pupils in school-arranged alternative provision outside registered schools (one-on-one tuition, "
        "work placements, other providers) on January census day."
    ),
    source="Department for Education, SEND and alternative provision inclusion dashboard",
    source_url="https://department-for-education.shinyapps.io/send-ap-inclusion-dashboard/",
    unit=Unit.COUNT,
    better=Polarity.NEITHER,
    digits=0,
    order=66,
    on_place_page=False,
    notes=("Published here for 2022/23 only.",),
)
