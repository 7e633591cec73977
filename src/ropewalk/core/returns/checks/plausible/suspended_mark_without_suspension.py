"""E is for a pupil suspended or excluded for whom no provision was made (definitions C2).

Only asked of returns that bring suspensions. Holidays are not known here, so a suspension is taken to last up to 16
days longer than its sessions: a fortnight's holiday with its weekends.
"""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import NO_END, counted, refused_numbers, school_day, sessions_of

HOLIDAY = 16
# A suspension whose date was misread as one in the future may have been at any time.
BEFORE_ALL = "DATE '2000-01-01'"

SQL = f"""
WITH marked AS MATERIALIZED (
  SELECT file, line, urn, pupil, week, codes FROM register
  WHERE list_contains(codes, 'E')
    AND (EXISTS (SELECT 1 FROM suspensions) OR EXISTS (SELECT 1 FROM source_file WHERE kind = 'suspensions'))),
spells AS (
  SELECT urn, pupil, CASE WHEN start_date > today THEN {BEFORE_ALL} ELSE start_date END AS start_date,
    CASE WHEN category = 'PERM' OR sessions IS NULL OR start_date > today THEN {NO_END}
      ELSE {school_day("start_date", "(sessions + 1) // 2")} + {HOLIDAY} END AS last
  FROM suspensions, context WHERE NOT coalesce(cancelled, FALSE)),
refused AS {refused_numbers("suspensions")}
SELECT file, line, {counted("count(*)", "session", "sessions")} AS detail FROM {sessions_of("marked")} AS s
WHERE code = 'E' AND pupil NOT IN (SELECT upn FROM refused) AND NOT EXISTS (
  SELECT 1 FROM spells AS x WHERE x.urn = s.urn AND x.pupil = s.pupil AND s.day BETWEEN x.start_date AND x.last)
GROUP BY file, line
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="suspended_mark_without_suspension",
    title="Marked suspended without a suspension",
    stage=Stage.PLAUSIBLE,
    severity=Severity.QUESTION,
    says=(
        "The register says suspended or excluded (E), but no suspension of the pupil in this return covers that day."
    ),
    do="Add the suspension, or correct the mark.",
    queries=(Query("register", SQL, "marks"),),
)
