"""Attainment 8."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Lait, Measure, Polarity, Question, Unit
from ropewalk.core.measures.meaning import ResultMean

MEASURE = Measure(
    id="attainment8",
    title="Attainment 8",
    question=Question.ACHIEVE,
    summary="Average score over eight GCSE-level subjects; all grade 5 would be 50.",
    definition=(
        "Sum of point scores in eight slots: English (best of language and literature) and maths "
        "count double, three English Baccalaureate subjects and three others; averaged over pupils at "
        "the end of key stage 4."
    ),
    source="Department for Education, Key stage 4 performance",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/key-stage-4-performance",
    unit=Unit.SCORE,
    better=Polarity.HIGHER,
    digits=1,
    numerator="points",
    denominator="pupils at the end of key stage 4",
    lait=(
        Lait("AVG_Attain8_Score"),
        Lait("DAP_KS4_ATT8", group="disadvantaged"),
        Lait("NonDAP_KS4_ATT8", group="not_disadvantaged"),
        Lait("FSM_AVG_Attain8_Score", group="fsm"),
        Lait("NonFSM_AVG_Attain8_Score", group="not_fsm"),
        Lait("SEN_WoStat_AVG_Attain8_Score", group="sen_support"),
        Lait("SEN_Stat_AVG_Attain8_Score", group="ehcp"),
        Lait("SEN_NoID_AVG_Attain8_Score", group="no_sen"),
    ),
    order=20,
    notes=(
        (
            "Grades were awarded by centres and teachers in 2020 and 2021; those two years are not "
            "comparable with others."
        ),
    ),
    meaning=ResultMean("KS4_A8"),
)
