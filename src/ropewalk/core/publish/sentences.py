"""How the value of a measure is said in a sentence, where its title alone would read stiffly.

A measure without an entry is said as "title in place: value in period".
"""

from __future__ import annotations

SAID = {
    "absence_overall": "Pupils in {place} missed {value} of their sessions in {period}",
    "absence_authorised": (
        "Pupils in {place} missed {value} of their sessions with leave or for an accepted reason in {period}"
    ),
    "absence_unauthorised": "Pupils in {place} missed {value} of their sessions without leave in {period}",
    "persistent_absence": "{value} of pupils in {place} were persistently absent in {period}",
    "severe_absence": "{value} of pupils in {place} were severely absent in {period}",
    "suspension_rate": "The suspension rate in {place} was {value} in {period}",
    "suspended_pupils_rate": "{value} of pupils in {place} were suspended at least once in {period}",
    "permanent_exclusion_rate": "The permanent exclusion rate in {place} was {value} in {period}",
    "ks2_rwm_expected": (
        "{value} of pupils in {place} met the expected standard in reading, writing and mathematics in {period}"
    ),
    "attainment8": "The average Attainment 8 score in {place} was {value} in {period}",
    "progress8": "The average Progress 8 score in {place} was {value} in {period}",
    "gap_attainment8": "The disadvantage gap in Attainment 8 in {place} was {value} in {period}",
    "gap_ks2_rwm": "The disadvantage gap at key stage 2 in {place} was {value} in {period}",
    "gap_progress8": "The disadvantage gap in Progress 8 in {place} was {value} in {period}",
    "neet_or_not_known": (
        "{value} of 16 and 17 year olds in {place} were not in education, "
        "employment or training, or not known, in {period}"
    ),
    "neet": (
        "{value} of 16 and 17 year olds known to the council in {place} were "
        "not in education, employment or training in {period}"
    ),
    "not_known": "What {value} of 16 and 17 year olds in {place} did was not known in {period}",
    "free_school_meals": "{value} of pupils in {place} were eligible for free school meals in {period}",
    "ehcp_share": "{value} of pupils in {place} had an education, health and care plan in {period}",
    "sen_support_share": "{value} of pupils in {place} had SEN support in {period}",
    "ehc_plans_20_weeks": (
        "{value} of new education, health and care plans in {place} were issued within 20 weeks in {period}"
    ),
}
