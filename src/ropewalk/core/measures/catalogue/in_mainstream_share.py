"""Pupils educated in mainstream schools."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit
from ropewalk.core.schema.phases import Phase

MEASURE = Measure(
    id="in_mainstream_share",
    title="Educated in a mainstream school",
    question=Question.WHO,
    summary="Share of pupils of a group, such as those with a plan, who are in state-funded mainstream schools.",
    definition=(
        "Pupils of the group in state-funded nursery, primary and secondary schools, divided by pupils of"
        " the group in all schools, times 100."
    ),
    source="Department for Education, SEND and alternative provision inclusion dashboard",
    source_url="https://department-for-education.shinyapps.io/send-ap-inclusion-dashboard/",
    unit=Unit.PERCENT,
    better=Polarity.NEITHER,
    digits=1,
    numerator="pupils in mainstream schools",
    denominator="pupils in all schools",
    headline=(Phase.ALL, "ehcp"),
    order=52,
    on_place_page=False,
    notes=("All schools include special, alternative provision and independent schools of the area.",),
)
