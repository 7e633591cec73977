"""Pupils who missed little."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit

MEASURE = Measure(
    id="absence_below_5",
    title="Pupils who missed less than 5 per cent",
    question=Question.IN_SCHOOL,
    summary="Share of pupils who missed less than a twentieth of their own possible sessions.",
    definition=(
        "Pupil enrolments missing less than 5 per cent of their own possible sessions, divided by all "
        "enrolments, times 100. A pupil enrolled at two schools counts as two enrolments."
    ),
    source="Department for Education, Absence bands (pupil absence in schools in England)",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/pupil-absence-in-schools-in-england",
    unit=Unit.PERCENT,
    better=Polarity.HIGHER,
    digits=1,
    numerator="enrolments missing less than 5%",
    denominator="enrolments",
    order=34,
    on_place_page=False,
    not_collected=("2019/20",),
)
