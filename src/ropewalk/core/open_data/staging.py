"""One file into the store's database: cells as text, checked and counted while they stream in, odd rows set aside.

The cells of every publication are kept in its table ``published_<id>`` (edition, row, its columns), so that each figure
can show the row it came from. The view ``stage`` shows the rows of the file that is being read. SQL here is built from
declarations only; cells reach the database as data, never as SQL.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from ropewalk.core.errors import InputRefused
from ropewalk.core.open_data.cells import CellCheck
from ropewalk.core.open_data.declaration import Publication, quoted
from ropewalk.core.open_data.files import PublishedFile
from ropewalk.core.open_data.records import Tally, first_line_not_in, has_utf8_letters, records, refused

BATCH = 10_000
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


@dataclass
class _Loaded:
    """A file in the database, before its odd rows are set aside."""

    columns: tuple[str, ...]
    ignored: tuple[str, ...]
    check: CellCheck
    tally: Tally = field(default_factory=Tally)
    rows: array[int] = field(default_factory=lambda: array("i"))
    prints: array[int] = field(default_factory=lambda: array("q"))


def stage(con: duckdb.DuckDBPyConnection, file: PublishedFile, publication: Publication, edition: int) -> Staged:
    """Load a file into ``published_<id>`` as an edition, check it, and let the view ``stage`` show it.

    Rows that repeat another or are blank go to the temporary table ``stage_refused`` (row, reason), rows with nothing
    but marks to ``stage_missing`` (row). Raises InputRefused with every problem found: cells that are neither number
    nor mark, broken records, no rows at all.
    """
    con.execute("CREATE OR REPLACE TEMP TABLE stage_refused (row INTEGER, reason VARCHAR)")
    loaded = _load(con, file, publication, edition)
    problems = loaded.check.problems(file.name)
    if problems:
        raise InputRefused(problems)
    tally = loaded.tally
    if not tally.records:
        raise refused(file.name, "There is a header but no row below it.", "Download the file again.", row=1)
    _show(con, publication, edition, loaded.columns)
    _set_repeats_aside(con, loaded)
    delete_refused(con, publication, edition)
    if tally.blank_rows:
        insert(
            con, "stage_refused", pa.table({"row": tally.blank_rows, "reason": ["blank row"] * len(tally.blank_rows)})
        )
    con.execute("CREATE OR REPLACE TEMP TABLE stage_missing (row INTEGER)")
    insert(con, "stage_missing", pa.table({"row": loaded.check.rows_of_marks()}))
    return counted(con, file, loaded.columns, loaded.ignored, tally.records + len(tally.blank_rows))


def counted(
    con: duckdb.DuckDBPyConnection,
    file: PublishedFile,
    columns: tuple[str, ...],
    ignored: tuple[str, ...],
    read: int,
) -> Staged:
    """Count what is staged and what was set aside.

    Raises InputRefused when together they are not what was read: that would be a fault of ours.
    """
    set_aside = _one(con, "SELECT count(*) FROM stage_refused")
    missing = _one(con, "SELECT count(*) FROM stage_missing WHERE row NOT IN (SELECT row FROM stage_refused)")
    if _one(con, f"SELECT count(*) FROM {STAGE}") + set_aside != read:  # noqa: S608
        what = "Rows were lost between reading and keeping."
        raise refused(file.name, what, "Please report this: it is a fault of Ropewalk.")
    return Staged(columns, ignored, read, set_aside, missing)


def delete_refused(con: duckdb.DuckDBPyConnection, publication: Publication, edition: int) -> None:
    """Take the rows that were set aside out of the cells that are kept."""
    table = quoted(f"published_{publication.id}")
    con.execute(f"DELETE FROM {table} WHERE edition = {edition} AND row IN (SELECT row FROM stage_refused)")  # noqa: S608


def _one(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = con.execute(sql).fetchone()
    return int(row[0]) if row else 0


def insert(con: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    """Add rows, which have the table's columns in its order, in one go."""
    con.register("arrow_rows", rows)
    con.execute(f"INSERT INTO {table} SELECT * FROM arrow_rows")  # noqa: S608
    con.unregister("arrow_rows")


def _load(con: duckdb.DuckDBPyConnection, file: PublishedFile, publication: Publication, edition: int) -> _Loaded:
    for encoding in publication.encodings:
        try:
            return _load_as(con, file, publication, edition, "utf-8-sig" if encoding == "utf-8" else encoding)
        except UnicodeDecodeError:
            if encoding == "utf-8" and has_utf8_letters(file):
                break
    raise refused(
        file.name,
        "Some text here is not UTF-8.",
        "Save the file as 'CSV UTF-8' or download it again.",
        row=first_line_not_in(file, publication.encodings[0]),
    )


def _load_as(
    con: duckdb.DuckDBPyConnection, file: PublishedFile, publication: Publication, edition: int, encoding: str
) -> _Loaded:
    tally = Tally()
    stream = records(file, encoding=encoding, multiline=publication.multiline, tally=tally)
    header = [name.strip() for name in next(stream, [])]
    wanted = [(index, name) for index, name in enumerate(header) if publication.knows(name)]
    columns = tuple(name for _, name in wanted)
    ignored = tuple(name for name in header if name and name not in columns)
    loaded = _Loaded(columns, ignored, CellCheck(publication, columns), tally)
    _make_room(con, publication, columns)
    _stream_in(con, publication, edition, loaded, _batches(stream, [index for index, _ in wanted], loaded))
    return loaded


