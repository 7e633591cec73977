"""English as an additional language."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit

MEASURE = Measure(
    id="eal_share",
    title="English as an additional language",
    question=Question.WHO,
    summary="Share of pupils whose first language is known or believed to be other than English.",
    definition=(
        "Pupils whose first language is known or believed to be other than English on January census day, "
        "divided by all pupils whose language was asked for (unclassified ones included), times 100."
    ),
    source="Department for Education, Schools, pupils and their characteristics",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/school-pupils-and-their-characteristics",
    unit=Unit.PERCENT,
    better=Polarity.NEITHER,
    digits=1,
    numerator="pupils with another first language",
    denominator="pupils on roll",
    order=40,
)
