"""XML files: told apart by their first element, and read."""

from __future__ import annotations

from pathlib import Path

import duckdb

from ropewalk.core.returns import school_census, transfer_file
from ropewalk.core.returns.safe_xml import Unknown, XmlRefused, records, root_name
from ropewalk.core.returns.xml_staging import stage_refusal


def stage_xml(con: duckdb.DuckDBPyConnection, file_no: int, path: Path) -> None:
    """Read a School Census file or a Common Transfer File; any other XML is noted as not recognised, or as refused.

    Puts one source file for each kind of return the file held: the first has the number ``file_no``, others the next.
    """
    root = root_name(path)
    if root == school_census.ROOT:
        school_census.stage_census(con, file_no, path)
    elif root == transfer_file.ROOT:
        transfer_file.stage_ctf(con, file_no, path)
    else:
        stage_refusal(con, file_no, path, _refusal(path))


def _refusal(path: Path) -> XmlRefused:
    """Why a file with another first element is not read: it is hostile or broken, or of a kind nobody knows."""
    try:
        for _ in records(path, frozenset(), frozenset(), Unknown()):
            pass
    except XmlRefused as refused:
        return refused
    return XmlRefused("file_not_recognised", None, "neither a School Census nor a Common Transfer File")
