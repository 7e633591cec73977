"""Periods: told apart, put in order, one year back, in words."""

from __future__ import annotations

import random

import pytest

from ropewalk.core.errors import NotFound
from ropewalk.core.schema.periods import PeriodKind, academic_year_of, kind_of, sort_key, words, year_before

# In the order in which they end.
IN_ORDER = [
    "2021/22",
    "2022",
    "2022/23 autumn 1",
    "2022/23 autumn 2",
    "2022/23 autumn",
    "2022/23 spring 1",
    "2022/23 spring 2",
    "2022/23 spring",
    "2022/23 autumn and spring",
    "2022/23 summer 1",
    "2022/23 summer 2",
    "2022/23 summer",
    "2022/23",
    "2023",
    "2025-W36",
    "2025-W37",
    "2025/26 to 2025-W37",
    "2025-W38",
    "2025/26 autumn 1",
    "2025-W52",
    "2026-W01",
    "2025/26 to 2026-W01",
    "2026-W30",
]


def test_periods_are_put_in_the_order_in_which_they_end() -> None:
    mixed = list(IN_ORDER)
    random.Random(1).shuffle(mixed)  # noqa: S311 - any order will do
    assert sorted(mixed, key=sort_key) == IN_ORDER


@pytest.mark.parametrize(
    ("period", "kind", "year", "before"),
    [
        ("2022/23", PeriodKind.YEAR, "2022/23", "2021/22"),
        ("2000/01", PeriodKind.YEAR, "2000/01", "1999/00"),
        ("2024/25 autumn", PeriodKind.TERM, "2024/25", "2023/24 autumn"),
        ("2024/25 spring 2", PeriodKind.HALF_TERM, "2024/25", "2023/24 spring 2"),
        ("2025/26 to 2026-W10", PeriodKind.TO_DATE, "2025/26", None),
        ("2025-W37", PeriodKind.WEEK, "2025/26", None),
        ("2025-W08", PeriodKind.WEEK, "2024/25", None),
        ("2025", PeriodKind.CALENDAR_YEAR, None, "2024"),
        ("2026-01-15", PeriodKind.DAY, None, None),
    ],
)
def test_kind_year_and_year_before(period: str, kind: PeriodKind, year: str | None, before: str | None) -> None:
    assert kind_of(period) is kind
    assert academic_year_of(period) == year
    assert year_before(period) == before


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2022/2023",
        "22/23",
        "2024/25 winter",
        "2024/25 autumn 3",
        "2024/25 to 10",
        "2025-W7",
        "last year",
        "2026-02-30",
        "-",
    ],
)
def test_what_is_no_period_says_how_to_write_one(text: str) -> None:
    with pytest.raises(NotFound, match="Write an academic year as 2022/23"):
        kind_of(text)


def test_periods_in_words() -> None:
    assert words("2022/23") == "2022 to 2023"
    assert words("2024/25 autumn") == "autumn term 2024 to 2025"
    assert words("2024/25 spring 2") == "second half of spring term 2024 to 2025"
    assert words("2025-W37") == "week 37 of 2025"
    assert words("2025/26 to 2026-W10") == "2025 to 2026, up to week 10 of 2026"
    assert words("2026-01-15") == "15 January 2026"


def test_a_measure_over_time_is_not_defined_for_less_than_its_smallest_period() -> None:
    over_half_terms = [kind for kind in PeriodKind if kind.is_defined_from(PeriodKind.HALF_TERM)]
    assert PeriodKind.WEEK not in over_half_terms
    assert {PeriodKind.HALF_TERM, PeriodKind.TO_DATE, PeriodKind.TERM, PeriodKind.YEAR} <= set(over_half_terms)
    assert PeriodKind.WEEK.is_defined_from(PeriodKind.WEEK)
    assert not PeriodKind.TO_DATE.is_defined_from(PeriodKind.YEAR)
    assert not PeriodKind.UNSTATED.is_defined_from(PeriodKind.WEEK)
    assert PeriodKind.HALF_TERM.words == "a half term"
