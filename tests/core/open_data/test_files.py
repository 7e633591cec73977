"""Damaged files: each is refused with file, row and column in plain words, and the store stays byte for byte."""

from __future__ import annotations

import gzip
import io
import os
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.core.open_data.importing import ImportReport, import_open_data
from ropewalk.core.open_data.store import Store

ROOT = Path(__file__).resolve().parents[3]
NAME = "statistical_neighbours_may_2025.csv"
HEADER = "la_code,la_name,neighbour_la_code,rank,closeness"
ROWS = [f"879,Plymouth,{number},{number - 880},Close" for number in range(881, 896)]
# A publication whose texts may span lines.
LAIT_NAME = "lait_la_indicators_long.csv"
LAIT_HEADER = "Short Desc,Data item,Years,LA and Regions,Values,LA Number,Region"
LAIT_ROWS = [f"TotAbs,Absence,{year},Plymouth,7.{year % 100},879,South West" for year in range(2016, 2026)]


def table(rows: list[str], header: str = HEADER, end: str = "\n") -> bytes:
    """A file of some rows."""
    return (end.join([header, *rows]) + end).encode()


def lait(rows: list[str]) -> bytes:
    """A file of the publication whose texts may span lines."""
    return table(rows, LAIT_HEADER)


def changed(rows: list[str], number: int, old: str, new: str) -> list[str]:
    """The rows with one of them, counted as a spreadsheet does, changed."""
    assert old in rows[number - 2]
    return [row.replace(old, new, 1) if index == number else row for index, row in enumerate(rows, 2)]


def zipped(**members: bytes) -> bytes:
    """A zip file with members; ``__`` in a name stands for a dot."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return made.getvalue()


def locked() -> bytes:
    """A zip file whose member says that it is encrypted."""
    whole = bytearray(zipped(statistical_neighbours__csv=table(ROWS)))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        whole[whole.index(mark) + offset] |= 1
    return bytes(whole)


def bomb() -> bytes:
    """A zip file of one member that unpacks to a thousand times its size, every line of it a good row."""
    return zipped(statistical_neighbours__csv=table([]) + (ROWS[0] + "\n").encode() * 3_000_000)


def wrong_checksum() -> bytes:
    """A zip file whose member was changed after it was packed."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("statistical_neighbours.csv", table(ROWS))
    return made.getvalue().replace(b"879,Plymouth,883", b"879,Plymouth,884")


