"""Pupils suspended at least once."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Lait, Measure, Polarity, Question, Unit
from ropewalk.core.measures.meaning import PupilsWithEvent
from ropewalk.core.schema.periods import PeriodKind
from ropewalk.core.schema.phases import Phase

MEASURE = Measure(
    id="suspended_pupils_rate",
    title="Pupils suspended at least once",
    question=Question.SUSPENDED,
    summary="Share of pupils with one or more suspensions in the year.",
    definition=(
        "Pupils with at least one suspension in the academic year divided by pupils on roll on "
        "January census day, times 100."
    ),
    source="Department for Education, Suspensions and permanent exclusions in England",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/suspensions-and-permanent-exclusions-in-england",
    unit=Unit.PERCENT,
    better=Polarity.LOWER,
    digits=2,
    numerator="pupils suspended at least once",
    denominator="pupils on roll in January",
    smallest_period=PeriodKind.TERM,
    lait=(
        Lait("Total_ Pup_FixedEx", places=2),
        Lait("Sec_ Pup_FixedEx", Phase.SECONDARY, places=2),
        Lait("LAC_Fixed_ Ex", group="looked_after", places=2),
        Lait("CINFixedExclusion", group="children_in_need", places=2),
    ),
    order=20,
    meaning=PupilsWithEvent("SUSP"),
)
