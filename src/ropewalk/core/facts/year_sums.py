"""Where sums of academic years are kept beside the facts, and which facts they rest on.

A file is named for all that its sums rest on: the submissions and links that count, and the way of counting. When any
of these changes nobody asks for the file any more, so it is never wrong; when it is gone it is made again.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ropewalk.core.facts.assembling import stand_ins
from ropewalk.core.facts.catalogue import Snapshot
from ropewalk.core.facts.flushing import flush
from ropewalk.core.facts.layout import ATTENDANCE, ROLL
from ropewalk.core.facts.writing import quoted

FOLDER = "sums"
# The one before the newest stays for those who are just reading it.
_STAY = 2


@dataclass(frozen=True)
class YearSums:
    """The sums of the store whose folder of facts is given."""

    facts: Path

    def find(self, names: Iterable[str], year: str, rests_on: str) -> dict[str, Path] | None:
        """The file of each name for a year; None when one is missing."""
        found = {name: self._path(name, year, rests_on) for name in names}
        return found if all(path.exists() for path in found.values()) else None

    def keep(
        self, con: duckdb.DuckDBPyConnection, names: Iterable[str], year: str, rests_on: str, *, order: str = "ALL"
    ) -> None:
        """Write tables of ``con`` whole or not at all, and remove what nobody asks for any more.

        Rows stand in an order (SQL) in which they are asked for together. Raises OSError.
        """
        for name in names:
            path = self._path(name, year, rests_on)
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_name(f"{path.name}.{os.getpid()}.part")
            con.execute(
                f'COPY (SELECT * FROM "{name}" ORDER BY {order}) TO {quoted(draft)} (FORMAT PARQUET, COMPRESSION ZSTD)'  # noqa: S608 - our own names
            )
            flush(draft)
            draft.replace(path)
            self._tidy(name, year, path)

    def forget(self) -> None:
        """Delete all: somebody's facts were erased while they were made."""
        shutil.rmtree(self.facts / FOLDER, ignore_errors=True)

    def _path(self, name: str, year: str, rests_on: str) -> Path:
        return self.facts / FOLDER / f"{name}-{year.replace('/', '-')}-{rests_on[:32]}.parquet"

    def _tidy(self, name: str, year: str, newest: Path) -> None:
        older = [path for path in newest.parent.glob(f"{name}-{year.replace('/', '-')}-*") if path != newest]
        older.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
        for path in older[_STAY - 1 :]:
            path.unlink(missing_ok=True)


def years_sent(snapshot: Snapshot) -> list[str]:
    """Academic years about which anything was sent."""
    return sorted({one.year for one in snapshot.coverage})


def rests_on(
    snapshot: Snapshot,
    links: Mapping[int, int],
    year: str,
    way_of_counting: str,
    *,
    of_year: Collection[str] = (ATTENDANCE.id, ROLL.id),
    of_any_year: Collection[str] = (),
) -> str:
    """A text that differs whenever facts of some tables, of the year or of any, or the way of counting them, differ.

    ``links`` are the records that links hold to others. The roll that stands in for one of the year counts as its own.
    """
    receipts = {submission.sequence: submission.id for submission in snapshot.submissions}
    lent = [one for one in stand_ins(snapshot) if one[1] == year]
    rolls = {(school, taken_from) for school, _, taken_from in lent}
    behind = sorted(
        (one.table, one.school, one.year, one.sequence, receipts[one.sequence])
        for one in snapshot.coverage
        if (one.table in of_year and one.year == year)
        or one.table in of_any_year
        or (one.table == ROLL.id and (one.school, one.year) in rolls)
    )
    known: tuple[object, ...] = (way_of_counting, behind, lent, sorted(links.items()))
    # Erasing takes rows out of submissions that are named the same afterwards.
    return hashlib.sha256(repr((*known, snapshot.erased) if snapshot.erased else known).encode()).hexdigest()
