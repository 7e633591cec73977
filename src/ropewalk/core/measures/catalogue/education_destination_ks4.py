"""Staying in education after 16."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit

MEASURE = Measure(
    id="education_destination_ks4",
    title="Staying in education after 16",
    question=Question.AFTER,
    summary="Share of pupils who stay in education for at least two terms of the year after GCSEs.",
    definition=(
        "Pupils who finished key stage 4 in state-funded schools and were in education (school, sixth "
        "form, further education and other) for two terms in a row of the following year, divided by all "
        "who finished, times 100."
    ),
    source="Department for Education, Key stage 4 destination measures",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/key-stage-4-destination-measures",
    unit=Unit.PERCENT,
    better=Polarity.NEITHER,
    digits=1,
    numerator="pupils with a sustained education destination",
    denominator="pupils who finished key stage 4",
    order=20,
    on_place_page=False,
    notes=(
        (
            "The period is the year in which pupils were followed: 2022/23 stands for pupils who finished "
            "key stage 4 in 2021/22."
        ),
        (
            "The Department changed its method in the release for 2023/24 and redid earlier years; "
            "figures of releases before it are as first published."
        ),
    ),
)
