"""Activity not known at 16 to 17."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Lait, Measure, Polarity, Question, Unit
from ropewalk.core.schema.periods import PeriodKind

MEASURE = Measure(
    id="not_known",
    title="Activity not known at 16 to 17",
    question=Question.AFTER,
    summary="Share of 16 and 17 year olds whose activity the council does not know.",
    definition=(
        "Average over December to February of 16 and 17 year olds whose activity is not known to the "
        "council, divided by all, times 100."
    ),
    source="Department for Education, NEET and participation: local authority figures",
    source_url="https://www.gov.uk/government/publications/neet-and-participation-local-authority-figures",
    unit=Unit.PERCENT,
    better=Polarity.LOWER,
    digits=1,
    smallest_period=PeriodKind.CALENDAR_YEAR,
    lait=(Lait("16-17_not known", calendar=True),),
    order=30,
)
