"""Progress in reading to age 11."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit

MEASURE = Measure(
    id="ks2_reading_progress",
    title="Progress in reading to age 11",
    question=Question.ACHIEVE,
    summary=(
        "Progress in reading from age 7 to 11 compared with pupils in England with the same start; 0 is the average."
    ),
    definition=(
        "Each pupil's key stage 2 result in reading less the average of pupils in England with the same "
        "key stage 1 results; averaged over pupils."
    ),
    source="Department for Education, Key stage 2 attainment",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/key-stage-2-attainment",
    unit=Unit.SCORE,
    better=Polarity.HIGHER,
    digits=1,
    denominator="pupils at the end of key stage 2 with key stage 1 results",
    order=70,
    on_place_page=False,
    notes=("Measured for schools only. Not published for 2019/20 and 2020/21, when no tests were held.",),
)
