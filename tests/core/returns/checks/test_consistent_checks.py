"""Every rule about what was sent before catches its mistake, says nothing near it, and no other rule joins in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from ropewalk.core.returns.checks import Stage
from ropewalk.core.returns.checks.consistent.register_gap import FIRST_YEAR, LAST_YEAR, holidays
from ropewalk.core.returns.running import checks_of
from ropewalk.core.schema.calendar import academic_year, easter

YEAR = "2024/25"
ENTRY = date(2024, 9, 3)
WEEK_1 = date(2024, 11, 11)
NORTH, ELSEWHERE = 100001, 100009
STRANGER = 900
BEFORE = "I I / \\ / \\ / \\ / \\"

Change = Callable[[object], object]


def _known(kind, pupil="N10", **cells):
    """Change what was sent before of a pupil."""

    def change(made):
        names = ", ".join(f'"{name}" = ?' for name in cells)
        made.sql(
            f"UPDATE known_{kind} SET {names} WHERE record = (SELECT record FROM pupil_record WHERE pupil = '{pupil}')"  # noqa: S608
            + (" AND week = DATE '2024-11-11'" if kind == "attendance" else ""),
            *cells.values(),
        )

    return change


def _known_roll(record=STRANGER, **cells):
    """An enrolment sent before; ``record`` may be the name of a pupil."""

    def change(made):
        number = record
        if isinstance(record, str):
            (number,) = made.con.execute("SELECT record FROM pupil_record WHERE pupil = ?", [record]).fetchone()
        row = {"school": NORTH, "record": number, "child": number, "year": YEAR, "start": ENTRY, **cells}
        names = ", ".join(f'"{name}"' for name in row)
        made.sql(f"INSERT INTO known_roll ({names}) VALUES ({', '.join('?' * len(row))})", *row.values())  # noqa: S608

    return change


def _newcomers(number):
    def change(made):
        for one in range(number):
            made.on_roll(NORTH, f"NEW{one}", start_date=date(2024, 11, 25))

    return change


def _known_week(week):
    return lambda made: made.sql(
        "INSERT INTO known_attendance BY NAME SELECT school, record, child, ? AS week, marks FROM known_attendance "
        "WHERE school = ? AND week = ?",
        week,
        NORTH,
        WEEK_1,
    )


# Rule, what is wrong, and near it what is in order.
RULES: list[tuple[str, Change, Change]] = [
    ("pupils_no_longer_named", _known_roll(), _known_roll(leaving=date(2024, 10, 1))),
    ("pupils_no_longer_named", _known_roll(), _known_roll(year="2023/24")),
    ("roll_size_jump", _newcomers(20), _newcomers(19)),
    ("sex_changed", _known("roll", sex="M"), _known("roll", sex=None)),
    (
        "entry_date_changed",
        _known("roll", start=date(2024, 9, 2)),
        _known("roll", start=date(2024, 9, 2), leaving=date(2024, 9, 2)),
    ),
    ("earlier_marks_changed", _known("attendance", marks=BEFORE), _known("attendance", marks="N -" + BEFORE[3:])),
    (
        "earlier_marks_changed",
        _known("attendance", marks=BEFORE),
        lambda made: (
            made.sql("UPDATE context SET today = DATE '2024-11-29'") or _known("attendance", marks=BEFORE)(made)
        ),
    ),
    (
        "on_another_sole_roll",
        _known_roll("N10", school=ELSEWHERE),
        _known_roll("N10", school=ELSEWHERE, status="S"),
    ),
    (
        "on_another_sole_roll",
        lambda made: (
            _known_roll("N10", year="2023/24", leaving=ENTRY, child=STRANGER)(made)
            or _known_roll(school=ELSEWHERE)(made)
        ),
        _known_roll("N10", school=ELSEWHERE, leaving=ENTRY - timedelta(days=1), start=date(2024, 9, 1)),
    ),
    (
        "suspension_changed",
        _known("suspensions", "N01", sessions=6),
        _known("suspensions", "N01", sessions=6, cancelled=True),
    ),
    ("result_changed", _known("results", "P01", value=103), _known("results", "P01", year="2023/24", value=103)),
    ("register_gap", _known_week(date(2024, 12, 2)), _known_week(date(2024, 11, 25))),
    ("register_gap", _known_week(date(2024, 10, 14)), _known_week(date(2024, 11, 4))),
]
NAMES = [f"{rule}-{number}" for number, (rule, _, _) in enumerate(RULES)]


@pytest.mark.parametrize(("rule", "wrong"), [(rule, wrong) for rule, wrong, _ in RULES], ids=NAMES)
def test_a_difference_is_caught_by_its_rule_alone_at_a_line_and_without_a_name(made, rule: str, wrong: Change) -> None:
    wrong(made)
    found = made.found()
    assert {check for check, *_ in found} == {rule}
    assert made.astray(found) == []


@pytest.mark.parametrize(("rule", "right"), [(rule, right) for rule, _, right in RULES], ids=NAMES)
def test_what_is_near_a_difference_but_in_order_gives_no_problem(made, rule: str, right: Change) -> None:
    right(made)
    assert made.found() == [], rule


def test_every_rule_has_a_difference_and_a_near_miss() -> None:
    assert {check.id for check in checks_of(Stage.CONSISTENT)} == {rule for rule, _, _ in RULES}


def test_a_first_return_is_compared_with_nothing(made) -> None:
    for kind in ("roll", "attendance", "suspensions", "moves", "results"):
        made.sql(f"DELETE FROM known_{kind}")  # noqa: S608
    made.sql("UPDATE pupil_record SET record = NULL")
    assert made.found() == []


def test_a_missing_pupil_and_a_full_roll_are_asked_about_once(made) -> None:
    """Leaving half the school out is a question about pupils, not about the size as well."""
    made.sql("DELETE FROM register WHERE pupil LIKE 'S%'")
    made.sql("DELETE FROM roll WHERE pupil LIKE 'S%'")
    found = made.found()
    assert [(check, detail) for check, *_, detail in found] == [("pupils_no_longer_named", "10 pupils")]


def test_holidays_leave_most_of_a_year_and_cover_easter() -> None:
    for autumn in range(FIRST_YEAR, LAST_YEAR):
        spans = holidays(autumn)
        mondays = [date(autumn, 8, 1) + timedelta(days=number) for number in range(365)]
        open_weeks = [
            day for day in mondays if day.weekday() == 0 and not any(start <= day <= end for start, end in spans)
        ]
        assert 24 <= len(open_weeks) <= 32
        assert all(start <= end and academic_year(start) == academic_year(end) for start, end in spans)
        assert not any(abs((easter(autumn + 1) - day).days) < 14 for day in open_weeks)
