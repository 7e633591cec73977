"""Pupils in state-funded alternative provision."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit

MEASURE = Measure(
    id="ap_state_funded_pupils",
    title="Pupils in state-funded alternative provision",
    question=Question.WHO,
    summary="How many pupils are in state-funded alternative provision schools.",
    definition=(
        "Pupils on roll in state-funded alternative provision schools (pupil referral units, AP academies"
        " and free schools) on January census day."
    ),
    source="Department for Education, SEND and alternative provision inclusion dashboard",
    source_url="https://department-for-education.shinyapps.io/send-ap-inclusion-dashboard/",
    unit=Unit.COUNT,
    better=Polarity.NEITHER,
    digits=0,
    order=60,
    on_place_page=False,
)
