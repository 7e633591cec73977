"""Files that cannot be read as a whole, or not quite: one for each way to get it wrong."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter

from ropewalk.core.schema.returns import return_file
from ropewalk.core.synth.returns.mistakes.book import Slip

FOLDER = "unusable"
_THEN = (2000, 1, 1, 0, 0, 0)
_ROLL = return_file("roll").columns
_ENTITIES = """<?xml version="1.0"?>
<!DOCTYPE Message [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<Message><Header>&b;</Header></Message>
"""
# More comes out of this than any return packs so tightly.
_ZEROS = 70 * 1024 * 1024


def write_unusable(place: Path) -> list[Slip]:
    """Write all files; each is called by the check it should trip."""
    folder = place / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    slips = []
    for name, (content, line) in _FILES.items():
        (folder / name).write_bytes(content())
        slips.append(Slip(f"{FOLDER}/{name}", line, name.split(".")[0]))
    return slips


def _row(**cells: str) -> str:
    return ",".join(({field.name: field.example for field in return_file("roll").fields} | _PUPIL | cells).values())


_PUPIL = {"upn": "Q011200115007", "surname": "Nobody", "forename": "Nobody", "postcode": "ZZ1 1AA", "urn": "990002"}


def _csv(*lines: str) -> bytes:
    return "".join(line + "\n" for line in lines).encode()


def _column_missing() -> bytes:
    return _csv(",".join(_ROLL).replace("start_date,", "entered,"), _row())


def _column_twice() -> bytes:
    return _csv(",".join((*_ROLL, "start_date")), f"{_row()},2023-09-05")


def _column_unknown() -> bytes:
    return _csv(",".join((*_ROLL, "house")), f"{_row()},Blue")


def _weekend_mark() -> bytes:
    return _csv("urn,upn,date,session,code", "990002,Q011200115007,2025-03-08,AM,/")


def _not_recognised() -> bytes:
    return _csv("meal,price", "soup,1.20")


def _packed_twice() -> bytes:
    return _packed("roll.csv.gz", gzip.compress(gzip.compress(_csv(",".join(_ROLL)), mtime=0), mtime=0))


def _too_large() -> bytes:
    return _packed("roll.csv", bytes(_ZEROS))


def _packed(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name, _THEN), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _workbook(*, merged: bool) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime(*_THEN, tzinfo=UTC)})
    sheet = book.add_worksheet("roll")
    sheet.write_row(0, 0, _ROLL)
    sheet.write_row(1, 0, _row().split(","))
    if merged:
        sheet.merge_range(2, _ROLL.index("surname"), 2, _ROLL.index("forename"), "Nobody")
        sheet.write_string(2, 0, "990002")
    else:
        sheet.write_formula(1, _ROLL.index("postcode"), "=NA()", None, "#N/A")
    book.close()
    return out.getvalue()


def _census(body: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<Message>{body}</Message>\n'.encode()


def _unknown_element() -> bytes:
    pupil = "<PupilIdentifiers><UPN>Q011200115007</UPN><ShoeSize>33</ShoeSize></PupilIdentifiers>"
    status = "<PupilStatus><EnrolStatus>C</EnrolStatus><EntryDate>2023-09-05</EntryDate></PupilStatus>"
    school = "<SchoolCharacteristics><URN>990002</URN></SchoolCharacteristics>"
    return _census(
        "<Header><CollectionDetails><Collection>SC1</Collection><Year>2025</Year></CollectionDetails></Header>"
        f"<School>{school}</School><Pupils><PupilsOnRoll><PupilOnRoll>{pupil}{status}</PupilOnRoll></PupilsOnRoll></Pupils>"
    )


_FILES: dict[str, tuple[Callable[[], bytes], int | None]] = {
    "file_empty.csv": (bytes, None),
    "file_not_recognised.csv": (_not_recognised, None),
    "file_too_large.zip": (_too_large, None),
    "archive_not_allowed.zip": (_packed_twice, None),
    "column_missing.csv": (_column_missing, None),
    "column_twice.csv": (_column_twice, None),
    "column_unknown.csv": (_column_unknown, 1),
    "weekend_mark.csv": (_weekend_mark, 2),
    "workbook_unreadable.xlsx": (lambda: _packed("xl/workbook.xml", b"<not a workbook"), None),
    "workbook_error_cell.xlsx": (lambda: _workbook(merged=False), 2),
    "workbook_merged_cells.xlsx": (lambda: _workbook(merged=True), 3),
    "xml_hostile.xml": (_ENTITIES.encode, None),
    "xml_element_unknown.xml": (_unknown_element, 2),
    "xml_unreadable.xml": (lambda: _census("<Header>"), None),
}
