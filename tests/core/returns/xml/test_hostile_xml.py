"""Hostile and broken files are refused before they cost anything, and nothing of them is kept or repeated."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ropewalk.core.returns import safe_xml
from ropewalk.core.returns.checks.readable import xml_hostile, xml_unreadable
from ropewalk.core.returns.xml_files import stage_xml

CANARY = "CANARY-7F3A"
NAME = b"CANARY-7F3A"
HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'
PUPIL = b"<Message><Pupils><PupilsOnRoll><PupilOnRoll>"
LAUGHS = HEAD + (
    b'<!DOCTYPE Message [<!ENTITY l0 "lol">'
    + b"".join(b'<!ENTITY l%d "%s">' % (level, b"&l%d;" % (level - 1) * 10) for level in range(1, 10))
    + b"]><Message><Header>&l9;</Header></Message>"
)
HOSTILE = {
    "billion laughs": LAUGHS,
    "quadratic blow-up": HEAD
    + b'<!DOCTYPE Message [<!ENTITY a "' + b"a" * 50_000 + b'">]><Message>' + b"&a;" * 50_000 + b"</Message>",
    "external entity": HEAD
    + b'<!DOCTYPE Message [<!ENTITY x SYSTEM "file:///etc/passwd">]><Message>&x;</Message>',
    "external document type": HEAD + b'<!DOCTYPE Message SYSTEM "http://127.0.0.1:9/x.dtd"><Message/>',
    "parameter entity": HEAD
    + b'<!DOCTYPE Message [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p.dtd"> %p;]><Message/>',
    "document type in lower case after a comment": HEAD + b"<!-- hello --><?go?>\n<!doctype Message><Message/>",
    "document type in UTF-16": "\ufeff<!DOCTYPE Message><Message/>".encode("utf-16-le"),
    "document type after a long prologue": HEAD + b"<!--" + b"x" * 100_000 + b"--><!DOCTYPE Message><Message/>",
    "deep nesting": HEAD + b"<Message>" + b"<a>" * 100_000,
    "deep nesting on many lines": HEAD + b"<Message>" + b"<a>\n" * 100_000,
    "deep nesting in a pupil": HEAD + PUPIL + b"<a>\n" * 40,
    "huge attribute": HEAD + b"<Message a='" + b"x" * 40_000_000 + b"'/>",
    "long attribute": HEAD + b"<Message a='" + b"x" * 20_000 + b"'/>",
    "many attributes": HEAD + b"<Message " + b" ".join(b"a%d='x'" % n for n in range(5_000)) + b"/>",
    "huge text": HEAD + b"<Message><Header>" + b"x" * 40_000_000,
    "long text": HEAD + PUPIL + b"<Surname>" + b"x" * 20_000 + b"</Surname>",
    "huge record": HEAD + PUPIL + b"<Surname>x</Surname>\n" * 400_000,
    "many elements in a record": HEAD + PUPIL + b"<a/>\n" * 30_000,
    "many names": HEAD + b"<Message>" + b"".join(b"<a%d/>\n" % n for n in range(5_000)),
    "long name": HEAD + b"<Message><" + b"a" * 5_000 + b"/></Message>",
}  # fmt: skip
BROKEN = {
    "cut short": HEAD + PUPIL + b"<UPN>" + NAME,
    "cut short after a pupil": HEAD + PUPIL + b"<UPN>" + NAME + b"</UPN></PupilOnRoll>",
    "crossed tags": HEAD + b"<Message><Header>" + NAME + b"</Message></Header>",
    "two roots": HEAD + b"<Message/><Message/>",
    "an entity nobody defined": HEAD + b"<Message>&" + NAME + b";</Message>",
    "not the encoding it names": HEAD + b"<Message>\n<Header>" + NAME + b"\x92</Header></Message>",
    "an encoding nobody uses": b'<?xml version="1.0" encoding="UTF-7"?><Message/>',
    "no encoding at all": b'<?xml version="1.0" encoding="CANARY-7F3A"?><Message/>',
    "UTF-32": "<Message/>".encode("utf-32"),
    "not XML": b"urn,upn\n113533,B801200005001\n",
    "nothing": b"",
    "zeros": b"\x00" * 1_000,
    "a control character": HEAD + b"<Message>\x0b</Message>",
    "a null": HEAD + b"<Message>\x00</Message>",
}
# Address space and processor time a file may take, beside what the program itself takes.
LIMITED = """
import resource, sys
from pathlib import Path
from ropewalk.core.returns.safe_xml import Unknown, XmlRefused, records
pages = int(Path("/proc/self/statm").read_text().split()[0])
limit = pages * resource.getpagesize() + 192 * 2**20
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
resource.setrlimit(resource.RLIMIT_CPU, (30, 30))
pupil = ("Message", "Pupils", "PupilsOnRoll", "PupilOnRoll")
for path in map(Path, sys.argv[1:]):
    try:
        for _ in records(path, frozenset({("Message", "Header"), pupil}), frozenset(), Unknown()):
            pass
    except XmlRefused as refused:
        print(refused.check_id)