def _stream_in(
    con: duckdb.DuckDBPyConnection,
    publication: Publication,
    edition: int,
    loaded: _Loaded,
    batches: Iterator[pa.RecordBatch],
) -> None:
    """One statement takes all batches, so that a file is there as a whole or not at all."""
    fault: list[Exception] = []

    def passed_on() -> Iterator[pa.RecordBatch]:
        # The database reports an error of its source as text only; the error itself is kept for the caller.
        try:
            yield from batches
        except Exception as error:
            fault.append(error)
            raise

    names = ", ".join(quoted(column) for column in loaded.columns)
    con.register("arrow_rows", pa.RecordBatchReader.from_batches(_schema(loaded.columns), passed_on()))
    try:
        con.execute(
            f"INSERT INTO {quoted(f'published_{publication.id}')} (edition, row, {names}) "  # noqa: S608
            f"SELECT {edition}, row, {names} FROM arrow_rows"
        )
    except duckdb.Error:
        if fault:
            raise fault[0] from None
        raise
    finally:
        con.unregister("arrow_rows")


def _schema(columns: tuple[str, ...]) -> pa.Schema:
    return pa.schema([("row", pa.int32()), *((column, pa.string()) for column in columns)])


def _batches(stream: Iterator[list[str]], wanted: list[int], loaded: _Loaded) -> Iterator[pa.RecordBatch]:
    schema, tally = _schema(loaded.columns), loaded.tally
    rows: list[list[str]] = []
    for record in stream:
        rows.append(record)
        loaded.rows.append(tally.records + len(tally.blank_rows) + 1)
        loaded.prints.append(tally.print)
        if len(rows) >= BATCH:
            yield _batch(schema, rows, loaded.rows[-len(rows) :], wanted, loaded.check)
            rows = []
    if rows:
        yield _batch(schema, rows, loaded.rows[-len(rows) :], wanted, loaded.check)


def _batch(
    schema: pa.Schema, rows: list[list[str]], numbers: array[int], wanted: list[int], check: CellCheck
) -> pa.RecordBatch:
    by_column = list(zip(*rows, strict=True))
    cells = [pa.array(by_column[index], pa.string()) for index in wanted]
    batch = pa.RecordBatch.from_arrays([pa.array(numbers, pa.int32()), *cells], schema=schema)
    check.look_at(batch)
    return batch


def _wanted(publication: Publication, columns: tuple[str, ...]) -> tuple[str, ...]:
    """Columns of the file and those declared that this edition lacks: declarations may name any of them."""
    return tuple(dict.fromkeys((*columns, *publication.declared)))


def _make_room(con: duckdb.DuckDBPyConnection, publication: Publication, columns: tuple[str, ...]) -> None:
    """Let the publication's table have every column of this file and of the declaration."""
    name = f"published_{publication.id}"
    wanted = _wanted(publication, columns)
    definitions = "".join(f", {quoted(column)} VARCHAR" for column in wanted)
    con.execute(f"CREATE TABLE IF NOT EXISTS {quoted(name)} (edition INTEGER, row INTEGER{definitions})")
    found = con.execute("SELECT column_name FROM information_schema.columns WHERE table_name = ?", [name]).fetchall()
    there = {column for (column,) in found}
    for column in wanted:
        if column not in there:
            con.execute(f"ALTER TABLE {quoted(name)} ADD COLUMN {quoted(column)} VARCHAR")


def _show(con: duckdb.DuckDBPyConnection, publication: Publication, edition: int, columns: tuple[str, ...]) -> None:
    names = ", ".join(quoted(column) for column in _wanted(publication, columns))
    table = quoted(f"published_{publication.id}")
    con.execute(
        f"CREATE OR REPLACE TEMP VIEW {STAGE} AS SELECT row, {names} FROM {table} WHERE edition = {edition}"  # noqa: S608
    )


def _set_repeats_aside(con: duckdb.DuckDBPyConnection, loaded: _Loaded) -> None:
    """Rows that are the same as an earlier row are set aside: they would count twice."""
    prints = pa.array(loaded.prints, pa.int64())
    if pc.count_distinct(prints).as_py() == len(prints):
        return
    counts = pc.value_counts(prints)
    twice = counts.field("values").filter(pc.greater(counts.field("counts"), 1))
    rows = pa.array(loaded.rows, pa.int32()).filter(pc.is_in(prints, value_set=twice))
    con.execute("CREATE OR REPLACE TEMP TABLE stage_doubtful (row INTEGER)")
    insert(con, "stage_doubtful", pa.table({"row": rows}))
    same = ", ".join(quoted(column) for column in loaded.columns)
    con.execute(f"""
        INSERT INTO stage_refused
        SELECT row, 'repeats row ' || first FROM (
            SELECT row, min(row) OVER (PARTITION BY {same}) AS first FROM {STAGE}
            WHERE row IN (SELECT row FROM stage_doubtful)
        ) WHERE row > first""")  # noqa: S608
