"""Taking part in education or training at 16 to 17."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit
from ropewalk.core.schema.periods import PeriodKind

MEASURE = Measure(
    id="participation_16_17",
    title="In education or training at 16 to 17",
    question=Question.AFTER,
    summary="Share of 16 and 17 year olds taking part in education or training in March.",
    definition=(
        "16 and 17 year olds taking part in full-time education, an apprenticeship or other education and"
        " training in March, divided by all known to the council, times 100."
    ),
    source="Department for Education, NEET and participation: local authority figures",
    source_url="https://www.gov.uk/government/publications/neet-and-participation-local-authority-figures",
    unit=Unit.PERCENT,
    better=Polarity.HIGHER,
    digits=1,
    numerator="young people taking part",
    denominator="young people known to the council",
    smallest_period=PeriodKind.CALENDAR_YEAR,
    order=40,
)
