"""Groups, levels and phases: what a pupil is counted in."""

from __future__ import annotations

from ropewalk.core.engines.examples.declaration import Example

EXAMPLES = (
    Example(
        title="A blank belongs to neither side",
        says=(
            "Pupil 1 is eligible for free school meals and speaks Polish. Pupil 2 is not eligible and speaks English. "
            "Of pupil 3 neither is known (ZZZ is the code for a language not obtained): it counts among all pupils, "
            "and neither among those eligible nor among the others. Pupil 4 has two stretches on the roll in the "
            "year; the later one, with free school meals, tells its groups for the whole year. Pupil 5 has register "
            "marks and stands on no roll: it counts among all pupils only.",
        ),
        tables={
            "school": """
                school | name | place     | phase   | trust
                100001 | Oak  | E06000026 | primary |
            """,
            "enrolment": """
                school | child | year    | start      | leaving    | status | fsm | first_language
                100001 | 1     | 2024/25 | 2023-09-04 |            | C      | Y   | POL
                100001 | 2     | 2024/25 | 2023-09-04 |            | C      | N   | ENG
                100001 | 3     | 2024/25 | 2023-09-04 |            | C      |     | ZZZ
                100001 | 4     | 2024/25 | 2023-09-04 | 2024-10-18 | C      | N   | ENG
                100001 | 4     | 2024/25 | 2025-01-06 |            | C      | Y   | ENG
            """,
            "attendance": """
                school | child | week       | possible | present | authorised
                100001 | 1     | 2024-09-09 | 10       | 9       | 1
                100001 | 2     | 2024-09-09 | 10       | 8       | 2
                100001 | 3     | 2024-09-09 | 10       | 7       | 3
                100001 | 4     | 2024-09-09 | 10       | 6       | 4
                100001 | 5     | 2024-09-09 | 10       | 5       | 5
            """,
        },
        figures="""
            level  | key    | measure         | group   | period   | numerator | denominator
            school | 100001 | absence_overall | all     | 2024-W37 | 15        | 50
            school | 100001 | absence_overall | fsm     | 2024-W37 | 5         | 20
            school | 100001 | absence_overall | not_fsm | 2024-W37 | 2         | 10
            school | 100001 | absence_overall | eal     | 2024-W37 | 1         | 10
            school | 100001 | absence_overall | not_eal | 2024-W37 | 6         | 20
        """,
    ),
    Example(
        title="Schools, trusts, places and phases",
        says=(
            "Counts of schools are added up for their trust and their place: for all phases together, and for the "
            "phase of the school. A school without a trust counts for its place only.",
        ),
        tables={
            "school": """
                school | name | place     | phase     | trust
                100001 | Oak  | E06000026 | primary   | Rope Trust
                100002 | Elm  | E06000026 | secondary | Rope Trust
                100003 | Ash  | E06000026 | secondary |
            """,
            "attendance": """
                school | child | week       | possible | present | unauthorised
                100001 | 1     | 2024-09-09 | 10       | 9       | 1
                100002 | 2     | 2024-09-09 | 10       | 8       | 2
                100003 | 3     | 2024-09-09 | 10       | 6       | 4
            """,
        },
        figures="""
            level  | key        | measure              | phase     | period   | numerator | denominator
            school | 100001     | absence_unauthorised | all       | 2024-W37 | 1         | 10
            school | 100002     | absence_unauthorised | all       | 2024-W37 | 2         | 10
            school | 100003     | absence_unauthorised | all       | 2024-W37 | 4         | 10
            trust  | Rope Trust | absence_unauthorised | all       | 2024-W37 | 3         | 20
            trust  | Rope Trust | absence_unauthorised | primary   | 2024-W37 | 1         | 10
            trust  | Rope Trust | absence_unauthorised | secondary | 2024-W37 | 2         | 10
            place  | E06000026  | absence_unauthorised | all       | 2024-W37 | 7         | 30
            place  | E06000026  | absence_unauthorised | primary   | 2024-W37 | 1         | 10
            place  | E06000026  | absence_unauthorised | secondary | 2024-W37 | 6         | 20
        """,
    ),
)
