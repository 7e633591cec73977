"""Measures of the roll: headcounts, suspensions, movement."""

from __future__ import annotations

from datetime import date

from ropewalk.core.engines.examples.declaration import Example

_OAK = """
    school | name | place     | phase     | trust
    100001 | Oak  | E06000026 | secondary |
"""
_TWO = """
    school | name | place     | phase     | trust
    100001 | Oak  | E06000026 | secondary |
    100002 | Elm  | E06000026 | secondary |
"""

EXAMPLES = (
    Example(
        title="On roll on census day",
        says=(
            "Census day of 2024/25 was 16 January 2025, the third Thursday. Pupil 1 left on that day and still counts. "
            "Pupil 2 began the day after and does not. Pupil 3 is registered at two schools with Oak as the main one "
            "and counts; pupil 4, for whom Oak is the other school, does not. A blank status (pupil 5) counts as "
            "registered here only. Pupil 6 is a guest.",
        ),
        tables={
            "school": _OAK,
            "enrolment": """
                school | child | year    | start      | leaving    | status | fsm | sen
                100001 | 1     | 2024/25 | 2023-09-04 | 2025-01-16 | C      | Y   | E
                100001 | 2     | 2024/25 | 2025-01-17 |            | C      | Y   | K
                100001 | 3     | 2024/25 | 2024-09-02 |            | M      | N   | K
                100001 | 4     | 2024/25 | 2024-09-02 |            | S      | Y   | K
                100001 | 5     | 2024/25 | 2024-09-02 |            |        |     | N
                100001 | 6     | 2024/25 | 2024-09-02 |            | G      | Y   | K
            """,
        },
        figures="""
            level  | key    | measure           | period  | numerator | denominator
            school | 100001 | pupils_on_roll    | 2024/25 | 3         |
            school | 100001 | free_school_meals | 2024/25 | 1         | 3
            school | 100001 | ehcp_share        | 2024/25 | 1         | 3
            school | 100001 | sen_support_share | 2024/25 | 1         | 3
        """,
    ),
    Example(
        title="Suspensions and permanent exclusions",
        says=(
            "Pupil 1 was suspended by Oak in September (4 sessions) and, after a move in December, by Elm in March (6 "
            "sessions): two suspensions, two pupils suspended once each as the official figure counts, and one child. "
            "Pupil 2 was suspended twice by Oak and excluded permanently in June. A lunchtime suspension (pupil 3) is "
            "not counted. The headcount of census day stands beneath the terms as well as the year. Days are "
            "sessions divided by two: 22 sessions are 11 days.",
        ),
        tables={
            "school": _TWO,
            "enrolment": """
                school | child | year    | start      | leaving    | status
                100001 | 1     | 2024/25 | 2024-09-02 | 2024-12-20 | C
                100002 | 1     | 2024/25 | 2025-01-06 |            | C
                100001 | 2     | 2024/25 | 2023-09-04 | 2025-06-20 | C
                100001 | 3     | 2024/25 | 2023-09-04 |            | C
                100002 | 4     | 2024/25 | 2023-09-04 |            | C
            """,
            "suspension": """
                school | child | category | start      | sessions
                100001 | 1     | SUSP     | 2024-09-23 | 4
                100002 | 1     | SUSP     | 2025-03-03 | 6
                100001 | 2     | SUSP     | 2024-10-14 | 2
                100001 | 2     | SUSP     | 2025-02-10 | 10
                100001 | 2     | PERM     | 2025-06-16 |
                100001 | 3     | LNCH     | 2024-11-11 | 1
            """,
        },
        figures="""
            level  | key       | measure                  | period         | numerator | denominator
            school | 100001    | suspension_rate          | 2024/25        | 3         | 2
            school | 100001    | suspension_rate          | 2024/25 autumn | 2         | 2
            school | 100002    | suspension_rate          | 2024/25        | 1         | 2
            school | 100002    | suspension_rate          | 2024/25 autumn | 0         | 2
            place  | E06000026 | suspension_rate          | 2024/25        | 4         | 4
            place  | E06000026 | suspension_rate          | 2024/25 autumn | 2         | 4
            school | 100001    | suspended_pupils_rate    | 2024/25        | 2         | 2
            school | 100001    | suspended_pupils_rate    | 2024/25 autumn | 2         | 2
            school | 100002    | suspended_pupils_rate    | 2024/25        | 1         | 2
            school | 100002    | suspended_pupils_rate    | 2024/25 autumn | 0         | 2
            place  | E06000026 | suspended_pupils_rate    | 2024/25        | 3         | 4
            place  | E06000026 | suspended_pupils_rate    | 2024/25 autumn | 2         | 4
            place  | E06000026 | suspended_children_rate  | 2024/25        | 2         | 4
            place  | E06000026 | suspended_children_rate  | 2024/25 autumn | 2         | 4
            school | 100001    | permanent_exclusion_rate | 2024/25        | 1         | 2
            school | 100001    | permanent_exclusion_rate | 2024/25 autumn | 0         | 2
            school | 100002    | permanent_exclusion_rate | 2024/25        | 0         | 2
            school | 100002    | permanent_exclusion_rate | 2024/25 autumn | 0         | 2
            place  | E06000026 | permanent_exclusion_rate | 2024/25        | 1         | 4
            place  | E06000026 | permanent_exclusion_rate | 2024/25 autumn | 0         | 4
            school | 100001    | days_lost_to_suspension  | 2024/25        | 16        | 2
            school | 100001    | days_lost_to_suspension  | 2024/25 autumn | 6         | 2
            school | 100002    | days_lost_to_suspension  | 2024/25        | 6         | 2
            school | 100002    | days_lost_to_suspension  | 2024/25 autumn | 0         | 2
            place  | E06000026 | days_lost_to_suspension  | 2024/25        | 22        | 4
            place  | E06000026 | days_lost_to_suspension  | 2024/25 autumn | 6         | 4
        """,
    ),
    Example(
        title="Before census day, and what nobody sent",
        says=(
            "On 5 November 2024 the census day of 2024/25 is still to come: there is no headcount, so rates are not "
            "available; the events counted so far stand beside. Elm has sent a roll and never any suspensions: that is "
            "not known, which is not the same as none.",
        ),
        tables={
            "school": _TWO,
            "enrolment": """
                school | child | year    | start      | status
                100001 | 1     | 2024/25 | 2024-09-02 | C
                100002 | 2     | 2024/25 | 2024-09-02 | C
            """,
            "suspension": """
                school | child | category | start      | sessions
                100001 | 1     | SUSP     | 2024-09-23 | 4
            """,
        },
        today=date(2024, 11, 5),
        sent=frozenset({(100001, "suspensions")}),
        figures="""
            level  | key    | measure         | period  | numerator | denominator
            school | 100001 | suspension_rate | 2024/25 | 1         |
            school | 100002 | suspension_rate | 2024/25 |           |
            school | 100001 | pupils_on_roll  | 2024/25 |           |
            school | 100002 | pupils_on_roll  | 2024/25 |           |
        """,
    ),
    Example(
        title="Joining, leaving, staying",
        says=(
            "Pupil 1 was there throughout. Pupil 2 joined on 1 October, after the usual start of the year, and counts "
            "as a joiner; pupil 3 began on 30 September and does not. Pupil 4 left in March and counts as a leaver; "
            "pupil 5 left on 1 July, as those who finish school do, and does not. On roll in October, January and May "
            "were pupils 1, 2, 3 and 5; on at least one of those days all five.",
        ),
        tables={
            "school": _OAK,
            "enrolment": """
                school | child | year    | start      | leaving    | status
                100001 | 1     | 2024/25 | 2022-09-05 |            | C
                100001 | 2     | 2024/25 | 2024-10-01 |            | C
                100001 | 3     | 2024/25 | 2024-09-30 |            | C
                100001 | 4     | 2024/25 | 2022-09-05 | 2025-03-14 | C
                100001 | 5     | 2024/25 | 2020-09-07 | 2025-07-01 | C
            """,
        },
        figures="""
            level  | key    | measure   | period  | numerator | denominator
            school | 100001 | joiners   | 2024/25 | 1         | 5
            school | 100001 | leavers   | 2024/25 | 1         | 5
            school | 100001 | stability | 2024/25 | 4         | 5
        """,
    ),
    Example(
        title="Moves and part-time timetables",
        says=(
            "A managed move counts out of the school the pupil comes from and into the one it goes to, in the period "
            "in which it begins. A part-time timetable counts in every period in which it was in force on at least one "
            "day; pupil 3's ended in October, pupil 4's has no end and goes on.",
        ),
        tables={
            "school": _TWO,
            "enrolment": """
                school | child | year    | start      | leaving    | status
                100001 | 1     | 2024/25 | 2024-09-02 | 2024-11-08 | C
                100002 | 1     | 2024/25 | 2024-11-11 |            | C
                100001 | 2     | 2024/25 | 2024-09-02 |            | C
                100001 | 3     | 2024/25 | 2024-09-02 |            | C
                100001 | 4     | 2024/25 | 2024-09-02 |            | C
                100001 | 5     | 2024/25 | 2024-09-02 | 2024-11-29 | C
                100001 | 6     | 2024/25 | 2024-09-02 | 2024-12-06 | C
            """,
            "move": """
                school | child | kind                    | to_school | start      | end
                100001 | 1     | managed_move            | 100002    | 2024-11-11 |
                100001 | 2     | off_site_direction      | 100002    | 2024-11-18 | 2025-01-31
                100001 | 3     | part_time_timetable     |           | 2024-09-16 | 2024-10-18
                100001 | 4     | part_time_timetable     |           | 2024-10-07 |
                100001 | 5     | moved_to_home_education |           | 2024-12-02 |
                100001 | 6     | missing_education       |           | 2024-12-09 |
            """,
        },
        figures="""
            level  | key    | measure                 | period           | numerator | denominator
            school | 100001 | managed_moves_in        | 2024/25 autumn 2 | 0         |
            school | 100002 | managed_moves_in        | 2024/25 autumn 2 | 1         |
            school | 100001 | managed_moves_out       | 2024/25 autumn 2 | 1         |
            school | 100002 | managed_moves_out       | 2024/25 autumn 2 | 0         |
            school | 100001 | off_site_directions     | 2024/25 autumn 2 | 1         |
            school | 100002 | off_site_directions     | 2024/25 autumn 2 | 0         |
            school | 100001 | part_time_timetables    | 2024/25 autumn 2 | 1         |
            school | 100002 | part_time_timetables    | 2024/25 autumn 2 | 0         |
            school | 100001 | moved_to_home_education | 2024/25 autumn 2 | 1         |
            school | 100002 | moved_to_home_education | 2024/25 autumn 2 | 0         |
            school | 100001 | missing_education       | 2024/25 autumn 2 | 1         |
            school | 100002 | missing_education       | 2024/25 autumn 2 | 0         |
            school | 100001 | managed_moves_in        | 2024/25 autumn   | 0         |
            school | 100002 | managed_moves_in        | 2024/25 autumn   | 1         |
            school | 100001 | managed_moves_out       | 2024/25 autumn   | 1         |
            school | 100002 | managed_moves_out       | 2024/25 autumn   | 0         |
            school | 100001 | off_site_directions     | 2024/25 autumn   | 1         |
            school | 100002 | off_site_directions     | 2024/25 autumn   | 0         |
            school | 100001 | part_time_timetables    | 2024/25 autumn   | 2         |
            school | 100002 | part_time_timetables    | 2024/25 autumn   | 0         |
            school | 100001 | moved_to_home_education | 2024/25 autumn   | 1         |
            school | 100002 | moved_to_home_education | 2024/25 autumn   | 0         |
            school | 100001 | missing_education       | 2024/25 autumn   | 1         |
            school | 100002 | missing_education       | 2024/25 autumn   | 0         |
        """,
    ),
)
