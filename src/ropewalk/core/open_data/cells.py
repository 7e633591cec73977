"""Cells of number columns, checked batch by batch: each is a number or a mark of a missing value, or a problem."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from ropewalk.core.errors import Problem
from ropewalk.core.open_data.declaration import Publication

NUMBER = r"^[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?(\s*%)?$"
MOST_PROBLEMS = 20
MOST_PROBLEMS_OF_A_COLUMN = 3


@dataclass
class _Bad:
    """Cells of one column that are neither number nor mark: how many, and the first few."""

    count: int = 0
    first: list[tuple[int, str]] = field(default_factory=list)


class CellCheck:
    """Looks at batches of one file; remembers which rows hold nothing but marks, and every problem."""

    def __init__(self, publication: Publication, columns: tuple[str, ...]) -> None:
        """Take the number columns among those of the file."""
        self._numbers = [column for column in columns if publication.is_number(column)]
        self._marks = pa.array(list(publication.marks), pa.string())
        self._bad: dict[str, _Bad] = {}
        self._only_marks: list[pa.Array] = []

    def look_at(self, batch: pa.RecordBatch) -> None:
        """Check the number cells of a batch whose first column is the row number."""
        rows = batch.column(0)
        only: pa.Array | None = None
        possible = bool(self._numbers)
        for column in self._numbers:
            marks = self._marks_in(column, batch.column(column), rows)
            if possible:
                possible = marks is not None
                only = marks if only is None else pc.and_(only, marks) if possible else None
                possible = possible and bool(pc.any(only).as_py())
        if possible:
            self._only_marks.append(rows.filter(only))

    def rows_of_marks(self) -> pa.Array:
        """Numbers of the rows whose number cells are all marks of missing values."""
        return pa.concat_arrays([pa.array([], pa.int32()), *self._only_marks])

    def problems(self, file: str) -> list[Problem]:
        """The first cells of each column that are neither number nor mark."""
        found = [
            Problem(
                what=f"'{cell[:40]}' is neither a number nor a mark for a missing value "
                f"({bad.count:,} such in this column).",
                do="Mend the cell or download the file again.",
                file=file,
                row=row,
                column=column,
            )
            for column, bad in self._bad.items()
            for row, cell in bad.first
        ]
        return found[:MOST_PROBLEMS]

    def _marks_in(self, column: str, cells: pa.Array, rows: pa.Array) -> pa.Array | None:
        """Which cells are marks; None when all are numbers."""
        if _all_numbers(cells):
            return None
        marks = pc.is_in(cells, value_set=self._marks)
        if _all_numbers(pc.if_else(marks, None, cells)):
            return marks
        return self._closer_look(column, pc.utf8_trim(cells, characters=" "), rows)

    def _closer_look(self, column: str, cells: pa.Array, rows: pa.Array) -> pa.Array:
        marks = pc.is_in(cells, value_set=self._marks)
        shaped = pc.match_substring_regex(cells, pattern=NUMBER)
        plain = pc.replace_substring_regex(cells, pattern=r"^\+|\s*%$", replacement="")
        values = pc.cast(pc.if_else(pc.and_(shaped, pc.invert(marks)), plain, None), pa.float64())
        good = pc.or_(marks, pc.and_(shaped, pc.fill_null(pc.is_finite(values), False)))
        wrong = pc.invert(good)
        count = pc.sum(wrong).as_py() or 0
        if count:
            bad = self._bad.setdefault(column, _Bad())
            bad.count += count
            room = MOST_PROBLEMS_OF_A_COLUMN - len(bad.first)
            here = zip(rows.filter(wrong)[:room].to_pylist(), cells.filter(wrong)[:room].to_pylist(), strict=True)
            bad.first += here
        return marks


def _all_numbers(cells: pa.Array) -> bool:
    """Whether every cell that is not null reads as a finite number, in one fast pass."""
    try:
        values = pc.cast(cells, pa.float64())
    except pa.ArrowInvalid:
        return False
    return bool(pc.all(pc.is_finite(values)).as_py() is not False)
