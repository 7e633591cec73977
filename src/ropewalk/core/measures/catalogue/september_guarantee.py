"""Offered a place for the next year."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit
from ropewalk.core.schema.periods import PeriodKind

MEASURE = Measure(
    id="september_guarantee",
    title="Offered a place for the next year",
    question=Question.AFTER,
    summary="Share of 16 and 17 year olds offered a suitable place in education or training for the next year.",
    definition=(
        "16 and 17 year olds who were offered a suitable place in education or training by the end of "
        "September (the September Guarantee), divided by all entitled to an offer, times 100."
    ),
    source="Department for Education, NEET and participation: local authority figures",
    source_url="https://www.gov.uk/government/publications/neet-and-participation-local-authority-figures",
    unit=Unit.PERCENT,
    better=Polarity.HIGHER,
    digits=1,
    numerator="young people with an offer",
    denominator="young people entitled to an offer",
    smallest_period=PeriodKind.CALENDAR_YEAR,
    order=50,
    notes=("Taken as published: a council counting more offers than residents can exceed 100.",),
)
