"""Pupils in mainstream schools who have special educational needs."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit
from ropewalk.core.schema.phases import Phase

MEASURE = Measure(
    id="mainstream_pupils_with_sen",
    title="Mainstream pupils with special educational needs",
    question=Question.WHO,
    summary="Share of pupils in mainstream schools who have special educational needs of the kind shown.",
    definition=(
        "Pupils in state-funded mainstream schools with the kind of special educational provision shown, "
        "divided by all pupils in those schools, times 100."
    ),
    source="Department for Education, SEND and alternative provision inclusion dashboard",
    source_url="https://department-for-education.shinyapps.io/send-ap-inclusion-dashboard/",
    unit=Unit.PERCENT,
    better=Polarity.NEITHER,
    digits=1,
    numerator="pupils with this provision",
    denominator="pupils in mainstream schools",
    headline=(Phase.ALL, "ehcp"),
    order=50,
    on_place_page=False,
    notes=("The group says which pupils are counted: any need, SEN support, or a plan.",),
)
