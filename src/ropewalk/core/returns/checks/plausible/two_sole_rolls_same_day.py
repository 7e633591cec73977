"""A pupil with status C has one school. The day of leaving is the last day on roll, so the next roll begins after it.

Source: enrolment status in the Common Basic Data Set (definitions C6).
"""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import ENROLLED, NO_END

SQL = f"""
WITH sole AS (SELECT * FROM ({ENROLLED}) WHERE clear AND status = 'C')
SELECT one.file, one.line FROM sole AS one JOIN sole AS other
  ON other.pupil = one.pupil AND (other.urn <> one.urn OR other.start_date <> one.start_date)
WHERE one.start_date <= coalesce(other.leaving_date, {NO_END})
  AND other.start_date <= coalesce(one.leaving_date, {NO_END})
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="two_sole_rolls_same_day",
    title="On two rolls as the only school",
    stage=Stage.PLAUSIBLE,
    severity=Severity.WRONG,
    says=(
        "The pupil is registered as at one school only (C, or blank), but on the same day on another line of "
        "a roll as well."
    ),
    do=(
        "Agree with the other school: either one of the two has a day of leaving, or the pupil is registered "
        "at both (M and S)."
    ),
    queries=(Query("roll", SQL, "enrolment_status"),),
)
