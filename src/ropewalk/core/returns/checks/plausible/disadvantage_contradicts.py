"""Disadvantaged means free school meals at any time in six years, looked after for a day or more, or left care
(definitions C5): whoever is so now is disadvantaged. Nursery and sixth form have no such flag (general knowledge).
"""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage

WITHOUT_FLAG = "('N1', 'N2', '12', '13', '14')"

SQL = f"""
SELECT file, line FROM roll
WHERE (fsm_eligible OR looked_after) AND NOT disadvantaged AND coalesce(year_group, '') NOT IN {WITHOUT_FLAG}
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="disadvantage_contradicts",
    title="Free school meals or looked after, but not disadvantaged",
    stage=Stage.PLAUSIBLE,
    severity=Severity.WRONG,
    says=("The pupil is eligible for free school meals or looked after, but is recorded as not disadvantaged."),
    do="Write Y under disadvantaged, or correct free school meals or looked after.",
    queries=(Query("roll", SQL, "disadvantaged"),),
)
