"""Whoever is marked is on the roll. Only asked where the school's roll is part of the return.

Not asked again: pupils whose line of the roll was set aside, rows whose own pupil number is told to be wrong, and
schools where no more pupils are unknown than lines of the roll have a number told to be wrong and no register.
"""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import NO_MARK, not_reported, refused_numbers

SQL = f"""
WITH named AS (SELECT DISTINCT urn, pupil FROM roll),
registered AS MATERIALIZED (SELECT DISTINCT urn, pupil FROM register WHERE urn IN (SELECT urn FROM named)),
unnamed AS (
  SELECT urn, pupil FROM registered AS r
  WHERE NOT EXISTS (SELECT 1 FROM named AS n WHERE n.urn = r.urn AND n.pupil = r.pupil)),
strangers AS MATERIALIZED (SELECT file, line, urn, pupil, codes FROM register JOIN unnamed USING (urn, pupil)),
refused AS {refused_numbers("roll")},
unknown AS MATERIALIZED (
  SELECT * FROM strangers AS r
  WHERE len(list_filter(codes, lambda code: code NOT IN {NO_MARK})) > 0
    AND pupil NOT IN (SELECT upn FROM refused) AND {not_reported("r", "upn")}),
doubtful AS (
  SELECT urn, count(DISTINCT pupil) AS pupils FROM roll AS r
  WHERE NOT {not_reported("r", "upn")}
    AND NOT EXISTS (SELECT 1 FROM registered AS g WHERE g.urn = r.urn AND g.pupil = r.pupil) GROUP BY urn),
told AS (
  SELECT u.urn FROM unknown AS u JOIN doubtful AS d USING (urn)
  GROUP BY u.urn, d.pupils HAVING count(DISTINCT u.pupil) <= d.pupils)
SELECT file, line FROM unknown WHERE urn NOT IN (SELECT urn FROM told)
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
