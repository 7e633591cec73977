"""Small returns written straight into the typed tables, for tests of what comes after reading."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from ropewalk.core.facts.store import Facts
from ropewalk.core.identity.upn import check_letter
from ropewalk.core.returns.receipts import Receipt, content_id
from ropewalk.core.returns.submitting import Sent, submit
from ropewalk.core.returns.tables import open_tables
from ropewalk.core.schema.calendar import academic_year

KEY = b"a key for tests, of no use to anybody"
NOW = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
_numbers = itertools.count()

Row = Mapping[str, Any]


def upn(serial: int, council: str = "879") -> str:
    """A valid unique pupil number."""
    rest = f"{council}{1234}{20}{serial:03d}"
    return check_letter("A" + rest + "0"[:0] if len(rest) == 12 else "A" + rest.ljust(12, "0")) + rest.ljust(12, "0")


def roll(urn: int, pupil: str, year: str = "2025/26", **more: Any) -> Row:
    """A roll row."""
    number = None if " line " in pupil else pupil
    start = more.pop("start_date", date(int(year[:4]), 9, 3))
    return {"kind": "roll", "urn": urn, "pupil": pupil, "upn": number, "year": year, "start_date": start, **more}


def register(urn: int, pupil: str, week: date, marks: str = "/ \\ / \\ / \\ / \\ / \\") -> Row:
    """A register row."""
    return {
        "kind": "register",
        "urn": urn,
        "pupil": pupil,
        "upn": pupil,
        "week_beginning": week,
        "week": week,
        "marks": marks,
        "codes": marks.split(" "),
        "year": academic_year(week),
    }


def suspension(urn: int, pupil: str, start: date, **more: Any) -> Row:
    """A suspensions row."""
    sent = {"category": "SUSP", "sessions": 2, **more}
    return {
        "kind": "suspensions",
        "urn": urn,
        "pupil": pupil,
        "upn": pupil,
        "start_date": start,
        "year": academic_year(start),
        **sent,
    }


def open_return(rows: Iterable[Row], scratch: Path) -> duckdb.DuckDBPyConnection:
    """A connection with the typed tables filled, as reading leaves it."""
    con = open_tables(scratch)
    con.execute("INSERT INTO context VALUES (DATE '2026-07-20')")
    files: dict[str, int] = {}
    lines: dict[str, int] = {}
    for row in rows:
        cells = dict(row)
        kind = cells.pop("kind")
        cells["file"] = files.setdefault(kind, len(files) + 1)
        cells["line"] = lines[kind] = lines.get(kind, 1) + 1
        names = ", ".join(f'"{name}"' for name in cells)
        con.execute(f"INSERT INTO {kind} ({names}) VALUES ({', '.join('?' * len(cells))})", list(cells.values()))  # noqa: S608
    for kind, file in files.items():
        con.execute(
            "INSERT INTO source_file VALUES (?, ?, ?, 'csv', ?, 1, ?, 0, NULL)",
            [file, f"{kind}.csv", kind * 8, kind, lines[kind] - 1],
        )
    return con


def send(facts: Facts, rows: Iterable[Row], *, at: datetime | None = None, **more: Any) -> Receipt:
    """Submit rows as a return; without ``at`` each is a day after the one before."""
    number = next(_numbers)
    listed = list(rows)
    content = more.pop("content", None) or content_id([repr(listed)], year=None, place=more.get("place"))
    key = more.pop("key", KEY)
    sent = Sent(content=content, by="office", now=at or NOW + timedelta(days=number), **more)
    with open_return(listed, facts.root.parent) as con:
        return submit(con, facts, sent, key=key)[0]
