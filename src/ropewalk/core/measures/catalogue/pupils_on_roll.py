"""Pupils on roll."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit
from ropewalk.core.measures.meaning import Headcount

MEASURE = Measure(
    id="pupils_on_roll",
    title="Pupils on roll",
    question=Question.WHO,
    summary="Number of pupils on roll on January census day.",
    definition=(
        "Headcount of full-time and part-time pupils on January census day. All schools together include "
        "independent and nursery schools; the phases hold state-funded schools only, and special schools "
        "include non-maintained ones."
    ),
    source="Department for Education, Schools, pupils and their characteristics",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/school-pupils-and-their-characteristics",
    unit=Unit.COUNT,
    better=Polarity.NEITHER,
    digits=0,
    order=5,
    notes=("Totals of councils, regions and England are added up from the schools of the file.",),
    meaning=Headcount(),
)
