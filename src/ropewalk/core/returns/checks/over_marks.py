"""SQL for checks of attendance codes, over weeks of ten marks and over marks sent one by one alike."""

from __future__ import annotations

from ropewalk.core.returns.checks.declaration import Query

_REGISTER = """
WITH used AS (SELECT DISTINCT year, unnest(codes) AS code FROM marks_text),
bad AS (SELECT year, code FROM used WHERE code <> '-' AND ({condition})),
bad_text AS (
  SELECT m.year, m.text FROM marks_text AS m JOIN bad
  ON m.year IS NOT DISTINCT FROM bad.year AND list_contains(m.codes, bad.code))
SELECT r.file, r.line FROM raw_register AS r LEFT JOIN day_text AS d ON d.text = r.week_beginning
JOIN bad_text AS b ON b.text = r.marks AND b.year IS NOT DISTINCT FROM d.year
"""
_MARKS = """
WITH bad AS (SELECT year, text FROM code_text AS used WHERE code <> '-' AND ({condition}))
SELECT r.file, r.line FROM raw_marks AS r LEFT JOIN day_text AS d ON d.text = r.date
JOIN bad AS b ON b.text = r.code AND b.year IS NOT DISTINCT FROM d.year
"""


def marks_queries(condition: str) -> tuple[Query, ...]:
    """Lines with a code that meets a condition over ``used``: ``code`` and academic ``year`` (NULL if unreadable)."""
    return (
        Query("register", _REGISTER.format(condition=condition), "marks"),
        Query("marks", _MARKS.format(condition=condition), "code"),
    )
