"""Whatever bytes come in: nothing is raised, no line is lost, and no cell of a child's is repeated in a problem."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.core.returns.reading_files import TODAY, csv_of, example, physical_lines

from ropewalk.core.returns.physical_lines import LONGEST_LINE
from ropewalk.core.returns.reading import check_cells
from ropewalk.core.returns.report import report
from ropewalk.core.returns.splitting import UnclosedQuote, split_line
from ropewalk.core.returns.staging import stage
from ropewalk.core.returns.tables import open_tables
from ropewalk.core.returns.typing import type_rows
from ropewalk.core.schema.returns import RETURN_FILES

SURNAME = "Zyxwvut"
TYPED = ("roll", "register", "suspensions", "moves", "results")
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def valid_file(kind: str) -> bytes:
    """A file of a few rows of a kind."""
    rows = [example(kind) for _ in range(4)]
    for number, row in enumerate(rows):
        row["upn"] = ("B801200005001", "C801200020000", "Z801200020326", "")[number]
        if kind == "roll":
            row["surname"], row["forename"] = SURNAME, "Zoë"
    return csv_of(rows).encode()


def read_bytes(content: bytes) -> None:
    """Read and check one file, and hold it to what must always be true."""
    with TemporaryDirectory() as folder:
        scratch = Path(folder)
        sent = scratch / "sent"
        sent.write_bytes(content)
        con = open_tables(scratch)
        try:
            con.execute("INSERT INTO context VALUES (?)", [TODAY])
            stage(con, [sent], scratch=scratch)
            check_cells(con)
            type_rows(con, year="2025/26", today=TODAY)
            said = report(con)
            for file in said.files:
                if file.format == "csv" and file.kind is not None and not said.has_whole_file_problem:
                    assert file.lines + file.blank + 1 == physical_lines(content)
                    raw = con.execute(
                        f"SELECT count(*) FROM raw_{file.kind} WHERE file = ?",  # noqa: S608
                        [file.file],
                    ).fetchone()
                    assert raw == (file.accepted,)
                    kept = con.execute("SELECT count(*) FROM refused_line WHERE file = ?", [file.file]).fetchone()
                    assert kept == (file.refused,)
            told = con.execute("SELECT detail FROM problem WHERE detail IS NOT NULL").fetchall()
            assert SURNAME not in str(told)
            if len(said.files) == 1 and said.files[0].kind in TYPED and not said.has_whole_file_problem:
                typed = con.execute(f"SELECT count(DISTINCT line) FROM {said.files[0].kind}").fetchone()  # noqa: S608
                assert typed == (said.accepted,)
        finally:
            con.close()


@FEW
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    read_bytes(content)


@FEW
@given(st.sampled_from(sorted(RETURN_FILES)), st.text(max_size=300))
def test_any_text_below_a_header_is_read_or_refused(kind: str, text: str) -> None:
    header = valid_file(kind).split(b"\n")[0]
    read_bytes(header + b"\n" + text.encode("utf-8", "replace"))


_INSERTED = [
    b'"',
    b"\n",
    b"\r\n",
    b"\r",
    b",",
    b";",
    b"\x00",
    b"\x01",
    b"\x1f",
    b"\xe9",
    "é".encode(),
    b"\t",
    b" ",
    b"'",
]
_INSERTED += [b'""', b',"', b'",', b"\xef\xbb\xbf", b"<", b"-", b"99", b"31/02/2025", b"x" * (LONGEST_LINE + 1)]
_MUTATION = st.tuples(st.floats(0, 1, allow_nan=False), st.integers(0, 3), st.sampled_from(_INSERTED))


def mutated(content: bytes, mutations: Sequence[tuple[float, int, bytes]]) -> bytes:
    """Bytes cut out and put in at some places below the header."""
    start = content.index(b"\n") + 1
    for where, cut, inserted in mutations:
        place = start + int(where * (len(content) - start))
        content = content[:place] + inserted + content[place + cut :]
    return content


@pytest.mark.slow
@settings(FEW, max_examples=60)
@given(st.sampled_from(sorted(RETURN_FILES)), st.lists(_MUTATION, min_size=1, max_size=6))
def test_a_valid_file_that_was_spoilt_loses_no_line(kind: str, mutations: list[tuple[float, int, bytes]]) -> None:
    read_bytes(mutated(valid_file(kind), mutations))


CELL = st.text(st.characters(blacklist_characters="\r\n\x00\x01", blacklist_categories=("Cs",)), max_size=12)


@given(st.lists(CELL, min_size=1, max_size=6), st.sampled_from([",", ";", "\t"]))
def test_a_quoted_line_splits_into_the_cells_it_was_made_of(cells: list[str], delimiter: str) -> None:
    line = delimiter.join('"' + cell.replace('"', '""') + '"' for cell in cells)
    assert split_line(line, delimiter) == [cell.strip() for cell in cells]


@given(st.text(max_size=60), st.sampled_from([",", ";", "\t"]))
def test_any_line_splits_or_has_a_quote_too_many(line: str, delimiter: str) -> None:
    try:
        cells = split_line(line, delimiter)
    except UnclosedQuote:
        assert '"' in line
    else:
        assert cells
