"""Permanent exclusions by reason."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Measure, Polarity, Question, Unit
from ropewalk.core.schema.phases import Phase

MEASURE = Measure(
    id="permanent_exclusions_by_reason",
    title="Permanent exclusions by reason",
    question=Question.SUSPENDED,
    summary="How many permanent exclusions were given for each reason.",
    definition=("Permanent exclusions in the academic year, counted by their main reason."),
    source="Department for Education, Permanent and fixed-period exclusions in England",
    source_url="https://www.gov.uk/government/statistics/permanent-and-fixed-period-exclusions-in-england-2016-to-2017",
    unit=Unit.COUNT,
    better=Polarity.LOWER,
    digits=0,
    numerator="permanent exclusions",
    headline=(Phase.ALL, "reason_DB"),
    order=62,
    on_place_page=False,
    notes=(
        "Small numbers are hidden; national and regional counts are rounded to 5, so parts may not sum to totals.",
        "Published to 2016/17, with one reason for each exclusion.",
    ),
)
