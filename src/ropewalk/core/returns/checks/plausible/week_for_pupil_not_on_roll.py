"""Whoever is marked is on the roll. Only asked where the school's roll is part of the return."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import NO_MARK

SQL = f"""
WITH named AS (SELECT DISTINCT urn, pupil FROM roll),
strangers AS MATERIALIZED (
  SELECT file, line, codes FROM register AS r
  WHERE urn IN (SELECT urn FROM named)
    AND NOT EXISTS (SELECT 1 FROM named AS n WHERE n.urn = r.urn AND n.pupil = r.pupil))
SELECT file, line FROM strangers WHERE len(list_filter(codes, lambda code: code NOT IN {NO_MARK})) > 0
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="week_for_pupil_not_on_roll",
    title="A week of a pupil who is not on the roll",
    stage=Stage.PLAUSIBLE,
    severity=Severity.WRONG,
    says=("The register has a week of this pupil, but the school's roll in this return does not name the pupil."),
    do="Add the pupil to the roll, or correct the unique pupil number.",
    queries=(Query("register", SQL, "upn"),),
)
