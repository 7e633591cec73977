"""Appeals to the SEND Tribunal."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit
from ropewalk.core.schema.periods import PeriodKind

MEASURE = Measure(
    id="sen_tribunal_appeal_rate",
    title="Appeals to the SEND Tribunal",
    question=Question.WHO,
    summary="Share of decisions about education, health and care plans that were appealed to the Tribunal.",
    definition=(
        "Appeals registered with the SEND Tribunal in the calendar year, divided by all decisions of the "
        "council that could be appealed, times 100."
    ),
    source=(
        "Ministry of Justice, Tribunal statistics, as shown in the SEND and alternative provision inclusion dashboard"
    ),
    source_url="https://department-for-education.shinyapps.io/send-ap-inclusion-dashboard/",
    unit=Unit.PERCENT,
    better=Polarity.NEITHER,
    digits=2,
    numerator="appeals",
    denominator="decisions that could be appealed",
    smallest_period=PeriodKind.CALENDAR_YEAR,
    order=56,
    on_place_page=False,
)
