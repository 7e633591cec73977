"""A managed move is a permanent transfer from one school to another (definitions C4)."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import not_reported

SQL = f"""
SELECT file, line FROM moves
WHERE lower(kind) = 'managed_move' AND to_urn IS NULL AND {not_reported("moves", "to_urn")}
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="managed_move_without_destination",
    title="Managed move to no school",
    stage=Stage.PLAUSIBLE,
    severity=Severity.WRONG,
    says="The managed move does not say to which school.",
    do="Fill in the URN of the school the pupil goes to.",
    queries=(Query("moves", SQL, "to_urn"),),
)
