"""Mistakes in suspensions, moves and results."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from ropewalk.core.synth.returns.mistakes.book import Book, Row
from ropewalk.core.synth.returns.mistakes.registry import When, in_books, in_rows


@in_rows("suspensions")
def needed_code_unknown(row: Row, _chance: Random) -> bool:
    """A category of long ago."""
    row["category"] = "FIXD"
    return True


@in_rows("suspensions")
def code_not_in_force(row: Row, _chance: Random) -> bool:
    """A reason that was taken off the list in 2020."""
    row["reason_1"] = "OT"
    return row["start_date"] >= "2020-09"


@in_rows("suspensions")
def other_number_unreadable(row: Row, _chance: Random) -> bool:
    """A length in words."""
    row["sessions"] = "two days"
    return True


@in_rows("suspensions")
def number_out_of_range(row: Row, _chance: Random) -> bool:
    """A suspension of no length."""
    row["sessions"] = "0"
    return row["category"] == "SUSP"


@in_rows("suspensions")
def suspension_sessions_missing(row: Row, _chance: Random) -> bool:
    """A suspension, and nothing said of how long."""
    row["sessions"] = ""
    return row["category"] == "SUSP"


@in_rows("suspensions")
def suspension_reason_missing(row: Row, _chance: Random) -> bool:
    """A suspension, and nothing said of why."""
    row["reason_1"] = row["reason_2"] = row["reason_3"] = ""
    return True


@in_rows("suspensions")
def suspended_too_long(row: Row, _chance: Random) -> bool:
    """Days written ten times too many."""
    row["sessions"] = "96"
    return row["category"] == "SUSP"


@in_books("suspensions")
def suspension_before_entry(book: Book, chance: Random, count: int) -> list[tuple[str, int]]:
    """A suspension of the day before the pupil's first at the school."""
    found = []
    for _ in range(count):
        index = book.pick("suspensions", chance, lambda row: (row["urn"], row["upn"]) in book.pupils)
        if index is None:
            break
        row = book.row("suspensions", index)
        entry = date.fromisoformat(book.pupils[row["urn"], row["upn"]]["start_date"])
        row["start_date"] = (entry - timedelta(days=1)).isoformat()
        if row["reason_1"]:
            found.append(("suspensions", book.put("suspensions", index, row)))
    return found


@in_books("suspensions", When.ADDING)
def suspension_overlap(book: Book, chance: Random, count: int) -> list[tuple[str, int]]:
    """A second suspension that begins while the first one runs."""
    found = []
    for _ in range(count):
        index = book.pick("suspensions", chance, _lasts_over_two_days)
        if index is None:
            break
        row = book.row("suspensions", index)
        book.touched.add(("suspensions", index))
        row["start_date"] = (date.fromisoformat(row["start_date"]) + timedelta(days=1)).isoformat()
        found.append(("suspensions", book.add("suspensions", row | {"sessions": "2"})))
    return found


def _lasts_over_two_days(row: Row) -> bool:
    early = date.fromisoformat(row["start_date"]).weekday() < 3
    return early and row["category"] == "SUSP" and row["sessions"].isdigit() and 4 <= int(row["sessions"]) <= 20


def _add_moves(book: Book, chance: Random, count: int, kind: str, **cells: str) -> list[tuple[str, int]]:
    """Moves of pupils who have none, each wrong in the same way; the day they begin is that of an early week."""
    found = []
    for _ in range(count):
        index = book.pick("roll", chance, lambda row: _stays_without_move(row, book))
        if index is None:
            break
        pupil = book.row("roll", index)
        usual = {
            "upn": pupil["upn"],
            "kind": kind,
            "from_urn": pupil["urn"],
            "start_date": max(book.weeks[1].isoformat(), pupil["start_date"]),
            "agreed_by_parent": "Y",
            "review_date": (book.weeks[1] + timedelta(weeks=4)).isoformat(),
            "end_date": (book.weeks[1] + timedelta(weeks=6, days=4)).isoformat(),
        }
        found.append(("moves", book.add("moves", usual | cells)))
    return found


def _stays_without_move(row: Row, book: Book) -> bool:
    return (
        row["enrolment_status"] == "C"
        and not row["leaving_date"]
        and row["start_date"] <= book.weeks[0].isoformat()
        and (row["urn"], row["upn"]) not in book.part_time
        and ("register", row["urn"], row["upn"]) not in book.spoilt
    )


@in_books("moves", When.ADDING)
def managed_move_without_destination(book: Book, chance: Random, count: int) -> list[tuple[str, int]]:
    """A managed move to nowhere."""
    return _add_moves(book, chance, count, "managed_move", to_urn="", review_date="", end_date="")


@in_books("moves", When.ADDING)
def move_not_agreed(book: Book, chance: Random, count: int) -> list[tuple[str, int]]:
    """A part-time timetable no parent agreed to."""
    return _add_moves(book, chance, count, "part_time_timetable", agreed_by_parent="N")


@in_books("moves", When.ADDING)
def move_ends_before_start(book: Book, chance: Random, count: int) -> list[tuple[str, int]]:
    """First and last day swapped."""
    end = (book.weeks[0] - timedelta(weeks=6)).isoformat()
    return _add_moves(book, chance, count, "off_site_direction", end_date=end)


@in_books("moves", When.ADDING)
def off_site_direction_without_review(book: Book, chance: Random, count: int) -> list[tuple[str, int]]:
    """A direction nobody will look at again."""
    return _add_moves(book, chance, count, "off_site_direction", review_date="")


@in_books("moves", When.ADDING)
def part_time_without_review(book: Book, chance: Random, count: int) -> list[tuple[str, int]]:
    """A part-time timetable nobody will look at again."""
    return _add_moves(book, chance, count, "part_time_timetable", review_date="")


@in_books("moves", When.ADDING)
def part_time_past_review(book: Book, chance: Random, count: int) -> list[tuple[str, int]]:
    """A part-time timetable that goes on after its review."""
    return _add_moves(book, chance, count, "part_time_timetable", end_date="")


@in_books("moves", When.ADDING)
def part_time_without_end(book: Book, chance: Random, count: int) -> list[tuple[str, int]]:
    """A part-time timetable that goes on and on."""
    later = (book.weeks[-1] + timedelta(weeks=52 * 30)).isoformat()
    return _add_moves(book, chance, count, "part_time_timetable", end_date="", review_date=later)


@in_rows("results")
def year_unreadable(row: Row, _chance: Random) -> bool:
    """The term in place of the year."""
    row["year"] = f"summer {row['year'][:4]}"
    return True


@in_rows("results")
def number_unreadable(row: Row, _chance: Random) -> bool:
    """A letter in place of the result."""
    row["value"] = "absent"
    return True


@in_rows("results", having="PHONICS")
def result_out_of_range(row: Row, _chance: Random) -> bool:
    """More marks than there are."""
    row["value"] = "47"
    return True


@in_books("results", When.ADDING)
def result_for_other_year_group(book: Book, chance: Random, count: int) -> list[tuple[str, int]]:
    """A phonics check of a pupil of Year 5."""
    found = []
    for _ in range(count):
        index = book.pick("roll", chance, lambda row: row["year_group"] in ("5", "9"))
        if index is None:
            break
        pupil = book.row("roll", index)
        row = {"urn": pupil["urn"], "upn": pupil["upn"], "year": book.year, "assessment": "PHONICS", "value": "34"}
        found.append(("results", book.add("results", row)))
    return found