WORD = "is neither a number nor a mark for a missing value"
# What is wrong with it: file name, content, and of each problem: file, row, column, words of it.
DAMAGED: dict[str, tuple[str, bytes, list[tuple[str, int | None, str | None, str]]]] = {
    "cut gzip": (NAME + ".gz", gzip.compress(table(ROWS))[:-12], [(NAME + ".gz", None, None, "damaged or cut short")]),
    "cut gzip under another name": (
        "mine.csv.gz",
        gzip.compress(lait([f"{row},{os.urandom(8).hex()}" for row in LAIT_ROWS * 5000]))[:-2000],
        [("mine.csv.gz", None, None, "damaged or cut short")],
    ),
    "gzip with more behind it": (
        NAME + ".gz", gzip.compress(table(ROWS)) + b"garbage", [(NAME + ".gz", None, None, "damaged or cut short")]
    ),
    "no gzip at all": (NAME + ".gz", table(ROWS), [(NAME + ".gz", None, None, "damaged or cut short")]),
    "missing column": (
        NAME, table([row.rsplit(",", 1)[0] for row in ROWS], HEADER.rsplit(",", 1)[0]),
        [(NAME, 1, "closeness", "the column is missing")],
    ),
    "missing columns": (
        NAME, table(["879,Plymouth,881"], "la_code,la_name,neighbour_la_code"),
        [(NAME, 1, "closeness", "the column is missing"), (NAME, 1, "rank", "the column is missing")],
    ),
    "header lost": (NAME, table(ROWS[1:], ROWS[0]), [(NAME, 1, "closeness", "none of its columns is there")]),
    "doubled column": (
        NAME, table([row + ",1" for row in ROWS], HEADER + ",rank"), [(NAME, 1, "rank", "This column is there twice")]
    ),
    "word in a number column": (
        NAME, table(changed(ROWS, 4, ",3,", ",three,")), [(NAME, 4, "rank", f"'three' {WORD}")],
    ),
    "words in a number column": (
        NAME, table(changed(changed(ROWS, 4, ",3,", ",1 2,"), 9, ",8,", ",0x8,")),
        [(NAME, 4, "rank", f"'1 2' {WORD}"), (NAME, 9, "rank", f"'0x8' {WORD}")],
    ),
    "nan": (NAME, table(changed(ROWS, 2, ",1,", ",nan,")), [(NAME, 2, "rank", f"'nan' {WORD}")]),
    "infinity": (NAME, table(changed(ROWS, 2, ",1,", ",-inf,")), [(NAME, 2, "rank", f"'-inf' {WORD}")]),
    "a number without end": (NAME, table(changed(ROWS, 2, ",1,", ",1e999,")), [(NAME, 2, "rank", f"'1e999' {WORD}")]),
    "digits of another script": (NAME, table(changed(ROWS, 2, ",1,", ",١,")), [(NAME, 2, "rank", f"'١' {WORD}")]),
    "unclosed quote in the header": (
        NAME, table(ROWS, HEADER.replace("la_name", '"la_name')), [(NAME, 1, None, "in the header is not closed")]
    ),
    "unclosed quote at the start of a row": (
        NAME, table(changed(ROWS, 3, "879", '"879')), [(NAME, 3, None, "opened in line 3 is not closed")]
    ),
    "unclosed quote in the middle of a row": (
        NAME, table(changed(ROWS, 3, "Plymouth", '"Plymouth')), [(NAME, 3, None, "opened in line 3 is not closed")]
    ),
    "quote closed some rows later": (
        NAME, table(changed(changed(ROWS, 3, "Plymouth", '"Plymouth'), 6, "Plymouth", 'Plymouth"')),
        [(NAME, 3, None, "opened in line 3 is not closed")],
    ),
    "quote in the last row": (
        NAME, table(changed(ROWS, 16, "Close", '"Close')), [(NAME, 16, None, "opened in line 16 is not closed")]
    ),
    "unclosed quote where texts may span lines": (
        LAIT_NAME, lait(changed(LAIT_ROWS, 5, "Absence", '"Absence')),
        [(LAIT_NAME, 5, None, "opened in line 5 is not closed")],
    ),
    "quote closed some rows later where texts may span lines": (
        LAIT_NAME, lait(changed(changed(LAIT_ROWS, 5, "Absence", '"Absence'), 7, "Absence", 'Absence"')),
        [(LAIT_NAME, 5, None, "opened in line 5 is not closed")],
    ),
    "quote at the end of a row closed at the end of a later one": (
        LAIT_NAME, lait(changed(changed(LAIT_ROWS, 5, "South West", '"South West'), 7, "South West", 'South West"')),
        [(LAIT_NAME, 5, None, "opened in line 5 is not closed")],
    ),
    "text after a closed quote": (
        NAME, table(changed(ROWS, 3, "Plymouth", '"Ply"mouth')),
        [(NAME, 3, None, "A quotation mark stands where none may")],
    ),
    "row too short": (NAME, table(changed(ROWS, 5, ",Close", "")), [(NAME, 5, None, "has 4 cells, the header has 5")]),
    "rows too long and too short": (
        NAME, table(changed(changed(ROWS, 5, ",Close", ",Close,,"), 7, ",Plymouth", "")),
        [(NAME, 5, None, "has 7 cells, the header has 5"), (NAME, 7, None, "has 4 cells, the header has 5")],
    ),
    "zip bomb": (
        "bomb.zip", bomb(), [("bomb.zip/statistical_neighbours.csv", None, None, "unpacks to far more")]
    ),
    "locked zip": (
        "locked.zip", locked(), [("locked.zip/statistical_neighbours.csv", None, None, "locked with a password")]
    ),
    "cut zip": ("cut.zip", zipped(a__csv=table(ROWS))[:-30], [("cut.zip", None, None, "damaged or cut short")]),
    "zip with a wrong checksum": (
        "odd.zip", wrong_checksum(), [("odd.zip/statistical_neighbours.csv", None, None, "damaged or cut short")]
    ),
    "NUL bytes": (
        NAME, table(changed(ROWS, 6, "Plymouth", "Ply\0mouth")), [(NAME, 6, None, "bytes that are not text")]
    ),
    "NUL bytes in the header": (
        NAME, table(ROWS, HEADER.replace("la_name", "la\0_name")), [(NAME, 1, None, "looks like UTF-16")]
    ),
    "UTF-16": (NAME, table(ROWS).decode().encode("utf-16"), [(NAME, 1, None, "looks like UTF-16")]),
    "partly UTF-8": (
        NAME, table(changed(ROWS, 3, "Plymouth", "Plymoûth")) + "879,Ply\xfbmouth,900,16,Close\n".encode("cp1252"),
        [(NAME, 17, None, "not UTF-8")],
    ),
    "empty file": (NAME, b"", [(NAME, 1, None, "The file is empty")]),
    "nothing but blank lines": (NAME, b"\n\n \n", [(NAME, 1, None, "The file is empty")]),
    "header only": (NAME, table([]), [(NAME, 1, None, "a header but no row")]),
    "one line of ten megabytes": (
        NAME, table(["8" * 10_000_000]), [(NAME, 2, None, "not a table with one record per line")]
    ),
    "one line of ten megabytes under another name": (
        "odd.csv", b"8" * 10_000_000, [("odd.csv", 1, None, "not a table with one record per line")]
    ),
}  # fmt: skip


