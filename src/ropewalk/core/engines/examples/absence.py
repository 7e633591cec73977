"""Sessions missed, week by week and over longer periods."""

from __future__ import annotations

from ropewalk.core.engines.examples.declaration import Example

EXAMPLES = (
    Example(
        title="Sessions missed in a week",
        says=(
            "A week has ten sessions, two a day. Pupil 1 was ill for two sessions, came late once and was away three "
            "sessions under a part-time timetable: five authorised absences. Pupil 2 missed two sessions without "
            "permission and one because of a suspension. Pupil 3 is registered at another school too and is educated "
            "there on two days: those four sessions are not possible sessions here.",
        ),
        tables={
            "school": """
                school | name | place     | phase     | trust
                100001 | Oak  | E06000026 | secondary |
            """,
            "attendance": """
                school | child | week       | possible | present | authorised | unauthorised | late | part_time | suspended | illness
                100001 | 1     | 2024-09-09 | 10       | 5       | 5          | 0            | 1    | 3         | 0         | 2
                100001 | 2     | 2024-09-09 | 10       | 7       | 1          | 2            | 0    | 0         | 1         | 0
                100001 | 3     | 2024-09-09 | 6        | 6       | 0          | 0            | 0    | 0         | 0         | 0
            """,  # noqa: E501
        },
        figures="""
            level  | key    | measure              | period   | numerator | denominator
            school | 100001 | absence_overall      | 2024-W37 | 8         | 26
            school | 100001 | absence_authorised   | 2024-W37 | 6         | 26
            school | 100001 | absence_unauthorised | 2024-W37 | 2         | 26
            school | 100001 | lateness             | 2024-W37 | 1         | 26
            school | 100001 | part_time_sessions   | 2024-W37 | 3         | 26
            school | 100001 | suspended_sessions   | 2024-W37 | 1         | 26
            school | 100001 | illness              | 2024-W37 | 2         | 26
        """,
    ),
    Example(
        title="Weeks, half terms, terms, the year to date",
        says=(
            "A week belongs to the half term and term its Monday lies in. The week of 30 December 2024 begins in the "
            "autumn term, although most of its days lie in the spring term. Easter Sunday was 20 April 2025, so the "
            "week of 21 April is the first of the summer term. A year to date holds all weeks of the academic year up "
            "to and including the one it names.",
        ),
        tables={
            "school": """
                school | name | place     | phase   | trust
                100001 | Oak  | E06000026 | primary |
            """,
            "attendance": """
                school | child | week       | possible | present | authorised
                100001 | 1     | 2024-09-09 | 10       | 9       | 1
                100001 | 1     | 2024-11-04 | 10       | 8       | 2
                100001 | 1     | 2024-12-30 | 4        | 1       | 3
                100001 | 1     | 2025-02-24 | 10       | 6       | 4
                100001 | 1     | 2025-04-14 | 10       | 5       | 5
                100001 | 1     | 2025-04-21 | 10       | 4       | 6
            """,
        },
        figures="""
            level  | key    | measure         | period              | numerator | denominator
            school | 100001 | absence_overall | 2025-W01            | 3         | 4
            school | 100001 | absence_overall | 2024/25 autumn 1    | 1         | 10
            school | 100001 | absence_overall | 2024/25 autumn 2    | 5         | 14
            school | 100001 | absence_overall | 2024/25 autumn      | 6         | 24
            school | 100001 | absence_overall | 2024/25 spring 2    | 9         | 20
            school | 100001 | absence_overall | 2024/25 summer 1    | 6         | 10
            school | 100001 | absence_overall | 2024/25             | 21        | 54
            school | 100001 | absence_overall | 2024/25 to 2025-W09 | 10        | 34
        """,
    ),
)
