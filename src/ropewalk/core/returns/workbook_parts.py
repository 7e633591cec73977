"""Inside a workbook before it is read: is it of a sane size, and which cells hold an error such as #N/A?

The reader of workbooks makes room for every cell up to the last one, wherever a file says that is; and it gives error
cells as empty ones. Both are looked up in the sheets themselves.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

# A sheet of 60,000 rows has some 30 MB of XML, twenty times what it packs to.
MOST_BYTES = 512 * 1024**2
MOST_RATIO = 300
RATIO_APPLIES_FROM = 16 * 1024**2
MOST_PARTS = 2_000
# A register of a million rows has four million cells, up to the last one in its last column.
MOST_CELLS = 8_000_000
_CHUNK = 1024 * 1024
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_ERROR_CELL = re.compile(rb"""<(?:\w+:)?c\b(?=[^>]*\bt=["']e["'])[^>]*\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
# Rows and cells with something in them: the number of a row, or the name of a cell.
_NAMED = re.compile(rb"""\br\s*=\s*["']([A-Za-z]*)([0-9]+)["'][^>/]*>""")
_LONGEST_TAG = 512
_DAMAGE = (EOFError, OSError, RuntimeError, ValueError, NotImplementedError, zlib.error, zipfile.BadZipFile)
# Row (from 1) and column (from 0).
Cell = tuple[int, int]


class UnfitWorkbook(Exception):
    """A workbook that is not read; ``check_id`` says why."""

    def __init__(self, check_id: str) -> None:
        """Keep the check."""
        super().__init__(check_id)
        self.check_id = check_id


def error_cells(path: Path) -> dict[str, tuple[Cell, ...]]:
    """Cells that hold an error, by name of the sheet.

    Raises UnfitWorkbook when the file is damaged or unpacks to more than any return holds.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or any(part.flag_bits & 0x1 for part in parts):
                raise UnfitWorkbook("archive_not_allowed")
            found = _errors_by_part(archive, parts, path.stat().st_size)
            names = _sheet_names(archive) if found else {}
    except (*_DAMAGE, etree.XMLSyntaxError) as error:
        raise UnfitWorkbook("workbook_unreadable") from error
    return {names[part]: cells for part, cells in found.items() if part in names}


def _errors_by_part(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], packed: int) -> dict[str, tuple[Cell, ...]]:
    found: dict[str, tuple[Cell, ...]] = {}
    seen = 0
    for part in parts:
        cells: set[Cell] = set()
        last = (0, 0)
        for piece in _pieces(archive, part):
            seen += len(piece)
            if seen > MOST_BYTES or (seen > RATIO_APPLIES_FROM and seen > MOST_RATIO * packed):
                raise UnfitWorkbook("file_too_large")
            # Any part may be named as a sheet.
            last = _last_cell(piece, last)
            if _SHEET.fullmatch(part.filename):
                cells.update((int(row), _position(column)) for column, row in _ERROR_CELL.findall(piece))
        if cells:
            found[part.filename] = tuple(sorted(cells))
    return found


def _last_cell(piece: bytes, last: Cell) -> Cell:
    """The last row and the last column met so far; raises UnfitWorkbook when they span more than any return."""
    named = _NAMED.findall(piece)
    letters = {column for column, _ in named if column}
    if any(len(text) > 3 for text in letters) or any(len(row) > 7 for _, row in named):
        raise UnfitWorkbook("file_too_large")
    row = max((int(row) for _, row in named), default=0)
    column = max((_position(text.upper()) + 1 for text in letters), default=0)
    last = max(last[0], row), max(last[1], column)
    if last[0] * last[1] > MOST_CELLS:
        raise UnfitWorkbook("file_too_large")
    return last


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of a part, each piece beginning with the end of the one before, in case a tag lies across."""
    end = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            yield end + chunk
            end = chunk[-_LONGEST_TAG:]


def _position(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = 26 * place + letter - ord("A") + 1
    return place - 1


def _sheet_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """Name of the sheet that each part holds."""
    relations = _parsed(archive, "xl/_rels/workbook.xml.rels")
    targets = {
        one.get("Id"): posixpath.normpath(posixpath.join("xl", one.get("Target", "").removeprefix("/xl/")))
        for one in relations.iter("{*}Relationship")
    }
    names: dict[str, str] = {}
    for sheet in _parsed(archive, "xl/workbook.xml").iter("{*}sheet"):
        link = next((value for name, value in sheet.attrib.items() if str(name).endswith("}id")), None)
        if link in targets:
            names[targets[link]] = str(sheet.get("name"))
    return names


def _parsed(archive: zipfile.ZipFile, part: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(archive.read(part), parser)
