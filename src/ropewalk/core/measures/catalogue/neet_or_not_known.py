"""Not in education, employment or training, or not known."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Lait, Measure, Polarity, Question, Unit
from ropewalk.core.schema.periods import PeriodKind

MEASURE = Measure(
    id="neet_or_not_known",
    title="Not in education, employment or training, or not known",
    question=Question.AFTER,
    summary=(
        "Share of 16 and 17 year olds who are in neither education, employment nor training or whose "
        "activity is not known."
    ),
    definition="Sum of the two shares, average over December to February.",
    source="Department for Education, NEET and participation: local authority figures",
    source_url="https://www.gov.uk/government/publications/neet-and-participation-local-authority-figures",
    unit=Unit.PERCENT,
    better=Polarity.LOWER,
    digits=1,
    smallest_period=PeriodKind.CALENDAR_YEAR,
    lait=(Lait("16-17_not known_NEET", calendar=True),),
    order=10,
)
