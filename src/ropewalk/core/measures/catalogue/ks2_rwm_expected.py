"""Reading, writing and maths at 11."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Lait, Measure, Polarity, Question, Unit
from ropewalk.core.measures.meaning import Needed, ResultShare

MEASURE = Measure(
    id="ks2_rwm_expected",
    title="Reading, writing and maths at 11",
    question=Question.ACHIEVE,
    summary=(
        "Share of pupils who reach the expected standard in reading, writing and maths at the end of primary school."
    ),
    definition=(
        "Pupils at the end of key stage 2 with a scaled score of 100 or more in reading and in maths "
        "and a teacher assessment of expected standard or above in writing, divided by all eligible "
        "pupils, times 100."
    ),
    source="Department for Education, Key stage 2 attainment",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/key-stage-2-attainment",
    unit=Unit.PERCENT,
    better=Polarity.HIGHER,
    digits=0,
    numerator="pupils reaching the standard in all three",
    denominator="eligible pupils",
    lait=(
        Lait("KS2RWM_Expected_STD"),
        Lait("DAP_NEW_KS2_RWM", group="disadvantaged"),
        Lait("NonDAP_NEW_KS2_RWM", group="not_disadvantaged"),
        Lait("FSM_NEW_KS2_RWM", group="fsm"),
        Lait("NonFSM_NEW_KS2_RWM", group="not_fsm"),
    ),
    order=10,
    notes=("No tests were held in 2019/20 and 2020/21.",),
    not_collected=("2019/20", "2020/21"),
    meaning=ResultShare((Needed("KS2_READING", 100), Needed("KS2_WRITING", 1), Needed("KS2_MATHS", 100))),
)
