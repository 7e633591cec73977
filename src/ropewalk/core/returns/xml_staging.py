"""Rows read from an XML file, put where those of other files go: a source file for each kind of return it held.

A file is staged whole or not at all. Its lines are the elements its rows were read from; where several stand on one
line of text, they are counted instead, so that every row has a line of its own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import duckdb
import pyarrow as pa

from ropewalk.core.returns.safe_xml import Node, Unknown, XmlRefused
from ropewalk.core.schema.returns import return_file

Cells = dict[str, str | None]


@dataclass(slots=True)
class Rows:
    """The rows of one kind of return in a file, each with the line of the element it was read from."""

    kind: str
    lines: list[int] = field(default_factory=list)
    cells: list[Cells] = field(default_factory=list)

    def add(self, line: int, cells: Cells) -> None:
        """Add a row."""
        self.lines.append(line)
        self.cells.append(cells)

    def in_order(self) -> Rows:
        """The same rows in the order of their lines."""
        order = sorted(range(len(self.lines)), key=self.lines.__getitem__)
        return Rows(self.kind, [self.lines[place] for place in order], [self.cells[place] for place in order])


@dataclass(slots=True)
class School:
    """How a file names a school: by URN, or by the numbers of its council and establishment."""

    urn: str | None = None
    laestab: str | None = None

    @classmethod
    def read(cls, node: Node | None) -> School:
        """The school of an element that holds URN, LEA (or LA) and Estab."""
        if node is None:
            return cls()
        council, number = node.text_at("LEA") or node.text_at("LA"), node.text_at("Estab")
        return cls(node.text_at("URN"), f"{council}{number}" if council and number else None)


class TwoSchools(Exception):
    """The parts of a file name different schools."""


def same_school(schools: Sequence[School]) -> School:
    """What the parts of a file say of its school, together. Raises TwoSchools when they contradict each other."""
    urns = {school.urn for school in schools if school.urn}
    codes = {school.laestab for school in schools if school.laestab}
    if len(urns) > 1 or len(codes) > 1:
        raise TwoSchools
    return School(next(iter(urns), None), next(iter(codes), None))


def urn_of(con: duckdb.DuckDBPyConnection, school: School) -> str | None:
    """URN of a school: as sent, else found by its LAESTAB (seven digits) in the published register."""
    if school.urn or not school.laestab:
        return school.urn
    # A number that two schools had, one after the other, names neither.
    found = con.execute("SELECT DISTINCT urn FROM school WHERE laestab = ?", [school.laestab]).fetchall()
    return str(found[0][0]) if len(found) == 1 else None


def stage_refusal(con: duckdb.DuckDBPyConnection, file_no: int, path: Path, refused: XmlRefused) -> None:
    """Note a file that is not read at all."""
    _source(con, file_no, path, (path.name, None, 0, None))
    detail = refused.detail if refused.line is None else f"line {refused.line}: {refused.detail}"
    _problem(con, file_no, None, refused.check_id, detail)


def stage_rows(
    con: duckdb.DuckDBPyConnection,
    file_no: int,
    path: Path,
    parts: Sequence[Rows],
    *,
    unknown: Unknown,
    notes: Sequence[str],
) -> None:
    """Put the rows of each kind into its raw table; the first kind is file ``file_no``, others take the next numbers.

    A file without any rows is noted as empty.
    """
    held = [part.in_order() for part in parts if part.cells]
    counted = any(not _ascends(part.lines) for part in held)
    said = [*notes, *(["Several records stand on one line: lines count records."] if counted else [])]
    note = " ".join(said) or None
    if not held:
        _source(con, file_no, path, (path.name, None, 0, note))
        _problem(con, file_no, None, "file_empty", None)
    for part in held:
        number = file_no if part is held[0] else _next_number(con, file_no)
        _source(con, number, path, (f"{path.name}, {part.kind}", part.kind, len(part.cells), note))
        _insert(con, number, part, list(range(1, len(part.cells) + 1)) if counted else part.lines)
    for name, line in unknown.lines.items():
        _problem(con, file_no, None if counted else line, "xml_element_unknown", name)


def _ascends(lines: Sequence[int]) -> bool:
    return all(before < after for before, after in pairwise(lines))


def _next_number(con: duckdb.DuckDBPyConnection, file_no: int) -> int:
    found = con.execute("SELECT max(file) FROM source_file").fetchone()
    return max(file_no, found[0] if found else file_no) + 1


def _source(
    con: duckdb.DuckDBPyConnection, file_no: int, path: Path, told: tuple[str, str | None, int, str | None]
) -> None:
    name, kind, lines, note = told
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    con.execute(
        "INSERT INTO source_file VALUES (?, ?, ?, 'xml', ?, ?, ?, 0, ?)",
        [file_no, name, kind, digest, path.stat().st_size, lines, note],
    )


def _problem(con: duckdb.DuckDBPyConnection, file_no: int, line: int | None, check_id: str, detail: str | None) -> None:
    con.execute("INSERT INTO problem VALUES (?, ?, ?, NULL, ?)", [file_no, line, check_id, detail])


def _insert(con: duckdb.DuckDBPyConnection, file_no: int, part: Rows, lines: Sequence[int]) -> None:
    columns = return_file(part.kind).columns
    table = pa.table(
        {
            "file": pa.array([file_no] * len(lines), pa.int32()),
            "line": pa.array(lines, pa.int32()),
            **{name: pa.array([cells.get(name) for cells in part.cells], pa.string()) for name in columns},
        }
    )
    con.register("rows_from_xml", table)
    con.execute(f"INSERT INTO raw_{part.kind} BY NAME SELECT * FROM rows_from_xml")  # noqa: S608 - a declared kind
    con.unregister("rows_from_xml")
