"""One file into the store's database: cells as text, checked, counted, and its rows set aside where they must be.

Functions here run SQL built from declarations only; cells reach the database as data, never as SQL.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.core.open_data.declaration import Publication, literal, quoted
from ropewalk.core.open_data.files import PublishedFile
from ropewalk.core.open_data.records import Tally, records, refused

BATCH = 10_000
NUMBER = r"[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?\s*%?"
MOST_PROBLEMS = 20
STAGE = "stage"


@dataclass(frozen=True)
class Staged:
    """What a file held: rows read = kept + set aside + rows with nothing but marks of missing."""

    columns: tuple[str, ...]
    ignored_columns: tuple[str, ...]
    read: int
    set_aside: int
    missing: int

    @property
    def kept(self) -> int:
        """Rows with at least one value."""
        return self.read - self.set_aside - self.missing


def stage(con: duckdb.DuckDBPyConnection, file: PublishedFile, publication: Publication) -> Staged:
    """Load a file into the temporary table ``stage`` (row, then its declared columns as text) and check it.

    Rows that repeat another or are blank go to the temporary table ``stage_refused`` (row, reason).
    Raises InputRefused with every problem found: cells that are neither number nor mark, broken records.
    """
    columns, ignored, tally = _load(con, file, publication)
    problems = _cells_that_are_no_numbers(con, file.name, publication, columns)
    if problems:
        raise InputRefused(problems)
    _set_repeats_aside(con, columns)
    if tally.blank_rows:
        con.executemany("INSERT INTO stage_refused VALUES (?, 'blank row')", [(row,) for row in tally.blank_rows])
    set_aside = _one(con, "SELECT count(*) FROM stage_refused")
    missing = _one(con, f"SELECT count(*) FROM {STAGE} WHERE {nothing_but_marks(publication, columns)}")  # noqa: S608
    staged = Staged(columns, ignored, tally.records + len(tally.blank_rows), set_aside, missing)
    if _one(con, f"SELECT count(*) FROM {STAGE}") + set_aside != staged.read:  # noqa: S608
        raise refused(
            file.name, "Rows were lost between reading and keeping.", "Please report this: it is a fault of Ropewalk."
        )
    return staged


def _one(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = con.execute(sql).fetchone()
    return int(row[0]) if row else 0


def _load(
    con: duckdb.DuckDBPyConnection, file: PublishedFile, publication: Publication
) -> tuple[tuple[str, ...], tuple[str, ...], Tally]:
    last: UnicodeDecodeError | None = None
    for encoding in publication.encodings:
        tally = Tally()
        try:
            columns, ignored = _load_as(con, file, publication, "utf-8-sig" if encoding == "utf-8" else encoding, tally)
        except UnicodeDecodeError as error:
            last = error
            continue
        return columns, ignored, tally
    raise refused(
        file.name,
        f"Some text is not {publication.encodings[-1]} ({last.reason if last else 'unknown'}).",
        "Save or download the file as UTF-8.",
        row=tally.records + 2,
    )


def _load_as(
    con: duckdb.DuckDBPyConnection, file: PublishedFile, publication: Publication, encoding: str, tally: Tally
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    stream = records(file, encoding=encoding, multiline=publication.multiline, tally=tally)
    header = [name.strip() for name in next(stream, [])]
    places = [(index, name) for index, name in enumerate(header) if publication.knows(name)]
    columns = tuple(name for _, name in places)
    definitions = ", ".join(f"{quoted(name)} VARCHAR" for name in columns)
    con.execute(f"CREATE OR REPLACE TEMP TABLE {STAGE} (row INTEGER, {definitions})")
    con.execute("CREATE OR REPLACE TEMP TABLE stage_refused (row INTEGER, reason VARCHAR)")
    for batch in _batches(stream, [index for index, _ in places], columns, tally):
        con.register("batch", batch)
        con.execute(f"INSERT INTO {STAGE} SELECT * FROM batch")  # noqa: S608
        con.unregister("batch")
    return columns, tuple(name for name in header if name and name not in columns)


def _batches(
    stream: Iterator[list[str]], wanted: list[int], columns: tuple[str, ...], tally: Tally
) -> Iterator[pa.Table]:
    names = ["row", *columns]
    rows: list[list[str]] = []
    numbers: list[int] = []
    for record in stream:
        rows.append(record)
        numbers.append(tally.records + len(tally.blank_rows) + 1)
        if len(rows) >= BATCH:
            yield _table(names, rows, numbers, wanted)
            rows, numbers = [], []
    if rows:
        yield _table(names, rows, numbers, wanted)


def _table(names: list[str], rows: list[list[str]], numbers: list[int], wanted: list[int]) -> pa.Table:
    by_column = list(zip(*rows, strict=True))
    arrays = [pa.array(numbers, pa.int32()), *(pa.array(by_column[index], pa.string()) for index in wanted)]
    return pa.Table.from_arrays(arrays, names=names)


def _marks_list(publication: Publication) -> str:
    return ", ".join(literal(mark) for mark in publication.marks)


def _cells_that_are_no_numbers(
    con: duckdb.DuckDBPyConnection, name: str, publication: Publication, columns: tuple[str, ...]
) -> list[Problem]:
    numbers = [column for column in columns if publication.is_number(column)]
    if not numbers:
        return []
    marks = _marks_list(publication)

    def bad(column: str) -> str:
        cell = f"trim({quoted(column)})"
        return f"{cell} NOT IN ({marks}) AND NOT regexp_full_match({cell}, {literal(NUMBER)})"

    counts = con.execute(
        "SELECT " + ", ".join(f"count(*) FILTER ({bad(column)})" for column in numbers) + f" FROM {STAGE}"
    ).fetchone()
    problems: list[Problem] = []
    for column, count in zip(numbers, counts or (), strict=True):
        if count and len(problems) < MOST_PROBLEMS:
            cells = con.execute(
                f"SELECT row, trim({quoted(column)}) FROM {STAGE} WHERE {bad(column)} ORDER BY row LIMIT 3"
            ).fetchall()
            problems += [
                Problem(
                    what=f"'{cell[:40]}' is neither a number nor a mark for a missing value ({count:,} such in this column).",
                    do="Mend the cell or download the file again.",
                    file=name,
                    row=row,
                    column=column,
                )
                for row, cell in cells
            ]
    return problems


def _set_repeats_aside(con: duckdb.DuckDBPyConnection, columns: tuple[str, ...]) -> None:
    """Rows that are the same as an earlier row in every cell are set aside: they would count twice."""
    whole = "hash(" + ", ".join(quoted(column) for column in columns) + ")"
    doubtful = con.execute(f"SELECT {whole} AS h FROM {STAGE} GROUP BY h HAVING count(*) > 1").fetchall()  # noqa: S608
    if not doubtful:
        return
    con.execute(f"""
        INSERT INTO stage_refused
        SELECT row, 'repeats row ' || first FROM (
            SELECT row, min(row) OVER (PARTITION BY {", ".join(quoted(column) for column in columns)}) AS first FROM {STAGE}
            WHERE {whole} IN ({", ".join(str(h[0]) for h in doubtful)})
        ) WHERE row > first""")  # noqa: S608
    con.execute(f"DELETE FROM {STAGE} WHERE row IN (SELECT row FROM stage_refused)")  # noqa: S608


def nothing_but_marks(publication: Publication, columns: tuple[str, ...]) -> str:
    """SQL condition: every number cell of the row is a mark of a missing value."""
    numbers = [column for column in columns if publication.is_number(column)]
    if not numbers:
        return "false"
    marks = _marks_list(publication)
    return " AND ".join(f"trim({quoted(column)}) IN ({marks})" for column in numbers)
