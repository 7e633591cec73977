"""Pupils on roll (C, M, S) have a register; nursery classes are not asked about.

Left out where the return holds only a few of the school's pupils, as a correction does, and where the whole year group
is missing, which has a check of its own. Nor are lines asked about whose pupil number is told to be wrong, or that
name a pupil who is on another roll as the only school.
"""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import ENROLLED, NO_END, not_reported
from ropewalk.core.returns.checks.plausible.register_missing_for_class import CLASS

# The register covers the school when at least this share of the pupils who should be in it are.
COVERED = 0.5

SQL = f"""
WITH weeks AS (SELECT DISTINCT urn, week FROM register),
spans AS (SELECT urn, min(week) AS first, max(week) AS last FROM weeks GROUP BY urn),
sent AS (SELECT DISTINCT urn, pupil, TRUE AS sent FROM register),
groups AS (SELECT urn, pupil, min(year_group) AS year_group FROM roll GROUP BY urn, pupil),
pupils AS (
  SELECT e.*, g.year_group, coalesce(s.sent, FALSE) AS sent FROM ({ENROLLED}) AS e
  JOIN spans
    ON spans.urn = e.urn AND e.start_date <= spans.last AND coalesce(e.leaving_date, {NO_END}) >= spans.first + 4
  JOIN groups AS g ON g.urn = e.urn AND g.pupil = e.pupil
  LEFT JOIN sent AS s ON s.urn = e.urn AND s.pupil = e.pupil
  WHERE e.status IN ('C', 'M', 'S') AND coalesce(g.year_group, '') NOT IN ('N1', 'N2')),
covered AS (SELECT urn FROM pupils GROUP BY urn HAVING avg(CAST(sent AS INTEGER)) >= {COVERED}),
absent_classes AS (
  SELECT urn, year_group FROM pupils WHERE year_group IS NOT NULL GROUP BY ALL
  HAVING NOT bool_or(sent) AND count(*) >= {CLASS})
SELECT p.file, p.line FROM pupils AS p
WHERE NOT p.sent AND p.urn IN (SELECT urn FROM covered) AND {not_reported("p", "upn")}
  AND NOT EXISTS (
    SELECT 1 FROM ({ENROLLED}) AS o
    WHERE o.pupil = p.pupil AND o.urn <> p.urn AND o.status = 'C' AND p.status = 'C'
      AND o.start_date <= coalesce(p.leaving_date, {NO_END}) AND p.start_date <= coalesce(o.leaving_date, {NO_END}))
  AND NOT EXISTS (SELECT 1 FROM absent_classes AS c WHERE c.urn = p.urn AND c.year_group = p.year_group)
  AND EXISTS (
    SELECT 1 FROM weeks AS w
    WHERE w.urn = p.urn AND w.week >= p.start_date AND w.week + 4 <= coalesce(p.leaving_date, {NO_END}))
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="pupil_without_register",
    title="A pupil without a register",
    stage=Stage.PLAUSIBLE,
    severity=Severity.QUESTION,
    says=("The pupil is on roll while the school takes registers, but no week of this pupil is in the return."),
    do="Check that the register has every pupil, under the same unique pupil number as the roll.",
    queries=(Query("roll", SQL, "upn"),),
)
