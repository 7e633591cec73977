"""Ofsted overall judgement."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit

MEASURE = Measure(
    id="ofsted_overall",
    title="Ofsted overall judgement",
    question=Question.ACHIEVE,
    summary=(
        "Overall effectiveness at a full inspection: 1 outstanding, 2 good, 3 requires improvement, 4 inadequate."
    ),
    definition=(
        "Grade for overall effectiveness at a full inspection (or one deemed full), under the academic "
        "year in which the inspection began and the URN the school had then."
    ),
    source="Ofsted, Management information: state-funded schools",
    source_url="https://www.gov.uk/government/statistical-data-sets/monthly-management-information-ofsteds-school-inspections-outcomes",
    unit=Unit.GRADE,
    better=Polarity.LOWER,
    digits=0,
    order=200,
    on_place_page=False,
    notes=(
        (
            "Ofsted has given no single-word overall judgement of state-funded schools since September "
            "2024: use it as history."
        ),
    ),
)
