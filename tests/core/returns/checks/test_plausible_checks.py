"""Every plausibility rule catches its mistake, says nothing near it, and no other rule joins in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from ropewalk.core.returns.checks import Stage
from ropewalk.core.returns.running import checks_of

YEAR = "2024/25"
TODAY = date(2025, 1, 20)
ENTRY = date(2024, 9, 3)
WEEK_1, WEEK_2 = date(2024, 11, 11), date(2024, 11, 18)
NORTH, SOUTH, PRIMARY, NEW = 100001, 100002, 100003, 100004
ELSEWHERE = 100009
PRESENT = "/ \\ / \\ / \\ / \\ / \\"
ILL = "I I I I I I I I I I"
BLANK = "- - - - - - - - - -"

Change = Callable[[object], object]


def _set(pupil, **cells):
    def change(made):
        names = ", ".join(f"{name} = ?" for name in cells)
        made.sql(f"UPDATE roll SET {names} WHERE pupil = '{pupil}'", *cells.values())  # noqa: S608

    return change


def _both(*changes):
    return lambda made: [change(made) for change in changes]


def _newcomer(marks=PRESENT, **cells):
    return lambda made: made.pupil(cells.pop("urn", NORTH), "NEW", marks, **cells)


def _on_roll(urn, pupil, **cells):
    return lambda made: made.on_roll(urn, pupil, **cells)


def _week(urn, pupil, week, marks=PRESENT):
    return lambda made: made.week(urn, pupil, week, marks)


def _suspended(*spells, pupil="N10", **cells):
    return lambda made: [made.suspended(pupil, start, sessions, **cells) for start, sessions in spells]


def _moved(kind, start, **cells):
    return lambda made: made.moved("N10", kind, start, **cells)


def _result(pupil, assessment, value):
    return lambda made: made.result(PRIMARY, pupil, assessment, value)


def _school(pupils, ill=0):
    """A school of its own: one ill morning in the first week, ``ill`` pupils away for all of the second."""

    def change(made):
        for number in range(pupils):
            week_1 = "I \\" + PRESENT[3:] if ill and number == 0 else PRESENT
            made.pupil(NEW, f"X{number:02d}", week_1, ILL if number < ill else PRESENT)

    return change


def _no_week_2(count):
    pupils = ", ".join(f"'N{number}'" for number in range(13, 13 + count))
    return lambda made: made.sql(f"DELETE FROM register WHERE pupil IN ({pupils}) AND week = ?", WEEK_2)  # noqa: S608


def _jump_of_pupils(count):
    def change(made):
        made.pupil(NEW, "X00", ILL, "/ " + ILL[2:])
        for number in range(1, count):
            made.on_roll(NEW, f"X{number:02d}", start_date=WEEK_2)
            made.week(NEW, f"X{number:02d}", WEEK_2, PRESENT)

    return change


def _days(number):
    return timedelta(days=number)


LEFT = date(2024, 11, 22)
DECEMBER = date(2024, 12, 2)
LATER = date(2024, 11, 25)

# Rule, what is wrong, and near it what is in order.
RULES: list[tuple[str, Change, Change]] = [
    (
        "leaving_before_entry",
        _set("N10", leaving_date=ENTRY - _days(1), leaving_reason="EHE"),
        _on_roll(NORTH, "NEW", leaving_date=ENTRY, leaving_reason="EHE"),
    ),
    (
        "birth_date_implausible",
        _set("N10", date_of_birth=date(2022, 9, 4)),
        _on_roll(PRIMARY, "NEW", year_group="N1", date_of_birth=date(2022, 9, 3)),
    ),
    (
        "birth_date_implausible",
        _set("N10", date_of_birth=date(2004, 8, 31)),
        _set("N10", date_of_birth=date(2004, 9, 1), year_group="14"),
    ),
    ("year_group_against_age", _set("N10", year_group="9"), _set("N10", year_group="8")),
    (
        "two_sole_rolls_same_day",
        _on_roll(SOUTH, "N10", start_date=LATER),
        _both(
            _set("N10", leaving_date=LATER - _days(1), leaving_reason="MOV", destination_urn=SOUTH),
            _on_roll(SOUTH, "N10", start_date=LATER),
        ),
    ),
    (
        "main_without_subsidiary",
        _set("N10", enrolment_status="M"),
        _both(_set("N10", enrolment_status="M"), _on_roll(SOUTH, "N10", start_date=LATER, enrolment_status="S")),
    ),
    (
        "subsidiary_without_main",
        _set("N10", enrolment_status="S"),
        _both(_set("N10", enrolment_status="S"), _on_roll(SOUTH, "N10", start_date=LATER, enrolment_status="M")),
    ),
    ("leaver_without_reason", _set("N10", leaving_date=LEFT), _set("N10", leaving_date=TODAY + _days(1))),
    (
        "leaver_without_destination",
        _set("N10", leaving_date=LEFT, leaving_reason="OTH"),
        _set("N10", leaving_date=LEFT, leaving_reason="ABR"),
    ),
    (
        "mark_before_entry",
        _newcomer(start_date=date(2024, 11, 12)),
        _newcomer("Z -" + PRESENT[3:], start_date=date(2024, 11, 12)),
    ),
    ("mark_after_leaving", _week(NORTH, "N05", WEEK_2), _week(NORTH, "N05", WEEK_2, BLANK)),
    (
        "mark_after_leaving",
        _both(_on_roll(NORTH, "N05", start_date=date(2024, 11, 20)), _week(NORTH, "N05", WEEK_2)),
        _both(
            _on_roll(NORTH, "N05", start_date=date(2024, 11, 20)),
            _week(NORTH, "N05", WEEK_2, "Z Z Z Z / \\ / \\ / \\"),
        ),
    ),
    ("week_for_pupil_not_on_roll", _week(NORTH, "NEW", WEEK_2), _week(ELSEWHERE, "NEW", WEEK_2)),
    ("pupil_without_register", _on_roll(NORTH, "NEW"), _on_roll(NORTH, "NEW", start_date=WEEK_2 + _days(1))),
    ("register_missing_for_class", _no_week_2(8), _no_week_2(7)),
    ("mark_missing", _newcomer("- -" + PRESENT[3:]), _newcomer("- -" + PRESENT[3:], year_group="N1")),
    ("mark_in_wrong_session", _newcomer("\\ /" + PRESENT[3:]), _newcomer("L L" + PRESENT[3:])),
    (
        "reason_not_known_for_long",
        _newcomer("N N" + PRESENT[3:]),
        _both(lambda made: made.sql("UPDATE context SET today = ?", WEEK_1 + _days(7)), _newcomer("N N" + PRESENT[3:])),
    ),
    ("everyone_present", _school(30), _school(29)),
    ("attendance_jump", _school(10, ill=3), _school(10, ill=2)),
    ("attendance_jump", _jump_of_pupils(30), _jump_of_pupils(29)),
    ("closed_for_some", _newcomer("# #" + PRESENT[3:]), _newcomer("# #" + PRESENT[3:], year_group="10")),
    (
        "suspended_mark_without_suspension",
        _newcomer("/ E" + PRESENT[3:]),
        _both(_newcomer("/ E" + PRESENT[3:]), _suspended((WEEK_1, 1), pupil="NEW")),
    ),
    (
        "present_while_suspended",
        _suspended((date(2024, 11, 12), 2)),
        _both(_newcomer("/ E E" + PRESENT[5:]), _suspended((WEEK_1, 2), pupil="NEW")),
    ),
    (
        "suspended_too_long",
        _both(_suspended((date(2024, 9, 16), 50)), _suspended((DECEMBER, 41), urn=SOUTH)),
        _both(_suspended((date(2024, 9, 16), 50)), _suspended((DECEMBER, 40), urn=SOUTH)),
    ),
    ("suspension_before_entry", _suspended((ENTRY - _days(1), 2)), _suspended((ENTRY, 2))),
    (
        "suspension_overlap",
        _suspended((DECEMBER, 10), (DECEMBER + _days(4), 2)),
        _suspended((DECEMBER, 9), (DECEMBER + _days(4), 2)),
    ),
    (
        "suspension_reason_missing",
        _suspended((DECEMBER, 2), reason_1=None),
        _suspended((DECEMBER, 2), reason_1=None, cancelled=True),
    ),
    (
        "suspension_sessions_missing",
        _suspended((DECEMBER, None)),
        _suspended((TODAY - _days(10), None), category="PERM"),
    ),
    (
        "excluded_still_on_roll",
        _suspended((TODAY - _days(91), None), category="PERM"),
        _suspended((TODAY - _days(90), None), category="PERM"),
    ),
    (
        "part_time_without_review",
        _moved("part_time_timetable", DECEMBER),
        _moved("alternative_provision", DECEMBER, to_urn=SOUTH),
    ),
    (
        "part_time_past_review",
        _moved("part_time_timetable", DECEMBER, review_date=TODAY - _days(1)),
        _moved("part_time_timetable", DECEMBER, review_date=TODAY),
    ),
    (
        "part_time_without_end",
        _moved("part_time_timetable", TODAY - _days(85), review_date=TODAY),
        _moved("part_time_timetable", TODAY - _days(84), review_date=TODAY),
    ),
    (
        "part_time_marks_without_timetable",
        _newcomer("/ C2" + PRESENT[3:]),
        _both(
            _newcomer("/ C2" + PRESENT[3:]),
            lambda made: made.moved("NEW", "part_time_timetable", ENTRY, review_date=DECEMBER, end_date=WEEK_1),
        ),
    ),
    (
        "managed_move_without_destination",
        _moved("managed_move", DECEMBER),
        _moved("managed_move", DECEMBER, to_urn=SOUTH),
    ),
    (
        "move_not_agreed",
        _moved("managed_move", DECEMBER, to_urn=SOUTH, agreed_by_parent=False),
        _moved("in_year_transfer", DECEMBER, to_urn=SOUTH, agreed_by_parent=False),
    ),
    (
        "move_ends_before_start",
        _moved("alternative_provision", DECEMBER, end_date=DECEMBER - _days(1)),
        _moved("alternative_provision", DECEMBER, end_date=DECEMBER),
    ),
    (
        "off_site_direction_without_review",
        _moved("off_site_direction", DECEMBER, to_urn=SOUTH),
        _moved("off_site_direction", DECEMBER, to_urn=SOUTH, review_date=DECEMBER),
    ),
    (
        "home_education_still_on_roll",
        _moved("moved_to_home_education", TODAY - _days(15)),
        _moved("moved_to_home_education", TODAY - _days(14)),
    ),
    (
        "dual_mark_without_dual_registration",
        _newcomer("D D" + PRESENT[3:]),
        _newcomer("D D" + PRESENT[3:], enrolment_status="G"),
    ),
    (
        "not_required_mark_of_school_age",
        _newcomer("X X" + PRESENT[3:]),
        _newcomer("X X" + PRESENT[3:], year_group="12"),
    ),
    ("need_without_provision", _set("N10", sen_type_1="SPLD"), _set("N10", sen_type_1="SPLD", sen_provision="K")),
    ("provision_without_need", _set("N10", sen_provision="E"), _set("N10", sen_type_2="HI", sen_provision="E")),
    (
        "disadvantage_contradicts",
        _set("N10", looked_after=True, disadvantaged=False),
        _set("N10", looked_after=True, disadvantaged=None),
    ),
    ("result_out_of_range", _result("P02", "KS2_READING", 79), _result("P02", "KS2_READING", 80)),
    ("result_out_of_range", _result("P02", "KS2_WRITING", 0.5), _result("P02", "KS2_WRITING", 0)),
    (
        "result_for_other_year_group",
        _result("P02", "PHONICS", 32),
        _both(_newcomer(urn=PRIMARY, year_group="2"), _result("NEW", "PHONICS", 32)),
    ),
]
NAMES = [f"{rule}-{number}" for number, (rule, _, _) in enumerate(RULES)]


def test_the_return_in_order_gives_no_problem(made) -> None:
    assert made.found() == []


@pytest.mark.parametrize(("rule", "wrong"), [(rule, wrong) for rule, wrong, _ in RULES], ids=NAMES)
def test_a_mistake_is_caught_by_its_rule_alone_at_a_line_and_without_a_name(made, rule: str, wrong: Change) -> None:
    wrong(made)
    found = made.found()
    assert {check for check, *_ in found} == {rule}
    assert made.astray(found) == []


@pytest.mark.parametrize(("rule", "right"), [(rule, right) for rule, _, right in RULES], ids=NAMES)
def test_what_is_near_a_mistake_but_in_order_gives_no_problem(made, rule: str, right: Change) -> None:
    right(made)
    assert made.found() == [], rule


def test_every_rule_has_a_mistake_and_a_near_miss() -> None:
    assert {check.id for check in checks_of(Stage.PLAUSIBLE)} == {rule for rule, _, _ in RULES}


def test_rules_about_what_other_files_lack_wait_for_those_files(made) -> None:
    """A register sent alone is not asked where its suspensions, moves or roll are."""
    for kind in ("suspensions", "moves", "roll"):
        made.sql(f"DELETE FROM {kind}")  # noqa: S608
        made.sql("DELETE FROM source_file WHERE kind = ?", kind)
    assert made.found() == []


def test_what_could_not_be_read_is_not_called_missing_as_well(made) -> None:
    line = made.suspended("N10", DECEMBER, None, reason_1=None)
    for column in ("sessions", "reason_1"):
        made.sql("INSERT INTO problem VALUES (3, ?, 'other_code_unknown', ?, NULL)", line, column)
    assert [check for check, *_ in made.found()] == ["other_code_unknown"] * 2


def test_a_line_that_stands_for_two_academic_years_is_asked_about_once_and_only_if_it_fits_neither(made) -> None:
    cells = {"start_date": date(2023, 9, 5), "date_of_birth": date(2013, 3, 5), "leaving_date": date(2024, 11, 1)}
    line = made.on_roll(NORTH, "OLD", year_group="5", leaving_reason="END", **cells)
    made.sql("INSERT INTO roll SELECT * REPLACE ('2023/24' AS year) FROM roll WHERE line = ?", line)
    assert made.found() == []
    made.sql("UPDATE roll SET year_group = '4' WHERE line = ?", line)
    assert [(check, at) for check, _, at, _ in made.found()] == [("year_group_against_age", line)]


def test_one_odd_week_is_asked_about_once_and_not_again_when_all_is_as_before(made) -> None:
    usual = "I \\" + PRESENT[3:]
    for number in range(40):
        made.pupil(NEW, f"X{number:02d}", usual if number == 0 else ILL, usual if number == 0 else PRESENT)
        made.week(NEW, f"X{number:02d}", WEEK_1 - _days(7), usual if number == 0 else PRESENT)
    odd = made.con.execute("SELECT min(line) FROM register WHERE urn = ? AND week = ?", [NEW, WEEK_1]).fetchone()
    assert [(check, at) for check, _, at, _ in made.found()] == [("attendance_jump", *odd)]


def test_a_pupil_whose_line_of_the_roll_was_set_aside_is_not_asked_about_again(made) -> None:
    upn = "B801200005001"
    made.week(NORTH, upn, WEEK_1, "/ E / C2" + PRESENT[7:])
    assert {check for check, *_ in made.found()} == {
        "week_for_pupil_not_on_roll",
        "suspended_mark_without_suspension",
        "part_time_marks_without_timetable",
    }
    made.sql("DELETE FROM problem")
    for file in (1, 3, 4):
        made.sql("INSERT INTO refused_line VALUES (?, 99, ?)", file, f"100001,{upn.lower()},not a date")
    assert made.found() == []


def test_a_pupil_number_told_to_be_wrong_is_not_asked_about_again(made) -> None:
    wrong = made.on_roll(NORTH, "100001 WRONG")
    for week in (WEEK_1, WEEK_2):
        made.week(NORTH, "RIGHT", week, PRESENT)
    made.sql("INSERT INTO problem VALUES (1, ?, 'upn_check_letter', 'upn', NULL)", wrong)
    assert [check for check, *_ in made.found()] == ["upn_check_letter"]
    other = made.week(NORTH, "OTHER", WEEK_1, PRESENT)
    assert ("week_for_pupil_not_on_roll", 2, other, None) in made.found()


def test_dates_in_the_future_are_left_to_their_own_check(made) -> None:
    later = TODAY + _days(300)
    _set("N10", start_date=later, leaving_date=date(2024, 12, 20), leaving_reason="EHE")(made)
    made.sql("UPDATE suspensions SET start_date = ? WHERE pupil = 'N01'", later)
    made.sql("UPDATE moves SET start_date = ? WHERE pupil = 'N02'", later)
    assert {check for check, *_ in made.found()} == {"entry_date_changed"}


def test_a_status_that_could_not_be_read_is_not_taken_for_a_sole_roll(made) -> None:
    line = made.on_roll(SOUTH, "N10", start_date=LATER, enrolment_status=None)
    made.sql("INSERT INTO problem VALUES (1, ?, 'other_code_unknown', 'enrolment_status', NULL)", line)
    assert [check for check, *_ in made.found()] == ["other_code_unknown"]
