"""Attendance by hand in SQL over one row for each mark: what a capable user would write, for DuckDB and for Spark.

Tables: mark(school, child, day, session, code), code(code, authorised, …, as 1 and 0; possible codes only),
roll(school, child, year, a column for each attribute), week(week, year, half_term, term), school(school, place, phase).
"""

# ruff: noqa: S608 - all statements are made of our own names

from __future__ import annotations

from collections.abc import Iterator

KINDS = ("authorised", "unauthorised", "late", "part_time", "suspended", "illness")
ATTRIBUTES = (
    "disadvantaged",
    "fsm",
    "sen",
    "looked_after",
    "child_in_need",
    "sex",
    "first_language",
    "year_group",
    "ethnicity",
)
PERIODS = ("half_term", "term", "year")


def statements(monday: str) -> Iterator[str]:
    """The statements in their order; ``monday`` is how the dialect writes the Monday of ``m.day``."""
    sums = ", ".join(f"sum({kind}) AS {kind}" for kind in KINDS)
    numbers = f"sum(possible) AS possible, {sums}"
    attributes = ", ".join(ATTRIBUTES)

    def sets(*keys: str) -> str:
        """Everybody, and each attribute by itself."""
        all_keys = ", ".join(keys)
        return ", ".join([f"({all_keys})", *(f"({all_keys}, {one})" for one in ATTRIBUTES)])

    # Ten times fewer rows from here on.
    yield (
        f"CREATE TEMP {{table}} pupil_week AS SELECT m.school, m.child, {monday} AS week, count(*) AS possible, {sums} "
        f"FROM mark AS m JOIN code AS c ON m.code = c.code GROUP BY m.school, m.child, {monday}"
    )
    yield (
        "CREATE TEMP {table} wide AS SELECT w.*, k.year, k.term, k.half_term, "
        # Not known is a value of its own: after grouping, no value means everybody.
        + ", ".join(f"coalesce(r.{one}, '') AS {one}" for one in ATTRIBUTES)
        + " FROM pupil_week AS w JOIN week AS k ON w.week = k.week "
        "LEFT JOIN roll AS r ON w.school = r.school AND w.child = r.child AND k.year = r.year"
    )
    yield (
        f"CREATE TEMP {{table}} school_week AS SELECT school, week, {attributes}, {numbers} FROM wide "
        f"GROUP BY GROUPING SETS ({sets('school', 'week')})"
    )
    for period in PERIODS:
        yield (
            f"CREATE TEMP {{table}} school_{period} AS SELECT school, {period}, {attributes}, {numbers} FROM wide "
            f"GROUP BY GROUPING SETS ({sets('school', period)})"
        )
        yield (
            f"CREATE TEMP {{table}} pupil_{period} AS SELECT school, child, {period}, {attributes}, "
            "sum(possible) AS possible, sum(authorised + unauthorised) AS missed FROM wide "
            f"GROUP BY school, child, {period}, {attributes}"
        )
        yield (
            f"CREATE TEMP {{table}} absent_{period} AS SELECT school, {period}, {attributes}, count(*) AS enrolments, "
            "sum(CASE WHEN missed * 10 >= possible THEN 1 ELSE 0 END) AS persistent, "
            "sum(CASE WHEN missed * 2 >= possible THEN 1 ELSE 0 END) AS severe "
            f"FROM pupil_{period} WHERE possible > 0 GROUP BY GROUPING SETS ({sets('school', period)})"
        )
    for name, keys in {"week": "week", **{period: period for period in PERIODS}}.items():
        yield (
            f"CREATE TEMP {{table}} place_{name} AS SELECT s.place, s.phase, {keys}, {attributes}, {numbers} "
            f"FROM school_{name} JOIN school AS s ON school_{name}.school = s.school "
            f"GROUP BY s.place, {keys}, {attributes}, GROUPING SETS ((s.phase), ())"
        )


# Everybody's sessions missed, and everybody persistently absent in a year: to see that all count the same.
MISSED = "SELECT sum(authorised + unauthorised) FROM pupil_week"
PERSISTENT = "SELECT sum(CASE WHEN missed * 10 >= possible THEN 1 ELSE 0 END) FROM pupil_year WHERE possible > 0"
