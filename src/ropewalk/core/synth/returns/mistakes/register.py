"""Mistakes in the register."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from ropewalk.core.schema.attendance_codes import NEW_CODES
from ropewalk.core.synth.returns.mistakes.book import Book, Row
from ropewalk.core.synth.returns.mistakes.registry import When, in_books, in_rows
from ropewalk.core.synth.returns.upn import permanent

_PRESENT = ("/", "\\", "L")
_ABSENT = frozenset(["I", "M", "C", "C1", "C2", "J", "J1", "S", "R", "E", "T", "G", "O", "U", "N", "H"])
# Schools with fewer pupils have such weeks by chance.
_ENOUGH_PUPILS = 32
_MAY_BE_ASKED = 31


def _change_one(row: Row, chance: Random, code: str, wanted: Callable[[int, str], bool]) -> bool:
    """Write a code in place of one mark that is wanted; false when there is none."""
    marks = row["marks"].split(" ")
    places = [place for place, mark in enumerate(marks) if wanted(place, mark)]
    if not places:
        return False
    marks[chance.choice(places)] = code
    row["marks"] = " ".join(marks)
    return True


def _is_present(_place: int, mark: str) -> bool:
    return mark in _PRESENT


@in_rows("register")
def week_not_monday(row: Row, _chance: Random) -> bool:
    """The Tuesday of the week."""
    row["week_beginning"] = (date.fromisoformat(row["week_beginning"]) + timedelta(days=1)).isoformat()
    return True


@in_rows("register")
def marks_not_ten(row: Row, _chance: Random) -> bool:
    """A mark that was lost."""
    row["marks"] = row["marks"].rpartition(" ")[0]
    return True


@in_rows("register")
def mark_unknown(row: Row, chance: Random) -> bool:
    """A code a school made up for itself."""
    return _change_one(row, chance, "LA", _is_present)


@in_rows("register")
def mark_withdrawn(row: Row, chance: Random) -> bool:
    """The old code for a holiday, after August 2024."""
    return row["week_beginning"] >= f"{NEW_CODES[:4]}-08" and _change_one(row, chance, "H", _is_present)


@in_rows("register")
def mark_not_yet_in_force(row: Row, chance: Random) -> bool:
    """A code of 2024 before August 2024."""
    return row["week_beginning"] < f"{NEW_CODES[:4]}-08" and _change_one(row, chance, "C2", _is_present)


@in_rows("register")
def mark_in_wrong_session(row: Row, chance: Random) -> bool:
    """An afternoon's mark in a morning."""
    return _change_one(row, chance, "\\", lambda place, mark: place % 2 == 0 and mark == "/")


@in_books("register")
def mark_before_entry(book: Book, chance: Random, count: int) -> list[tuple[str, int]]:
    """Absent before the first day on the roll."""
    found = []
    for _ in range(count):
        index = book.pick(
            "register", chance, lambda row: ("roll", row["urn"], row["upn"]) not in book.spoilt, having=" Z"
        )
        if index is None:
            break
        row = book.row("register", index)
        _change_one(row, chance, "O", lambda _place, mark: mark == "Z")
        found.append(("register", book.put("register", index, row)))
    return found


@in_books("register", When.ADDING)
def mark_after_leaving(book: Book, chance: Random, count: int) -> list[tuple[str, int]]:
    """A week after the last day on the roll."""
    last = book.weeks[-1].isoformat()
    week = {"week_beginning": last, "marks": "O O / \\ / \\ / \\ / \\"}
    left = [
        {"urn": urn, "upn": upn, **week}
        for (urn, upn), row in book.pupils.items()
        if "" < row["leaving_date"] < last and row["enrolment_status"] == "C" and ("roll", urn, upn) not in book.spoilt
    ]
    return [("register", book.add("register", row)) for row in chance.sample(left, min(count, len(left)))]


@in_books("register")
def mark_missing(book: Book, chance: Random, count: int) -> list[tuple[str, int]]:
    """A mark nobody took."""
    return _of_pupils(book, chance, count, "-", lambda pupil: pupil["year_group"] not in ("N1", "N2"))


@in_books("register")
def closed_for_some(book: Book, chance: Random, count: int) -> list[tuple[str, int]]:
    """A session marked as closed for one pupil alone."""
    return _of_pupils(book, chance, count, "#", lambda _pupil: True)


@in_books("register")
def not_required_mark_of_school_age(book: Book, chance: Random, count: int) -> list[tuple[str, int]]:
    """Not required to attend, at eight years of age."""
    if book.year in ("2019/20", "2020/21", "2021/22"):
        return []
    return _of_pupils(book, chance, count, "X", lambda pupil: pupil["year_group"] in ("2", "3", "4", "8", "9"))


@in_books("register")
def dual_mark_without_dual_registration(book: Book, chance: Random, count: int) -> list[tuple[str, int]]:
    """Expected at the other school, and there is none."""
    return _of_pupils(book, chance, count, "D", lambda pupil: pupil["enrolment_status"] == "C")


@in_books("register")
def suspended_mark_without_suspension(book: Book, chance: Random, count: int) -> list[tuple[str, int]]:
    """Suspended in the register, and no suspension was sent."""
    return _of_pupils(book, chance, count, "E", lambda pupil: (pupil["urn"], pupil["upn"]) not in book.suspended)


@in_books("register")
def part_time_marks_without_timetable(book: Book, chance: Random, count: int) -> list[tuple[str, int]]:
    """Part time in the register, and no arrangement was sent."""
    if book.year < NEW_CODES:
        return []
    return _of_pupils(book, chance, count, "C2", lambda pupil: (pupil["urn"], pupil["upn"]) not in book.part_time)


