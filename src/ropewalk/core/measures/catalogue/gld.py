"""Good level of development."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit
from ropewalk.core.measures.meaning import Needed, ResultShare

MEASURE = Measure(
    id="gld",
    title="Good level of development",
    question=Question.ACHIEVE,
    summary="Share of children with a good level of development at the end of Reception.",
    definition=(
        "Children with a good level of development (expected level in all twelve early learning goals of "
        "communication and language, physical development, personal, social and emotional development, "
        "literacy and mathematics), divided by all children with a result, times 100."
    ),
    source="Department for Education, Early years foundation stage profile results",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/early-years-foundation-stage-profile-results",
    unit=Unit.PERCENT,
    better=Polarity.HIGHER,
    digits=1,
    numerator="children with a good level of development",
    denominator="children with a result",
    order=4,
    on_place_page=False,
    meaning=ResultShare((Needed("GLD", 1),)),
)
