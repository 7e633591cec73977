"""A second return of one school that does not agree with its first: what only a store that remembers can find."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

from ropewalk.core.synth.returns.mistakes.book import Book, Row, Slip

FOLDER = "sent-again"
# Shares of the roll that leave all at once, and are no longer named.
LEAVING, UNNAMED = 0.4, 0.03
_FEWEST = 60
_CHANGED = 3


def send_again(place: Path, year: str, folders: Sequence[Path], chance: Random) -> list[Slip]:
    """Write the second return of one school with at least 60 pupils; no file where there is no such school."""
    school = _school(folders)
    if school is None:
        return []
    folder, urn = school
    book, others = Book.read(folder, year), _other_pupils(folders, urn)
    for kind in book.lines:
        column = 1 if kind == "moves" else 0
        book.lines[kind] = [line for line in book.lines[kind] if urn in line.split(",", 3)[column * 2]]
    again = Book(place / FOLDER, year, book.headers, book.lines)
    noted = [*_roll(again, others), *_register(again, chance), *_suspensions(again), *_results(again)]
    again.write()
    return [Slip(f"{FOLDER}/{kind}.csv", line, check) for check, kind, line in noted]


def _school(folders: Sequence[Path]) -> tuple[Path, str] | None:
    """The folder and URN of the first school with suspensions and pupils enough."""
    for folder in folders:
        counts: dict[str, int] = {}
        for row in _rows(folder / "roll.csv"):
            counts[row["urn"]] = counts.get(row["urn"], 0) + (not row["leaving_date"])
        suspended = {row["urn"] for row in _rows(folder / "suspensions.csv") if row["category"] == "SUSP"}
        for urn, pupils in counts.items():
            if pupils >= _FEWEST and urn in suspended:
                return folder, urn
    return None


def _other_pupils(folders: Sequence[Path], urn: str) -> list[Row]:
    return [
        row
        for folder in folders
        for row in _rows(folder / "roll.csv")
        if row["urn"] != urn and row["enrolment_status"] == "C" and not row["leaving_date"]
    ][:_CHANGED]


def _rows(path: Path) -> Iterable[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _roll(book: Book, others: list[Row]) -> list[tuple[str, str, int]]:
    """Pupils who are no longer named, a roll that shrinks, other sexes and days of entry, a pupil of another school."""
    staying = [index for index in range(len(book.lines["roll"])) if not book.row("roll", index)["leaving_date"]]
    gone = {book.lines["roll"][index] for index in staying[: max(1, round(UNNAMED * len(staying)))]}
    book.drop("roll", lambda line: line in gone)
    noted = [("pupils_no_longer_named", "roll", 2), ("roll_size_jump", "roll", 2)]
    last = book.weeks[-1] + timedelta(days=3)
    left = 0
    for index in range(len(book.lines["roll"])):
        row = book.row("roll", index)
        if row["leaving_date"]:
            continue
        if index < 2 * _CHANGED and index % 2:
            row["sex"] = "F" if row["sex"] == "M" else "M"
            noted.append(("sex_changed", "roll", book.put("roll", index, row)))
        elif index < 2 * _CHANGED:
            row["start_date"] = (date.fromisoformat(row["start_date"]) + timedelta(days=2)).isoformat()
            noted.append(("entry_date_changed", "roll", book.put("roll", index, row)))
        elif left < LEAVING * len(staying):
            row["leaving_date"], row["leaving_reason"] = last.isoformat(), "UNK"
            book.put("roll", index, row)
            left += 1
    urn = book.lines["roll"][0].split(",", 1)[0]
    noted += [("on_another_sole_roll", "roll", book.add("roll", pupil | {"urn": urn})) for pupil in others]
    return noted


def _register(book: Book, chance: Random) -> list[tuple[str, str, int]]:
    noted = []
    early = {week.isoformat() for week in book.weeks[: max(1, len(book.weeks) - 6)]}
    for _ in range(_CHANGED):
        index = book.pick(
            "register", chance, lambda row: row["marks"].startswith("/") and row["week_beginning"] in early
        )
        if index is not None:
            row = book.row("register", index)
            row["marks"] = "I" + row["marks"][1:]
            noted.append(("earlier_marks_changed", "register", book.put("register", index, row)))
    return noted


def _suspensions(book: Book) -> list[tuple[str, str, int]]:
    for index in range(len(book.lines["suspensions"])):
        row = book.row("suspensions", index)
        if row["category"] == "SUSP":
            row["sessions"] = str(int(row["sessions"]) + 1)
            return [("suspension_changed", "suspensions", book.put("suspensions", index, row))]
    return []


def _results(book: Book) -> list[tuple[str, str, int]]:
    noted: list[tuple[str, str, int]] = []
    for index in range(min(_CHANGED, len(book.lines["results"]))):
        row = book.row("results", index)
        row["value"] = {"0": "1", "1": "0"}.get(row["value"], f"{float(row['value']) - 1:g}")
        noted.append(("result_changed", "results", book.put("results", index, row)))
    return noted
