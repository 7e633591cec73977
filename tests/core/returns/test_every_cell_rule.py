"""Every rule of the first three stages: a return it finds a mistake in, alone of all rules, and one it does not.

The failing return is the declared example with one thing wrong; the passing one has something that is nearly wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from tests.core.returns.reading_files import csv_of, example, problems, read
from xlsxwriter.worksheet import Worksheet

from ropewalk.core.returns.checks import Severity, Stage, all_checks
from ropewalk.core.returns.report import FileReport, report
from ropewalk.core.returns.templates import template_csv

EARLY = (Stage.READABLE, Stage.SHAPED, Stage.VALID)
# Tried with XML files of their own, beside the readers of XML.
OF_XML = {"xml_hostile", "xml_unreadable", "xml_element_unknown"}


@dataclass(frozen=True)
class Mistake:
    """Two returns, and what the first one's problem is: its lines (None: the whole file) and column."""

    failing: bytes | str
    passing: bytes | str
    lines: tuple[int | None, ...] = (2,)
    column: str | None = None
    name: str = "sent.csv"


def one(kind: str, /, **cells: str) -> str:
    """A file of one row: the declared example with some cells replaced."""
    return csv_of([example(kind, **cells)])


def cell(kind: str, column: str, wrong: str, nearly: str, /, **others: str) -> Mistake:
    """A mistake in one cell."""
    return Mistake(one(kind, **{column: wrong}, **others), one(kind, **{column: nearly}, **others), column=column)


