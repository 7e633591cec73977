"""Progress 8."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Lait, Measure, Polarity, Question, Unit

MEASURE = Measure(
    id="progress8",
    title="Progress 8",
    question=Question.ACHIEVE,
    summary=(
        "Progress from the end of primary school to GCSEs compared with pupils in England with the "
        "same start; 0 is the average."
    ),
    definition=(
        "Each pupil's Attainment 8 less the national average Attainment 8 of pupils with the same key "
        "stage 2 results, divided by 10; averaged over pupils."
    ),
    source="Department for Education, Key stage 4 performance",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/key-stage-4-performance",
    unit=Unit.SCORE,
    better=Polarity.HIGHER,
    digits=2,
    denominator="pupils at the end of key stage 4 with key stage 2 results",
    lait=(
        Lait("AVG_Prog8_Score", places=2),
        Lait("DAP_KS4_Prog8", group="disadvantaged", places=2),
        Lait("NonDAP_KS4_Prog8", group="not_disadvantaged", places=2),
    ),
    order=30,
    notes=(("Not published for 2024/25 and 2025/26: those pupils sat no key stage 2 tests because of the pandemic."),),
    not_collected=("2019/20", "2020/21", "2024/25", "2025/26"),
)
