"""Who missed a tenth, or half, of their own possible sessions: by enrolment and by child."""

from __future__ import annotations

from ropewalk.core.engines.examples.declaration import Example

EXAMPLES = (
    Example(
        title="A tenth, exactly",
        says=(
            "Pupil 1 missed one of ten possible sessions: exactly a tenth, so it is persistently absent. Pupil 2 "
            "missed one of eleven: less than a tenth. Pupil 3 missed ten of twenty, exactly half: severely absent, and "
            "persistently absent too. Pupil 4 had no possible session (all were away with code Y1, transport not "
            "available): it is in neither numerator nor denominator.",
        ),
        tables={
            "school": """
                school | name | place     | phase     | trust
                100001 | Oak  | E06000026 | secondary |
            """,
            "attendance": """
                school | child | week       | possible | present | authorised | unauthorised
                100001 | 1     | 2024-09-09 | 10       | 9       | 0          | 1
                100001 | 2     | 2024-09-09 | 10       | 9       | 1          | 0
                100001 | 2     | 2024-09-16 | 1        | 1       | 0          | 0
                100001 | 3     | 2024-09-09 | 10       | 4       | 3          | 3
                100001 | 3     | 2024-09-16 | 10       | 6       | 4          | 0
                100001 | 4     | 2024-09-09 | 0        | 0       | 0          | 0
            """,
        },
        figures="""
            level  | key    | measure            | period           | numerator | denominator
            school | 100001 | persistent_absence | 2024/25 autumn 1 | 2         | 3
            school | 100001 | severe_absence     | 2024/25 autumn 1 | 1         | 3
        """,
    ),
    Example(
        title="One child over two rolls",
        says=(
            "Child 1 is on two rolls: mainly at Oak, on some days at Ash, a school for alternative provision. At Oak "
            "it missed 3 of 40 possible sessions (7.5%), so the school that knows it best does not count it as "
            "persistently absent. At Ash it missed 3 of 10 (30%). Over both rolls it missed 6 of 50 (12%): the child "
            "is persistently absent. Child 2 missed 4 of 20 sessions at Oak and 3 of 20 at Ash: two enrolments that "
            "are persistently absent, and one child. Child 3 missed 2 of 10 sessions at Ash and none of 30 at Oak: "
            "one enrolment is persistently absent, and the child, with 2 of 40, is not.",
            "The official figure counts enrolments: 1 of 3 at Oak and 3 of 3 at Ash, 4 of 6 in the place. The figure "
            "of the place's children counts each child once, over all its rolls: 2 of 3.",
            "**Persistently absent over two rolls and at neither school?** With shares this cannot be: what a child "
            "missed over both rolls lies between what it missed at the one and at the other, so a child who missed a "
            "tenth over both missed a tenth at one of them at least. It could be when persistent absence meant a fixed "
            "number of sessions (before 2015/16). What does happen is child 1: over its rolls persistently absent, "
            "and not so at the school with most of its sessions, which sees no reason to act. No list of one school "
            "shows that; the figure of the place's children does.",
        ),
        tables={
            "school": """
                school | name | place     | phase       | trust
                100001 | Oak  | E06000026 | secondary   |
                100002 | Ash  | E06000026 | alternative |
            """,
            "enrolment": """
                school | child | year    | start      | status
                100001 | 1     | 2024/25 | 2024-09-02 | M
                100002 | 1     | 2024/25 | 2024-09-02 | S
                100001 | 2     | 2024/25 | 2024-09-02 | M
                100002 | 2     | 2024/25 | 2024-09-02 | S
                100001 | 3     | 2024/25 | 2024-09-02 | M
                100002 | 3     | 2024/25 | 2024-09-02 | S
            """,
            "attendance": """
                school | child | week       | possible | present | authorised | unauthorised
                100001 | 1     | 2024-09-09 | 10       | 9       | 1          | 0
                100001 | 1     | 2024-09-16 | 10       | 9       | 1          | 0
                100001 | 1     | 2024-09-23 | 10       | 9       | 0          | 1
                100001 | 1     | 2024-09-30 | 10       | 10      | 0          | 0
                100002 | 1     | 2024-10-07 | 10       | 7       | 0          | 3
                100001 | 2     | 2024-09-09 | 10       | 7       | 3          | 0
                100001 | 2     | 2024-09-16 | 10       | 9       | 1          | 0
                100002 | 2     | 2024-09-23 | 10       | 8       | 2          | 0
                100002 | 2     | 2024-09-30 | 10       | 9       | 0          | 1
                100001 | 3     | 2024-09-09 | 10       | 10      | 0          | 0
                100001 | 3     | 2024-09-16 | 10       | 10      | 0          | 0
                100001 | 3     | 2024-09-23 | 10       | 10      | 0          | 0
                100002 | 3     | 2024-10-07 | 10       | 8       | 2          | 0
            """,
        },
        figures="""
            level  | key       | measure                        | period           | numerator | denominator
            school | 100001    | persistent_absence             | 2024/25 autumn 1 | 1         | 3
            school | 100002    | persistent_absence             | 2024/25 autumn 1 | 3         | 3
            place  | E06000026 | persistent_absence             | 2024/25 autumn 1 | 4         | 6
            place  | E06000026 | persistent_absence_of_children | 2024/25 autumn 1 | 2         | 3
            place  | E06000026 | severe_absence_of_children     | 2024/25 autumn 1 | 0         | 3
        """,
    ),
)