def no_progress(_what: str, _done: int, _total: int) -> None:
    """Nobody watches."""


def import_into(folder: Path, *paths: Path) -> ImportReport:
    """Import as the command line does."""
    return import_open_data(Store(folder), paths, now="2026-09-01T00:00:00Z", progress=no_progress)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a store, byte for byte."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A store that already holds something."""
    good = tmp_path / "good.csv"
    good.write_bytes(lait(LAIT_ROWS[:4]))
    import_into(tmp_path / "store", good)
    return tmp_path / "store"


@pytest.mark.parametrize("damage", DAMAGED)
def test_damaged_file_is_refused_and_the_store_stays_as_it_was(damage: str, filled: Path, tmp_path: Path) -> None:
    name, content, wanted = DAMAGED[damage]
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "statistical_neighbours_good.csv").write_bytes(table(ROWS[:3]))
    (folder / name).write_bytes(content)
    before = contents(filled)
    with pytest.raises(InputRefused) as refused:
        import_into(filled, folder)
    assert contents(filled) == before
    problems = refused.value.problems
    assert [(problem.file, problem.row, problem.column) for problem in problems] == [item[:3] for item in wanted]
    for problem, (*_, words) in zip(problems, wanted, strict=True):
        assert words in problem.what
        assert problem.do
    # What was wrong with one file does not stand in the way of the other.
    (folder / name).unlink()
    assert [file.kept for file in import_into(filled, folder).files] == [3]


def encoded(text: str, encoding: str) -> bytes:
    """A file with a name that has a letter beyond ASCII."""
    return table([row.replace("Plymouth", text) for row in ROWS]).decode().encode(encoding)


GOOD: dict[str, bytes] = {
    "byte-order mark": b"\xef\xbb\xbf" + table(ROWS),
    "CRLF": table(ROWS, end="\r\n"),
    "lone CR": table(ROWS, end="\r"),
    "no end of the last line": table(ROWS)[:-1],
    "UTF-8": encoded("Plymoûth", "utf-8"),
    "Windows-1252": encoded("Plymoûth – £", "cp1252"),
    "every cell in quotes": table(['"' + '","'.join(row.split(",")) + '"' for row in ROWS]),
    "spaces around numbers": table(
        [",".join(cell.center(6) if cell.isdigit() else cell for cell in row.split(",")) for row in ROWS]
    ),
    "columns in another order": table(
        [",".join(reversed(row.split(","))) for row in ROWS], ",".join(reversed(HEADER.split(",")))
    ),
    "further columns": table([row + ",x,y" for row in ROWS], HEADER + ",more,and_more"),
    "more unnamed columns": table([row + ",," for row in ROWS], HEADER + ",,"),
}


