"""New plans issued within 20 weeks."""

from __future__ import annotations

from ropewalk.core.measures.declaration import Lait, Measure, Polarity, Question, Unit

MEASURE = Measure(
    id="ehc_plans_20_weeks",
    title="New plans issued within 20 weeks",
    question=Question.WHO,
    summary=("Share of new education, health and care plans issued within the 20 weeks the law allows."),
    definition=(
        "New education, health and care plans issued within 20 weeks, exception cases left out, "
        "divided by all new plans issued, times 100."
    ),
    source="Department for Education, Education, health and care plans",
    source_url="https://explore-education-statistics.service.gov.uk/find-statistics/education-health-and-care-plans",
    unit=Unit.PERCENT,
    better=Polarity.HIGHER,
    digits=1,
    lait=(Lait("SEN_EHC_Excpt_20wks"),),
    order=40,
    notes=(
        (
            "The Department counts plans issued in a calendar year. It is shown under the academic year "
            "that ends in that calendar year."
        ),
    ),
)
