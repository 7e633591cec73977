"""Pupils in alternative provision their school arranged."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit

MEASURE = Measure(
    id="ap_school_arranged_pupils",
    title="Pupils in alternative provision arranged by their school",
    question=Question.WHO,
    summary="How many pupils are in an off-site placement that their school arranged.",
    definition="Pupils in alternative provision arranged by their school on January census day, in any setting.",
    source="Department for Education, SEND and alternative provision inclusion dashboard",
    source_url="https://department-for-education.shinyapps.io/send-ap-inclusion-dashboard/",
    unit=Unit.COUNT,
    better=Polarity.NEITHER,
    digits=0,
    order=62,
    on_place_page=False,
    notes=("Published here for 2022/23 only.",),
)
