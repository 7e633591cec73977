"""A pupil who moved to another school has a next school. General knowledge: schools pass on the file to it."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import not_reported

# Another school, a managed move, a special school or alternative provision, a family that moved.
TO_A_SCHOOL = "('OTH', 'MAN', 'SPE', 'MOV')"

SQL = f"""
SELECT file, line FROM roll, context
WHERE leaving_date <= today AND leaving_reason IN {TO_A_SCHOOL} AND destination_urn IS NULL
  AND {not_reported("roll", "destination_urn")}
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="leaver_without_destination",
    title="No school the pupil went to",
    stage=Stage.PLAUSIBLE,
    severity=Severity.QUESTION,
    says="The reason for leaving says that the pupil went on to another school, but not to which.",
    do="Fill in the next school's URN. If nobody knows where the pupil is, the reason is CME or UNK.",
    queries=(Query("roll", SQL, "destination_urn"),),
)