@pytest.mark.parametrize("kind", GOOD)
def test_file_is_read_whatever_program_wrote_it(kind: str, tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(GOOD[kind])
    (file,) = import_into(tmp_path / "store", tmp_path / NAME).files
    assert (file.read, file.kept, file.refused, file.missing) == (15, 15, 0, 0)


def test_blank_and_repeated_rows_are_counted_as_refused(tmp_path: Path) -> None:
    rows = [*ROWS[:3], "", ",,,,", "  , ,,,", ROWS[1], *ROWS[3:], ROWS[0], "879,Plymouth,900,-,Close"]
    (tmp_path / NAME).write_bytes(table(rows))
    report = import_into(tmp_path / "store", tmp_path / NAME)
    (file,) = report.files
    assert (file.read, file.kept, file.refused, file.missing) == (21, 15, 5, 1)
    con = Store(tmp_path / "store").read()
    refused = con.execute("SELECT row, reason FROM refused ORDER BY row").fetchall()
    con.close()
    assert refused == [
        (5, "blank row"),
        (6, "blank row"),
        (7, "blank row"),
        (8, "repeats row 3"),
        (21, "repeats row 2"),
    ]


def test_row_numbers_count_on_over_blank_rows(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(table([ROWS[0], "", "", ROWS[1].replace(",2,", ",two,")]))
    with pytest.raises(InputRefused, match="row 5, column rank: 'two'"):
        import_into(tmp_path / "store", tmp_path / NAME)


def test_rows_about_unknown_places_are_refused_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(table([*ROWS, "000,Atlantis,881,1,Close"]))
    (file,) = import_into(tmp_path / "store", tmp_path / NAME).files
    assert (file.read, file.kept, file.refused) == (16, 15, 1)
    con = Store(tmp_path / "store").read()
    assert con.execute("SELECT row, reason FROM refused").fetchall() == [(17, "no place is known as '000'")]
    con.close()


def test_tables_in_a_zip_are_read_and_the_rest_is_listed(tmp_path: Path) -> None:
    inner = zipped(statistical_neighbours__csv=table(ROWS[:2]))
    made = zipped(statistical_neighbours__csv=table(ROWS), notes__txt=b"hello", inner__zip=inner)
    (tmp_path / "all.zip").write_bytes(made)
    (tmp_path / "none.zip").write_bytes(zipped())
    report = import_into(tmp_path / "store", tmp_path)
    assert [(file.file, file.kept) for file in report.files] == [("all.zip/statistical_neighbours.csv", 15)]
    assert report.unknown == ("all.zip/inner.zip", "all.zip/notes.txt", "none.zip")


def test_links_are_followed_but_not_for_ever(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    (folder / "deeper").mkdir(parents=True)
    (folder / "deeper" / "up").symlink_to(folder)
    (folder / "nowhere.csv").symlink_to(tmp_path / "gone")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / NAME).write_bytes(table(ROWS))
    (folder / "elsewhere").symlink_to(tmp_path / "elsewhere")
    report = import_into(tmp_path / "store", folder)
    assert [file.file for file in report.files] == [f"elsewhere/{NAME}"]
    assert report.unknown == ("nowhere.csv",)


def test_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / NAME)
    with pytest.raises(InputRefused, match="neither a file nor a folder"):
        import_into(tmp_path / "store", tmp_path / NAME)
    assert import_into(tmp_path / "store", tmp_path).unknown == (NAME,)


def test_every_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refused:
        import_into(tmp_path / "store", tmp_path / "one", tmp_path / "two.csv")
    assert [problem.file for problem in refused.value.problems] == [str(tmp_path / "one"), str(tmp_path / "two.csv")]
    assert not (tmp_path / "store").exists()


def run_as_nobody(code: str, *arguments: Path) -> subprocess.CompletedProcess[str]:
    """Run Python where permissions count: root would read everything."""
    whole = "import os\nif os.getuid() == 0:\n    os.setgid(65534)\n    os.setuid(65534)\n" + code
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "import ropewalk.core.open_data.importing\nimport pyarrow.compute\n" + whole,
            *map(str, arguments),
        ],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("closed", [NAME, f"{NAME}.gz", "all.zip", "folder"])
def test_what_may_not_be_read_is_named(closed: str, tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    # The folders of this run, of its worker and of all runs.
    for parent in list(tmp_path.parents)[:3]:
        parent.chmod(parent.stat().st_mode | 0o055)
    target = tmp_path / closed
    if closed == "folder":
        target.mkdir()
    else:
        target.write_bytes(table(ROWS))
    target.chmod(0)
    done = run_as_nobody(
        "import sys\nfrom pathlib import Path\n"
        "from ropewalk.core.errors import InputRefused\n"
        "from ropewalk.core.open_data.importing import import_open_data\n"
        "from ropewalk.core.open_data.store import Store\n"
        "try:\n    import_open_data(Store(Path(sys.argv[1]) / 'store'), [Path(sys.argv[1])], now='', progress=print)\n"
        "except InputRefused as error:\n    sys.exit(str(error))\n",
        tmp_path,
    )
    target.chmod(0o700)
    assert done.returncode == 1
    assert closed in done.stderr
    assert "permission" in done.stderr.lower()
    assert "Traceback" not in done.stderr


ENDLESS = {
    "first line": (b"", 1),
    "second line": (table([]), 2),
    "a later line": (table(ROWS), 17),
}


@pytest.mark.parametrize("where", ENDLESS)
def test_two_gigabytes_of_one_line_end_soon_with_little_memory(where: str, tmp_path: Path) -> None:
    start, row = ENDLESS[where]
    with (tmp_path / NAME).open("wb") as file:
        file.write(start)
        file.write(b"9" * 4_000_000)
        file.truncate(2 * 1024**3)
    done = subprocess.run(
        [sys.executable, "-m", "ropewalk", "open-data", "import", tmp_path / NAME, "--store", tmp_path / "store"],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (400 * 1024**2, 400 * 1024**2)),
    )
    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith(f"{NAME}, row {row}: Line {row} has more than")
    assert not (tmp_path / "store" / "manifest.json").exists()


def test_problems_read_as_plain_sentences() -> None:
    problem = Problem(what="This column is there twice.", do="Keep one of the two.", file="a.csv", row=1, column="rank")
    assert str(problem) == "a.csv, row 1, column rank: This column is there twice. Keep one of the two."
