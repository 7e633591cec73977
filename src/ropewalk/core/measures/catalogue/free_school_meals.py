"""Eligible for free school meals."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Lait, Measure, Polarity, Question, Unit
from ropewalk.core.measures.meaning import HeadcountShare
from ropewalk.core.schema.phases import Phase

MEASURE = Measure(
    id="free_school_meals",
    title="Eligible for free school meals",
    question=Question.WHO,
    summary="Share of pupils known to be eligible for free school meals.",
    definition=(
        "Pupils known to be eligible for and claiming free school meals on January census day divided "
        "by pupils on roll, times 100."
    ),
    source="Department for Education, Schools, pupils and their characteristics",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/school-pupils-and-their-characteristics",
    unit=Unit.PERCENT,
    better=Polarity.NEITHER,
    digits=1,
    numerator="pupils eligible",
    denominator="pupils on roll",
    lait=(
        Lait("PriFSM", Phase.PRIMARY),
        Lait("SecFSM", Phase.SECONDARY),
    ),
    headline=(Phase.SECONDARY, "all"),
    order=10,
    meaning=HeadcountShare("fsm"),
)
