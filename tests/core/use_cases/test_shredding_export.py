"""What is handed over about a child holds all that was sent about it, and nothing of anybody else."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import UTC, datetime

import pytest
from tests.core.use_cases.planted_child import AFTER, BEFORE, KEY, SECRETS, store

from ropewalk.core.use_cases.handing_over import child_export
from ropewalk.core.use_cases.shredding import child_of_number, held_about

NOW = datetime(2025, 1, 6, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The files of the export by name."""
    facts = store(tmp_path_factory.mktemp("export"), planted=True)
    held = held_about(facts, child_of_number(facts, AFTER, key=KEY), key=KEY)
    packed = child_export(facts, held, now=NOW, more={"log.csv": ("who looked", b"number,at\r\n")})
    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        return {name: opened.read(name).decode() for name in opened.namelist()}


def rows(given: dict[str, str], table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(given[f"facts/{table}.csv"])))


def test_every_value_that_was_sent_is_in_it(given: dict[str, str]) -> None:
    together = "\n".join(given.values())
    assert [secret for secret in SECRETS if secret not in together] == []
    assert {name.partition("/")[2] for name in given if "/" in name} == {
        f"{table}.csv" for table in ("roll", "attendance", "suspensions", "moves", "results")
    }
    assert given["log.csv"] == "number,at\r\n"


def test_rows_that_were_replaced_are_in_it_and_marked(given: dict[str, str]) -> None:
    weeks = [(row["week"], row["unauthorised"], row["replaced"]) for row in rows(given, "attendance")]
    assert weeks == [
        ("2024-09-09", "6", "yes"),
        ("2024-09-16", "6", "no"),
        ("2024-09-09", "0", "no"),
        ("2024-10-14", "6", "no"),
    ]
    assert [row["recorded_at"][:10] for row in rows(given, "attendance")] == [
        *["2024-10-01"] * 2,
        "2024-10-08",
        "2024-11-01",
    ]


def test_lines_set_aside_are_in_it_as_they_were_sent(given: dict[str, str]) -> None:
    lines = [line for one in json.loads(given["lines-set-aside.json"]) for line in one["lines"]]
    assert len(lines) == 2
    assert all("never" in line and "2012" in line for line in lines)
    assert [link["kind"] for link in json.loads(given["links.json"])] == ["former_upn"]
    assert len(json.loads(given["receipts.json"])) == 3
    who = json.loads(given["who.json"])
    assert who["unique pupil numbers"] == sorted([BEFORE, AFTER])
    assert [one["number is"] for one in who["records"]] == ["national", "national"]


def test_nobody_else_is_in_it(given: dict[str, str]) -> None:
    together = "\n".join(given.values())
    # The namesake's birthday, the others' names, and who at the school sent it.
    assert not [other for other in ("2010-05-05", "Other", "Name1", "Alice", "Bob") if other in together]


def test_the_page_explains_every_file_and_column(given: dict[str, str]) -> None:
    told = given["README.txt"]
    assert "6 January 2025" in told
    assert not [name for name in given if name != "README.txt" and name not in told and not name.startswith("facts/")]
    assert "session" in told and "ten codes" in told
    assert not [column for table in ("roll", "moves") for column in rows(given, table)[0] if column not in told]
