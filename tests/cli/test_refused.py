"""Rows that were set aside can be listed with their reasons."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from ropewalk.cli.main import ropewalk


def test_refused_rows_are_listed_with_their_reason(tmp_path: Path) -> None:
    (tmp_path / "la_code_list.csv").write_text(
        "LA Number,LA Name,Region,Type\n879,Plymouth,South West,UA\n1234,Atlantis,Sea,XX\n879,Plymouth,South West,UA\n",
        encoding="utf-8",
    )
    store = str(tmp_path / "store")
    runner = CliRunner()
    assert runner.invoke(ropewalk, ["open-data", "import", str(tmp_path), "--store", store]).exit_code == 0
    listed = runner.invoke(ropewalk, ["open-data", "list", "--refused", "--json", "--store", store])
    found = json.loads(listed.stdout)
    assert [entry["row"] for entry in found] == [3, 4]
    assert "no place is known as '1234'" in found[0]["reason"]
    assert "repeats row 2" in found[1]["reason"]
