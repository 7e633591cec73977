"""Measures of results."""

from __future__ import annotations

from ropewalk.core.engines.examples.declaration import Example

EXAMPLES = (
    Example(
        title="Results at 5, 6, 11 and 16",
        says=(
            "A share counts pupils who have every result it needs: pupil 5 has no writing result and is left out of "
            "reading, writing and maths. Pupil 9 has grade 4 in English and 5 in maths: it reaches the one threshold "
            "and not the other. Attainment 8 is a mean: 46.5 and 51.25 make 97.75, divided by two pupils 48.875 (its "
            "numerator is kept in ten-thousandths, so that all engines add whole numbers).",
        ),
        tables={
            "school": """
                school | name | place     | phase   | trust
                100001 | Oak  | E06000026 | primary |
            """,
            "result": """
                school | child | year    | assessment  | value
                100001 | 1     | 2024/25 | GLD         | 1
                100001 | 2     | 2024/25 | GLD         | 0
                100001 | 3     | 2024/25 | PHONICS     | 32
                100001 | 4     | 2024/25 | PHONICS     | 31
                100001 | 5     | 2024/25 | KS2_READING | 104
                100001 | 5     | 2024/25 | KS2_MATHS   | 110
                100001 | 6     | 2024/25 | KS2_READING | 100
                100001 | 6     | 2024/25 | KS2_WRITING | 1
                100001 | 6     | 2024/25 | KS2_MATHS   | 100
                100001 | 7     | 2024/25 | KS2_READING | 99
                100001 | 7     | 2024/25 | KS2_WRITING | 1
                100001 | 7     | 2024/25 | KS2_MATHS   | 120
                100001 | 8     | 2024/25 | KS4_A8      | 46.5
                100001 | 9     | 2024/25 | KS4_A8      | 51.25
                100001 | 9     | 2024/25 | KS4_ENGLISH | 4
                100001 | 9     | 2024/25 | KS4_MATHS   | 5
            """,
        },
        figures="""
            level  | key    | measure          | period  | numerator | denominator
            school | 100001 | gld              | 2024/25 | 1         | 2
            school | 100001 | phonics          | 2024/25 | 1         | 2
            school | 100001 | ks2_rwm_expected | 2024/25 | 1         | 2
            school | 100001 | attainment8      | 2024/25 | 977500    | 2
            school | 100001 | basics_4         | 2024/25 | 1         | 1
            school | 100001 | basics_5         | 2024/25 | 0         | 1
        """,
    ),
)
