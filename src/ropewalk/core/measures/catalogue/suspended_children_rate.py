"""Children suspended at least once, over all their rolls."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit
from ropewalk.core.measures.meaning import Of, PupilsWithEvent
from ropewalk.core.schema.periods import PeriodKind

MEASURE = Measure(
    id="suspended_children_rate",
    title="Children suspended at least once",
    question=Question.SUSPENDED,
    summary="Share of the place's children with one or more suspensions.",
    definition=(
        "Children with at least one suspension at any school of the place in the period, divided by "
        "children on roll there on January census day (registered at one school only, or as their main "
        "school), times 100. A child suspended by two schools counts once. A child's group is that of the "
        "roll with most possible sessions in the year."
    ),
    source="Ropewalk, after the Department's definition of pupils suspended at least once",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/suspensions-and-permanent-exclusions-in-england",
    unit=Unit.PERCENT,
    better=Polarity.LOWER,
    digits=2,
    numerator="children suspended at least once",
    denominator="children on roll in January",
    smallest_period=PeriodKind.TERM,
    order=22,
    on_place_page=False,
    notes=("For places only, all phases together.",),
    meaning=PupilsWithEvent("SUSP", of=Of.CHILD),
)
