"""Random files against every publication's reader: no crash, no silent loss, the same again when read again.

Files are made from the declarations alone, so a publication added later is tested as soon as it is declared. The
random numbers are fixed: a failure here fails for everybody, and names the file it failed on.
"""

from __future__ import annotations

import csv
import gzip
import io
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ropewalk.core.errors import InputRefused
from ropewalk.core.open_data.declaration import Column, Publication
from ropewalk.core.open_data.importing import FileReport, import_open_data
from ropewalk.core.open_data.reading import Reader, Selection
from ropewalk.core.open_data.recognise import all_publications
from ropewalk.core.open_data.store import Store

MUTANTS = 5
ROWS = 12
# What turns up in text columns of real files: places, phases, years, levels, odd things.
TEXTS = (
    "E06000026", "E92000001", "E12000009", "879", "Plymouth", "England", "South West", "202223", "2022", "2022/23",
    "National", "Regional", "Local authority", "School", "Total", "State-funded secondary", "Autumn term", "100012",
    "8796905", "01/09/2022", "2022-09-01", "Girls", "", "NA", "x", "Bristol, City of", 'the "best" school', "café",
    "=1+1", "-", "2023 (prov)", "0", "999999999999999999999",
)  # fmt: skip
NUMBERS = (
    "0",
    "1",
    "12.5",
    "100",
    "-0.3",
    "4.7300000000000004",
    "1e2",
    "55%",
    " 7 ",
    "250000",
    "0.0",
    "+3",
    ".5",
    "8.",
)
PERIODS = ("2022", "2023", "2022/23", "2024/25 autumn", "2025-W37")
Lines = list[list[str]]


def valid_file(publication: Publication, chance: random.Random) -> Lines:
    """A header with every declared column and rows of plausible cells: texts, numbers and marks."""
    optional = [name for name in (*publication.optional_text, *publication.optional_numbers) if chance.random() < 0.5]
    columns = [*publication.text, *publication.numbers, *optional]
    chance.shuffle(columns)
    marks = list(publication.marks)

    def cell(column: str) -> str:
        if publication.is_number(column):
            return chance.choice(marks) if chance.random() < 0.3 else chance.choice(NUMBERS)
        if isinstance(publication.period, Column) and column == publication.period.name:
            return chance.choice(PERIODS)
        return chance.choice(TEXTS)

    return [columns, *([cell(column) for column in columns] for _ in range(ROWS))]


def as_bytes(lines: Lines, end: str = "\n") -> bytes:
    """Lines as a CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=end).writerows(lines)
    return text.getvalue().encode()


def change_cell(lines: Lines, chance: random.Random) -> bytes:
    """A cell becomes something odd."""
    row = chance.randrange(len(lines))
    column = chance.randrange(len(lines[row]))
    lines[row][column] = chance.choice(
        (*TEXTS, *NUMBERS, "two\nlines", "\x0b", "\x1f", "١", "nan", "inf", "1e999", "x" * 9000)
    )
    return as_bytes(lines)


def change_rows(lines: Lines, chance: random.Random) -> bytes:
    """A row is doubled, lost, emptied, shortened or lengthened."""
    row = chance.randrange(1, len(lines))
    kind = chance.randrange(5)
    if kind == 0:
        lines.append(list(lines[row]))
    elif kind == 1:
        del lines[row]
    elif kind == 2:
        lines[row] = [] if chance.random() < 0.5 else [""] * len(lines[0])
    elif kind == 3:
        lines[row] = lines[row][: chance.randrange(len(lines[row]))]
    else:
        lines[row] = lines[row] + [chance.choice(TEXTS)]
    return as_bytes(lines, chance.choice(("\n", "\r\n", "\r")))


def change_columns(lines: Lines, chance: random.Random) -> bytes:
    """A column is lost, doubled or renamed."""
    column = chance.randrange(len(lines[0]))
    kind = chance.randrange(3)
    for line in lines:
        if kind == 0:
            del line[column]
        elif kind == 1:
            line.append(line[column])
    if kind == 2:
        lines[0][column] = chance.choice(TEXTS)
    return as_bytes(lines)


def change_bytes(lines: Lines, chance: random.Random) -> bytes:
    """Some bytes are changed, put in or cut off."""
    content = bytearray(as_bytes(lines))
    for _ in range(chance.randrange(1, 4)):
        position = chance.randrange(len(content))
        kind = chance.randrange(4)
        if kind == 0:
            content[position] = chance.randrange(256)
        elif kind == 1:
            content[position:position] = chance.choice(
                (b'"', b",", b"\n", b"\r", b"\0", b"\xff", b'""', b"\xc3\xa9", b"\xe9")
            )
        elif kind == 2:
            del content[position : position + chance.randrange(40)]
        else:
            del content[max(position, len(content) // 2) :]
    return bytes(content)


MUTATIONS: tuple[Callable[[Lines, random.Random], bytes], ...] = (
    change_cell,
    change_rows,
    change_columns,
    change_bytes,
)


def put(store: Path, path: Path) -> FileReport | None:
    """Import one file; None when it is not recognised."""
    files = import_open_data(Store(store), [path], now="", progress=lambda *_: None).files
    return files[0] if files else None


def records_by_the_standard_library(content: bytes) -> int:
    """Rows below the header as Python's own reader counts them, so that no row is lost without a word."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252")
    return sum(1 for _ in csv.reader(io.StringIO(text, newline=""))) - 1


def check(store: Path, report: FileReport, content: bytes) -> None:
    """Nothing lost: every row of the file is kept, refused with a reason, or a row of marks; every figure whole."""
    assert report.read == report.kept + report.refused + report.missing
    assert min(report.kept, report.refused, report.missing) >= 0
    assert report.read == records_by_the_standard_library(content)
    reader = Reader(Store(store))
    (edition,) = reader.editions.values()
    assert len(reader.refused(edition)) == report.refused
    for figure in [*reader.figures(Selection()), *reader.figures(Selection(every_school=True))]:
        assert figure.source.row is not None
        assert 2 <= figure.source.row <= report.read + 1
        assert reader.published_row(edition, figure.source.row)
    reader.close()


def files_of(publication: Publication) -> Iterator[bytes]:
    """One good file and several damaged ones, always the same."""
    chance = random.Random(publication.id)  # noqa: S311 - variety, not secrets
    yield as_bytes(valid_file(publication, chance))
    for _ in range(MUTANTS):
        yield chance.choice(MUTATIONS)(valid_file(publication, chance), chance)


@pytest.mark.parametrize("name", sorted(all_publications()))
def test_reader_neither_crashes_nor_loses_anything(name: str, tmp_path: Path) -> None:
    publication = all_publications()[name]
    path = tmp_path / (publication.files[0].replace("*", "") if publication.files else "file.csv")
    path = path.with_suffix(".csv.gz") if len(name) % 2 else path.with_suffix(".csv")
    for number, content in enumerate(files_of(publication)):
        path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
        store = tmp_path / f"store-{number}"
        try:
            report = put(store, path)
        except InputRefused as refused:
            # Random texts are seldom periods of time; nothing else in a good file is a reason to refuse it.
            assert number > 0 or all("period of time" in problem.what for problem in refused.problems), refused
            assert all(problem.file == path.name and problem.what and problem.do for problem in refused.problems)
            assert not (store / "manifest.json").exists()
            continue
        if report is None:
            assert number > 0, "a good file was not recognised"
            continue
        check(store, report, content)
        before = (store / "manifest.json").read_bytes()
        again = put(store, path)
        assert again is not None
        assert again.already_there
        assert (store / "manifest.json").read_bytes() == before