@in_books("register")
def reason_not_known_for_long(book: Book, chance: Random, count: int) -> list[tuple[str, int]]:
    """A reason nobody asked for since."""
    if len(book.weeks) < 4:
        return []
    return _of_pupils(book, chance, count, "N", lambda _pupil: True, before=book.weeks[-2])


def _of_pupils(
    book: Book,
    chance: Random,
    count: int,
    code: str,
    suits: Callable[[Row], bool],
    before: date = date.max,
) -> list[tuple[str, int]]:
    """Write a code in place of a mark of presence, for pupils that suit."""
    found = []
    for _ in range(count):

        def fit(row: Row) -> bool:
            pupil = book.pupils.get((row["urn"], row["upn"]))
            if pupil is None or ("roll", row["urn"], row["upn"]) in book.spoilt or not suits(pupil):
                return False
            return _in_full_week(row) and row["week_beginning"] < str(before)

        index = book.pick("register", chance, fit)
        if index is None:
            break
        row = book.row("register", index)
        _change_one(row, chance, code, _is_present)
        found.append(("register", book.put("register", index, row)))
    return found


def _in_full_week(row: Row) -> bool:
    """A week in which the pupil was on roll, at one school, and in school for most of it."""
    marks = row["marks"].split(" ")
    return sum(mark in _PRESENT for mark in marks) > 5 and not {"Z", "-", "D"} & set(marks)


@in_books("register")
def present_while_suspended(book: Book, chance: Random, count: int) -> list[tuple[str, int]]:
    """Marked present in the afternoon of the first day of a suspension."""
    weeks: dict[str, int] = {}
    for index in range(len(book.lines["suspensions"])):
        row = book.row("suspensions", index)
        if row["category"] == "SUSP" and row["sessions"].isdigit() and int(row["sessions"]) > 1:
            day = date.fromisoformat(row["start_date"])
            monday = day - timedelta(days=day.weekday())
            weeks[f"{row['urn']},{row['upn']},{monday}"] = 2 * day.weekday() + 1
    lines = book.find("register", weeks)
    found = []
    for start in chance.sample(sorted(lines), min(count, len(lines))):
        row = book.row("register", lines[start])
        marks = row["marks"].split(" ")
        marks[weeks[start]] = "\\"
        row["marks"] = " ".join(marks)
        found.append(("register", book.put("register", lines[start], row)))
    return found


@in_books("register", When.ADDING)
def week_for_pupil_not_on_roll(book: Book, chance: Random, count: int) -> list[tuple[str, int]]:
    """A week of a pupil the roll does not have."""
    found = []
    for number in range(count if book.apart else 0):
        index = book.pick("register", chance, lambda row: row["urn"] == book.apart and _in_full_week(row))
        if index is not None:
            row = book.row("register", index) | {"upn": permanent("0229999", 2015, number % 1000)}
            found.append(("register", book.add("register", row)))
    return found


@in_books("register", When.CHANGING, often=False)
def everyone_present(book: Book, chance: Random, _count: int) -> list[tuple[str, int]]:
    """A school week in which every absence was overwritten, as a system does that fills in present beforehand."""
    lines = _school_week(book, chance)
    for index in lines:
        row = book.row("register", index)
        marks = row["marks"].split(" ")
        row["marks"] = " ".join(
            ("/" if place % 2 == 0 else "\\") if mark in _ABSENT else mark for place, mark in enumerate(marks)
        )
        book.put("register", index, row)
    return [("register", lines[0] + 2)] if lines else []


@in_books("register", When.TAKING_AWAY, often=False)
def attendance_jump(book: Book, chance: Random, _count: int) -> list[tuple[str, int]]:
    """A school week of which only one pupil's line was sent."""
    lines = _school_week(book, chance)
    if not lines:
        return []
    kept, *gone = (book.lines["register"][index] for index in lines)
    dropped = set(gone)
    book.drop("register", lambda line: line in dropped)
    index = book.lines["register"].index(kept)
    return [("register", book.put_text("register", index, kept))]


def _school_week(book: Book, chance: Random) -> list[int]:
    """Lines of a week of a school with enough pupils; the weeks around it are not looked at by other mistakes."""
    pupils: dict[str, int] = {}
    for urn, _ in book.pupils:
        pupils[urn] = pupils.get(urn, 0) + 1
    schools = sorted(urn for urn, number in pupils.items() if number >= _ENOUGH_PUPILS)
    if not schools or len(book.weeks) < 5:
        return []
    urn, week = chance.choice(schools), chance.choice(book.weeks[3:-1]).isoformat()
    lines = [
        index
        for index, line in enumerate(book.lines["register"])
        if line.startswith(urn) and line.split(",", 3)[2] == week and book.free("register", index)
    ]
    return lines if len(lines) >= _MAY_BE_ASKED else []


@in_books("register", When.TAKING_AWAY, often=False)
def register_gap(book: Book, chance: Random, _count: int) -> list[tuple[str, int]]:
    """A week of a school's register that was never sent; told at the first line of the school's register."""
    if len(book.weeks) < 5:
        return []
    urn = chance.choice(sorted({urn for urn, _ in book.pupils}))
    week = next((week for week in book.weeks[2:-2] if week.month in (11, 3, 6)), book.weeks[2]).isoformat()
    book.drop("register", lambda line: line.startswith(urn) and line.split(",", 3)[2] == week)
    index = next((i for i, line in enumerate(book.lines["register"]) if line.startswith(urn)), None)
    return [] if index is None else [("register", index + 2)]
