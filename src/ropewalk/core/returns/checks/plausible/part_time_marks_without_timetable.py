"""C2 is a session off under a part-time timetable that school and parent agreed (definitions C2, C4).

Only asked of returns that bring moves.
"""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage
from ropewalk.core.returns.checks.phrases import NO_END, counted, refused_numbers, sessions_of

# A timetable whose date was misread as one in the future may have begun at any time.
BEFORE_ALL = "DATE '2000-01-01'"

SQL = f"""
WITH marked AS MATERIALIZED (
  SELECT file, line, urn, pupil, week, codes FROM register
  WHERE list_contains(codes, 'C2')
    AND (EXISTS (SELECT 1 FROM moves) OR EXISTS (SELECT 1 FROM source_file WHERE kind = 'moves'))),
agreed AS (
  SELECT from_urn, pupil, CASE WHEN start_date > today THEN {BEFORE_ALL} ELSE start_date END AS start_date,
    CASE WHEN end_date >= start_date THEN end_date ELSE {NO_END} END AS last
  FROM moves, context WHERE lower(kind) = 'part_time_timetable'),
refused AS {refused_numbers("moves")}
SELECT file, line, {counted("count(*)", "session", "sessions")} AS detail FROM {sessions_of("marked")} AS s
WHERE code = 'C2' AND pupil NOT IN (SELECT upn FROM refused) AND NOT EXISTS (
  SELECT 1 FROM agreed AS a WHERE a.from_urn = s.urn AND a.pupil = s.pupil AND s.day BETWEEN a.start_date AND a.last)
GROUP BY file, line
"""  # noqa: S608 - our own SQL

CHECK = Check(
    id="part_time_marks_without_timetable",
    title="Part-time marks without a part-time timetable",
    stage=Stage.PLAUSIBLE,
    severity=Severity.QUESTION,
    says=(
        "The register says part-time timetable (C2), but the moves in this return have none for the pupil on that day."
    ),
    do="Add the part-time timetable to the moves, or correct the mark.",
    queries=(Query("register", SQL, "marks"),),
)
