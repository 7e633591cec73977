"""Files into raw rows: what each file is, told from what is in it and never from its name.

Tables as text (plain, gzip, in a zip file), workbooks and the two national XML formats are read; everything else is
told of. After staging, every line of every table stands in its raw table, in ``problem``, or was blank.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb

from ropewalk.core.returns.found_files import Found, Refusal, find
from ropewalk.core.returns.physical_lines import copy_lines
from ropewalk.core.returns.putting import SourceFile, next_file, put_file, put_whole
from ropewalk.core.returns.tables_of_text import Text, stage_text
from ropewalk.core.returns.workbook import stage_workbook
from ropewalk.core.returns.xml_files import stage_xml


def stage(
    con: duckdb.DuckDBPyConnection,
    paths: Sequence[Path],
    *,
    scratch: Path,
    progress: Callable[[str], None] = lambda _: None,
) -> None:
    """Read files into the raw tables of a connection made by ``open_tables``.

    ``scratch`` is a folder for copies, which the caller deletes when the return is done with; ``progress`` is told
    what is being read. Whatever is wrong with a file stands in ``problem``; nothing is raised for it.
    """
    for found in find(paths, scratch):
        progress(f"Reading {found.name}")
        if isinstance(found, Refusal):
            file = next_file(con)
            put_whole(con, file, found.check_id, found.detail)
            put_file(con, SourceFile(file, found.name, "unknown"))
        else:
            _READERS[found.format](con, found, scratch)


def _stage_csv(con: duckdb.DuckDBPyConnection, found: Found, scratch: Path) -> None:
    source = SourceFile(next_file(con), found.name, found.format)
    target = scratch / f"file-{source.file}.txt"
    with found.path.open("rb") as stream:
        physical = copy_lines(stream, target)
    stage_text(con, source, Text(target, physical))


def _stage_xml(con: duckdb.DuckDBPyConnection, found: Found, _scratch: Path) -> None:
    file = next_file(con)
    stage_xml(con, file, found.path)
    # What was unpacked is known by the name it was sent under.
    con.execute(
        "UPDATE source_file SET name = ? || substr(name, ?) WHERE file >= ?",
        [found.name, len(found.path.name) + 1, file],
    )


_READERS: dict[str, Callable[[duckdb.DuckDBPyConnection, Found, Path], None]] = {
    "csv": _stage_csv,
    "workbook": stage_workbook,
    "xml": _stage_xml,
}
