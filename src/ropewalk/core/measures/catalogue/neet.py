"""Not in education, employment or training at 16 to 17."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Lait, Measure, Polarity, Question, Unit
from ropewalk.core.schema.periods import PeriodKind

MEASURE = Measure(
    id="neet",
    title="Not in education, employment or training at 16 to 17",
    question=Question.AFTER,
    summary="Share of 16 and 17 year olds known to be in neither education, employment nor training.",
    definition=(
        "Average over December to February of 16 and 17 year olds recorded as not in education, "
        "employment or training, divided by all known to the council, times 100."
    ),
    source="Department for Education, NEET and participation: local authority figures",
    source_url="https://www.gov.uk/government/publications/neet-and-participation-local-authority-figures",
    unit=Unit.PERCENT,
    better=Polarity.LOWER,
    digits=1,
    smallest_period=PeriodKind.CALENDAR_YEAR,
    lait=(Lait("16-17 NEET", calendar=True),),
    order=20,
)