def workbook(fill: Callable[[Worksheet], object] = lambda _: None) -> bytes:
    """A workbook with a sheet of two weeks, changed by ``fill``."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("weeks")
        rows = [example("register", week_beginning=day) for day in ("2025-09-08", "2025-09-15")]
        for number, cells in enumerate([list(rows[0]), *(list(row.values()) for row in rows)]):
            for place, text in enumerate(cells):
                sheet.write_string(number, place, text)
        fill(sheet)
    return out.getvalue()


def two(kind: str, other: dict[str, str], /, **cells: str) -> str:
    """A file of two rows, the second with some cells replaced."""
    return csv_of([example(kind, **cells), example(kind, **cells) | other])


ROLL = one("roll")
WEEK = one("register")
HEADER, ROW = WEEK.splitlines()
BOOK = workbook()

MISTAKES: dict[str, list[Mistake]] = {
    "file_empty": [Mistake("", HEADER + "\n", (None,))],
    "file_not_recognised": [Mistake("colour,size\nred,4\n", WEEK, (None,))],
    "archive_not_allowed": [Mistake(b"\x1f\x8b broken", WEEK, (None,))],
    "file_too_large": [],
    "workbook_unreadable": [Mistake(b"\xd0\xcf\x11\xe0 broken", BOOK, (None,))],
    "encoding_mixed": [
        Mistake(
            "\n".join(two("roll", {"surname": "Zoë", "upn": ""}, surname="Ängström").splitlines()[:2]).encode()
            + b"\n"
            + one("roll", surname="Zoë", upn="").splitlines()[1].encode("cp1252"),
            one("roll", surname="Zoë", upn="").encode("cp1252"),
            (3,),
        )
    ],
    "quote_unclosed": [
        Mistake(one("moves", outcome='"went well'), one("moves", outcome='"went well"')),
        Mistake(f'"{ROW}'.join([HEADER + "\n", "\n"]), f'{HEADER}\n"113533"{ROW[6:]}\n'),
    ],
    "row_other_length": [
        Mistake(WEEK.replace(" ", ",", 1), WEEK),
        Mistake(one("moves", outcome="first, then"), one("moves", outcome='"first, then"')),
    ],
    "line_too_long": [Mistake(one("moves", outcome="x" * 40_000), one("moves", outcome="x" * 1_000))],
    "workbook_merged_cells": [
        Mistake(workbook(lambda sheet: sheet.merge_range(2, 5, 2, 6, "")), BOOK, (3,), name="sent.xlsx")
    ],
    "workbook_error_cell": [
        Mistake(workbook(lambda sheet: sheet.write_formula(1, 5, "=NA()", None, "#N/A")), BOOK, (2,), name="sent.xlsx")
    ],
    "column_missing": [
        Mistake(WEEK.replace("upn,", "").replace("B801200005001,", ""), WEEK.replace("upn", " Upn "), (None,), "upn")
    ],
    "column_twice": [Mistake(f"{HEADER},UPN\n{ROW},\n", f"{HEADER},\n{ROW},\n", (None,), "upn")],
    "column_unknown": [Mistake(f"{HEADER},note\n{ROW},x\n", WEEK, (1,))],
    "header_repeated": [Mistake(WEEK + HEADER.title() + "\n", WEEK, (3,))],
    "example_left_in": [Mistake(template_csv("suspensions"), one("suspensions"))],
    "value_missing": [cell("roll", "start_date", "", "2023-09-05"), cell("register", "upn", " ", "B801200005001")],
    "urn_not_six_digits": [
        cell("register", "urn", "11353", "113533.0"),
        cell("moves", "from_urn", "8794001", "113533"),
    ],
    "school_not_in_register": [cell("register", "urn", "999999", "113534")],
    "upn_not_usable": [cell("register", "upn", "B80120000500", "b801200005001")],
    "upn_check_letter": [cell("register", "upn", "A801200005001", "B801200005001")],
    "upn_temporary": [cell("roll", "upn", "M80120000500A", "B801200005001")],
    "former_upn_not_usable": [cell("roll", "former_upn", "A801200005001", "B801200005001", upn="")],
    "date_unreadable": [
        cell("register", "week_beginning", "31/02/2025", "08/09/2025"),
        cell("marks", "date", "09/29/2025", "29/09/2025"),
    ],
    "other_date_unreadable": [cell("roll", "date_of_birth", "14 March", "14/03/2012 00:00")],
    "date_two_digit_year": [cell("roll", "date_of_birth", "14/03/12", "14/03/2012")],
    "date_in_future": [cell("register", "week_beginning", "2026-03-09", "2026-03-02")],
    "week_not_monday": [cell("register", "week_beginning", "2025-09-09", "2025-09-08")],
    "weekend_mark": [cell("marks", "date", "2025-09-13", "2025-09-12")],
    "marks_not_ten": [
        cell("register", "marks", "/ \\ / \\ / \\ / \\ /", "/  \\ / \\ / \\ / \\ / \\"),
        cell("register", "marks", "/ \\ / \\ / \\ / \\ / \\ /", "- - - - - - - - - -"),
    ],
    "mark_unknown": [
        cell("register", "marks", "/ \\ / \\ / \\ F \\ / \\", "/ \\ / \\ / \\ y7 \\ / \\"),
        cell("marks", "code", "F", "-"),
    ],
    "mark_not_yet_in_force": [
        cell("register", "marks", "/ \\ / \\ / \\ Q \\ / \\", "/ \\ / \\ / \\ Y \\ / \\", week_beginning="2023-09-11"),
        cell("marks", "code", "C2", "C", date="2024-07-10"),
    ],
    "mark_withdrawn": [
        cell("register", "marks", "/ \\ / \\ / \\ H \\ / \\", "/ \\ / \\ / \\ G \\ / \\"),
        cell("marks", "code", "J", "J1"),
    ],
    "needed_code_unknown": [
        cell("suspensions", "category", "EXCL", "susp"),
        cell("marks", "session", "Morning", "am"),
        cell("moves", "kind", "holiday", "Managed_Move"),
    ],
    "other_code_unknown": [cell("roll", "sex", "X", "m"), cell("roll", "fsm_eligible", "1", "y")],
    "code_not_in_force": [
        cell("suspensions", "reason_1", "MP", "DB"),
        cell("suspensions", "reason_1", "OT", "PP"),
        cell("roll", "sen_type_1", "DS", "ASD", sen_provision="K", leaving_date="2024-12-20", leaving_reason="MOV"),
    ],
    "number_unreadable": [cell("results", "value", "one hundred", "104.5")],
    "other_number_unreadable": [
        cell("suspensions", "sessions", "two", "2.0"),
        cell("moves", "hours_per_week", "12h", "12.5"),
        cell("roll", "destination_urn", "n/a", "113534", leaving_date="2025-10-10", leaving_reason="MOV"),
    ],
    "number_out_of_range": [cell("suspensions", "sessions", "381", "80"), cell("moves", "hours_per_week", "-1", "0")],
    "year_unreadable": [cell("results", "year", "2024/26", "202425")],
    "ethnicity_unknown": [cell("roll", "ethnicity", "White", "wbri")],
    "language_unknown": [cell("roll", "first_language", "English", "pol")],
    "postcode_unreadable": [cell("roll", "postcode", "Plymouth", "pl12aa")],
    "row_repeated": [
        Mistake(two("register", {}), two("register", {"week_beginning": "2025-09-15"}), (3,)),
        Mistake(two("marks", {"date": "08/09/2025"}), two("marks", {"session": "PM", "code": "\\"}), (3,)),
        Mistake(two("roll", {}), two("roll", {"upn": "", "forename": "Sam"}), (3,)),
    ],
    "row_contradicts": [
        Mistake(
            two("register", {"marks": "I I I I I I I I I I"}),
            two("register", {"marks": "I I I I I I I I I I", "week_beginning": "2025-09-15"}),
            (3,),
        ),
        Mistake(two("marks", {"code": "I"}), two("marks", {"code": "I", "date": "2025-09-09"}), (3,)),
        Mistake(two("results", {"value": "99"}), two("results", {"value": "99", "assessment": "KS2_MATHS"}), (3,)),
    ],
}
TABLE = [(check_id, mistake) for check_id, mistakes in MISTAKES.items() for mistake in mistakes]


def early_problems(
    folder: Path, content: bytes | str, name: str
) -> tuple[list[tuple[str, int | None, str | None]], FileReport]:
    """What the rules of the first three stages find, and the counts of the file."""
    early = {check.id for check in all_checks().values() if check.stage in EARLY}
    with read(folder, {name: content}) as con:
        (file,) = report(con).files
        assert file.lines == file.accepted + file.refused
        return [found for found in problems(con) if found[0] in early], file


def test_every_rule_has_a_mistake_it_finds() -> None:
    early = {check.id for check in all_checks().values() if check.stage in EARLY}
    assert set(MISTAKES) == early - OF_XML
    # Four gigabytes are tried in miniature beside the reading of archives.
    assert [check_id for check_id, mistakes in MISTAKES.items() if not mistakes] == ["file_too_large"]


@pytest.mark.parametrize(("check_id", "mistake"), TABLE)
def test_a_mistake_is_found_by_the_rule_for_it_and_no_other(check_id: str, mistake: Mistake, tmp_path: Path) -> None:
    rule = all_checks()[check_id]
    found, file = early_problems(tmp_path, mistake.failing, mistake.name)
    assert found == [(check_id, line, mistake.column) for line in mistake.lines]
    refused = len(mistake.lines) if rule.severity is Severity.REFUSED else 0
    assert file.refused == (file.lines if rule.whole_file else refused)


@pytest.mark.parametrize("mistake", [mistake for _, mistake in TABLE], ids=[check_id for check_id, _ in TABLE])
def test_what_is_nearly_a_mistake_is_not_found(mistake: Mistake, tmp_path: Path) -> None:
    found, file = early_problems(tmp_path, mistake.passing, mistake.name)
    assert (found, file.refused) == ([], 0)
