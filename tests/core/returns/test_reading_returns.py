"""Files of every mess are read so that accepted, refused and blank lines add up to the physical lines."""

from __future__ import annotations

import gzip
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from tests.core.returns.reading_files import csv_of, example, physical_lines, problems, read

from ropewalk.core.returns.report import report
from ropewalk.core.returns.setting_aside import refused_csv


REGISTER = csv_of([example("register", week_beginning=day) for day in ("2025-09-01", "2025-09-08", "2025-09-15")])


def test_a_plain_register_is_read_whole(tmp_path: Path) -> None:
    with read(tmp_path, {"any name.csv": REGISTER}) as con:
        file = report(con).files[0]
        weeks = con.execute("SELECT line, urn, week, year, codes[5] FROM register ORDER BY line").fetchall()
    assert (file.kind, file.lines, file.accepted, file.refused, file.blank) == ("register", 3, 3, 0, 0)
    assert weeks[1] == (3, 113533, date(2025, 9, 8), "2025/26", "L")
