"""The process that reads a workbook: ``python -m ropewalk.site.agree.plan.reading`` with the file on its input.

It writes the cells of each sheet as JSON to its output. It needs no Django, no key and no store, and has none.
"""

import io
import json
import os
import subprocess
import sys
from datetime import date, datetime, time
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.site.see.sharing.bounds import CATALOGUE, KEY, WENT_BEYOND, Bounds, confine, needed_environment

# A plan has 500 parts at most; what has much more is something else.
MOST_BYTES, MOST_ROWS, MOST_COLUMNS = 4 << 20, 2_000, 60
BOUNDS = Bounds(memory=2 << 30, processor_seconds=20, seconds=40, file_bytes=MOST_BYTES)
UNREADABLE = Problem("This is no workbook that can be read.", "Save it as an Excel workbook (XLSX) and send that.")
TOO_LARGE = Problem(
    "The workbook asks for more memory or time than a plan may take.", "Take out everything but the sheets of the plan."
)

Sheets = dict[str, list[list[str]]]


def sheets_of(content: bytes) -> Sheets:
    """The cells of every sheet as text, read in a process of its own. Raises InputRefused for no workbook of a plan."""
    if len(content) > MOST_BYTES:
        raise InputRefused([TOO_LARGE])
    environment = needed_environment(os.environ, "/tmp")  # noqa: S108 - nothing is laid aside
    for secret in [name for name in environment if name in {KEY, CATALOGUE} or name.startswith("PG")]:
        del environment[secret]
    try:
        done = subprocess.run(
            [sys.executable, "-m", "ropewalk.site.agree.plan.reading"],
            input=content,
            capture_output=True,
            env=environment,
            timeout=BOUNDS.seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as slow:
        raise InputRefused([TOO_LARGE]) from slow
    if done.returncode in WENT_BEYOND:
        raise InputRefused([TOO_LARGE])
    if done.returncode != 0:
        raise InputRefused([UNREADABLE])
    found: Sheets = json.loads(done.stdout)
    return found


def read(content: bytes) -> Sheets:
    """The cells of every sheet. Raises CalamineError for no workbook, and MemoryError for too large a one."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    found: Sheets = {}
    for name in book.sheet_names[:10]:
        sheet = book.get_sheet_by_name(name)
        if sheet.total_height > MOST_ROWS or sheet.total_width > MOST_COLUMNS:
            raise MemoryError
        found[name] = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    return found


def _text(cell: Any) -> str:
    """A cell as text: days as ISO, whole numbers without a point."""
    if isinstance(cell, datetime):
        return cell.isoformat() if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return str(cell)


def main() -> int:
    """Read the input, write the output; 1 where it is no workbook, 127 where it is too large."""
    try:
        sys.stdout.write(json.dumps(read(sys.stdin.buffer.read(MOST_BYTES + 1))))
    except MemoryError:
        return 127
    except (CalamineError, ValueError, OSError):
        return 1
    return 0


if __name__ == "__main__":
    confine(BOUNDS)
    sys.exit(main())
