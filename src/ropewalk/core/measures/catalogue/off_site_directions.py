"""Off-site directions."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit
from ropewalk.core.measures.meaning import Moves
from ropewalk.core.schema.periods import PeriodKind

MEASURE = Measure(
    id="off_site_directions",
    title="Off-site directions",
    question=Question.SUSPENDED,
    summary="How many times the school directed a pupil off site to improve behaviour.",
    definition=(
        "Off-site directions by the school (placements for a time, to improve behaviour) that began in the period."
    ),
    source="Department for Education, Suspension and permanent exclusion guidance",
    source_url="https://www.gov.uk/government/publications/school-exclusion",
    unit=Unit.COUNT,
    better=Polarity.NEITHER,
    digits=0,
    numerator="off-site directions",
    smallest_period=PeriodKind.HALF_TERM,
    order=74,
    on_place_page=False,
    notes=("Only what schools recorded is counted.",),
    meaning=Moves("off_site_direction"),
)