"""


def stage(con: duckdb.DuckDBPyConnection, folder: Path, content: bytes) -> None:
    """Write a file and read it as file 1."""
    path = folder / "census.xml"
    path.write_bytes(content)
    stage_xml(con, 1, path)


def everything(con: duckdb.DuckDBPyConnection) -> str:
    """All that the tables hold, as text."""
    tables = [name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
    kept = [name for name in tables if name not in {"code_in_set", "attendance_code"}]
    return " ".join(str(con.table(name).fetchall()) for name in kept)


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_files_are_refused_whole(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, rows: Callable[[str], list[dict[str, Any]]], what: str
) -> None:
    stage(con, tmp_path, HOSTILE[what])
    (problem,) = rows("problem")
    assert problem["check_id"] == "xml_hostile"
    assert "line" not in problem
    assert rows("raw_roll") == []
    assert xml_hostile.CHECK.whole_file


@pytest.mark.parametrize("what", BROKEN)
def test_broken_files_are_refused_whole_and_not_repeated(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, rows: Callable[[str], list[dict[str, Any]]], what: str
) -> None:
    stage(con, tmp_path, BROKEN[what])
    (problem,) = rows("problem")
    assert problem["check_id"] == "xml_unreadable"
    assert rows("raw_roll") == []
    assert CANARY not in everything(con)
    assert xml_unreadable.CHECK.whole_file


def test_a_broken_file_is_refused_at_the_line_where_it_breaks(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, rows: Callable[[str], list[dict[str, Any]]]
) -> None:
    stage(con, tmp_path, BROKEN["not the encoding it names"])
    assert rows("problem")[0]["detail"].startswith("line 3: ")


def test_hostile_files_take_little_memory_and_time(tmp_path: Path) -> None:
    paths = []
    for number, content in enumerate(HOSTILE.values()):
        paths.append(tmp_path / f"{number}.xml")
        paths[-1].write_bytes(content)
    done = subprocess.run([sys.executable, "-c", LIMITED, *paths], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.split() == ["xml_hostile"] * len(paths)


def test_what_surrounds_the_records_costs_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "long.xml"
    with path.open("wb") as file:
        file.write(HEAD + b"<Message>\n")
        for _ in range(2_000):
            file.write(b"<School><Name>x</Name><Name>y</Name></School>\n" * 200)
        file.write(b"</Message>\n")
    done = subprocess.run([sys.executable, "-c", LIMITED, path], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("", "")


def test_a_file_too_large_or_with_too_many_elements_is_refused(
    con: duckdb.DuckDBPyConnection,
    tmp_path: Path,
    rows: Callable[[str], list[dict[str, Any]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = b"<Message>" + b"<Header/>" * 100 + b"</Message>"
    monkeypatch.setattr(safe_xml, "MOST_ELEMENTS", 50)
    stage(con, tmp_path, text)
    monkeypatch.setattr(safe_xml, "LARGEST_FILE", 500)
    stage(con, tmp_path, text)
    assert [problem["check_id"] for problem in rows("problem")] == ["xml_hostile", "xml_hostile"]


def test_instructions_to_include_other_files_are_not_followed(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, rows: Callable[[str], list[dict[str, Any]]]
) -> None:
    (tmp_path / "other.xml").write_text(f"<UPN>{CANARY}</UPN>", encoding="utf-8")
    include = b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="other.xml"/>'
    style = b'<?xml-stylesheet href="other.xml" type="text/xsl"?>'
    ends = b"</PupilOnRoll></PupilsOnRoll></Pupils></Message>"
    stage(con, tmp_path, HEAD + style + PUPIL + include + ends)
    assert CANARY not in everything(con)
    assert [problem["detail"] for problem in rows("problem")] == ["include"]
    assert len(rows("raw_roll")) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_files_in_the_encodings_schools_use_are_read(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, rows: Callable[[str], list[dict[str, Any]]], encoding: str
) -> None:
    declared = encoding.removesuffix("-sig")
    text = f'<?xml version="1.0" encoding="{declared}"?>' + PUPIL.decode() + (
        "<PupilIdentifiers>\n<Surname>Zo\u00eb</Surname></PupilIdentifiers></PupilOnRoll></PupilsOnRoll></Pupils></Message>"
    )  # fmt: skip
    stage(con, tmp_path, text.encode(encoding))
    assert rows("problem") == []
    assert [row["surname"] for row in rows("raw_roll")] == ["Zo\u00eb"]
