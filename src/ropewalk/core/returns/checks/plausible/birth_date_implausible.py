"""An age at which nobody is on the roll of a school. General knowledge: nursery classes from 2, Year 14 up to 19."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage

YOUNGEST = 2
OLDEST = 20

# A birthday still to come is a date in the future, which has a check of its own.
SQL = f"""
SELECT file, line FROM roll, context
WHERE date_of_birth <= today
  AND (date_of_birth > start_date - INTERVAL {YOUNGEST} YEAR
    OR date_of_birth <= make_date(CAST(left(year, 4) AS INTEGER), 8, 31) - INTERVAL {OLDEST} YEAR)
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="birth_date_implausible",
    title="Date of birth out of range",
    stage=Stage.PLAUSIBLE,
    severity=Severity.WRONG,
    says=(
        "By the date of birth the pupil was younger than 2 on the day of entry, or 20 or older when the "
        "academic year began."
    ),
    do="Check the date of birth: day and month may be swapped, or the year mistyped.",
    queries=(Query("roll", SQL, "date_of_birth"),),
)
