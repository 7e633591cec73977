"""Files of every mess are read so that accepted, refused and blank lines add up to the physical lines."""

from __future__ import annotations

import gzip
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from tests.core.returns.reading_files import csv_of, example, physical_lines, problems, read

from ropewalk.core.errors import InputRefused
from ropewalk.core.returns.report import FileReport, report
from ropewalk.core.returns.setting_aside import refused_csv
from ropewalk.core.returns.staging import stage

DAYS = ("2025-09-01", "2025-09-08", "2025-09-15", "2025-09-22", "2025-09-29")
WEEKS = csv_of([example("register", week_beginning=day) for day in DAYS])
ROLL = csv_of([example("roll", surname="Ängström"), example("roll", upn="", forename="Zoë")])


def only_file(folder: Path, content: bytes | str, name: str = "sent.csv") -> tuple[FileReport, list[tuple]]:
    with read(folder, {name: content}) as con:
        (file,) = report(con).files
        assert file.lines == file.accepted + file.refused
        if name.endswith(".csv"):
            assert file.lines + file.blank + 1 == physical_lines(content)
        return file, problems(con)


def test_a_plain_register_is_read_whole(tmp_path: Path) -> None:
    with read(tmp_path, {"any name.csv": WEEKS}) as con:
        file = report(con).files[0]
        weeks = con.execute("SELECT line, urn, week, year, codes[5] FROM register ORDER BY line").fetchall()
    assert (file.kind, file.lines, file.accepted, file.refused, file.blank) == ("register", 5, 5, 0, 0)
    assert weeks[1] == (3, 113533, date(2025, 9, 8), "2025/26", "L")


@pytest.mark.parametrize("delimiter", [";", "\t", ","])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends_of_all_kinds_are_read(tmp_path: Path, delimiter: str, end: str) -> None:
    content = csv_of([example("register", week_beginning=day) for day in DAYS], delimiter=delimiter, end=end)
    file, found = only_file(tmp_path, content)
    assert (file.accepted, found) == (5, [])


def test_a_last_line_without_an_end_is_a_line(tmp_path: Path) -> None:
    assert only_file(tmp_path, WEEKS.rstrip("\n"))[0].accepted == 5


def test_a_quote_nobody_closed_costs_one_line_in_the_middle(tmp_path: Path) -> None:
    lines = WEEKS.splitlines()
    lines[3] = lines[3].replace("113533", '"113533')
    file, found = only_file(tmp_path, "\n".join(lines) + "\n")
    assert (file.accepted, file.refused) == (4, 1)
    assert found == [("quote_unclosed", 4, None)]


def test_refused_lines_are_given_back_as_sent(tmp_path: Path) -> None:
    lines = WEEKS.splitlines()
    lines[2] = lines[2].replace(" ", ",", 1)
    with read(tmp_path, {"sent.csv": "\n".join(lines)}) as con:
        back = refused_csv(con, 1).decode("utf-8-sig").splitlines()
    assert back == [lines[0], lines[2]]


def test_a_file_that_could_not_be_read_is_given_back_whole(tmp_path: Path) -> None:
    content = WEEKS.replace("upn", "upin", 1)
    with read(tmp_path, {"sent.csv": content}) as con:
        (file,) = report(con).files
        assert (file.lines, file.refused) == (5, 5)
        assert refused_csv(con, 1).decode("utf-8-sig").splitlines() == content.splitlines()


def test_quotes_around_cells_are_no_obstacle(tmp_path: Path) -> None:
    rows = [example("register", week_beginning=day) for day in DAYS]
    quoted = [{f'"{name}"': f'"{cell}"' for name, cell in row.items()} for row in rows]
    quoted[2]['"upn"'] = rows[2]["upn"]
    assert only_file(tmp_path, csv_of(quoted)) == only_file(tmp_path, csv_of(quoted))
    assert only_file(tmp_path, csv_of(quoted))[0].accepted == 5


def test_a_comma_inside_quotes_and_a_quote_inside_a_cell_are_text(tmp_path: Path) -> None:
    rows = [
        example("moves", outcome='"went on, at first"'),
        example("moves", outcome='"said ""yes"""', start_date="2025-11-10"),
        example("moves", outcome='5" screen', start_date="2025-11-17"),
    ]
    with read(tmp_path, {"sent.csv": csv_of(rows)}) as con:
        found = con.execute("SELECT outcome FROM moves ORDER BY line").fetchall()
    assert found == [("went on, at first",), ('said "yes"',), ('5" screen',)]


def test_windows_1252_and_utf_8_are_read_alike(tmp_path: Path) -> None:
    for content in (ROLL.encode(), ROLL.encode("utf-8-sig"), ROLL.encode("cp1252")):
        with read(tmp_path, {"sent.csv": content}) as con:
            names = con.execute("SELECT surname FROM roll ORDER BY line").fetchall()
            assert problems(con) == []
        assert names[0] == ("Ängström",)


def test_lines_in_two_encodings_are_each_read_in_their_own(tmp_path: Path) -> None:
    lines = ROLL.splitlines()
    content = "\n".join(lines[:2]).encode() + b"\n" + lines[2].encode("cp1252") + b"\n"
    with read(tmp_path, {"sent.csv": content}) as con:
        names = con.execute("SELECT forename FROM roll ORDER BY line").fetchall()
        assert problems(con) == [("encoding_mixed", 3, None)]
    assert names == [("Alex",), ("Zoë",)]


def test_blank_lines_are_counted_and_nothing_else(tmp_path: Path) -> None:
    lines = WEEKS.splitlines()
    file, found = only_file(tmp_path, "\n".join(["", *lines[:3], "", ",,,", "   ", *lines[3:], "", '"",,,']) + "\n")
    assert (file.lines, file.blank, found) == (5, 6, [])


def test_a_header_between_the_rows_is_refused_and_counted(tmp_path: Path) -> None:
    lines = WEEKS.splitlines()
    file, found = only_file(tmp_path, "\n".join([*lines[:3], lines[0].upper(), *lines[3:]]))
    assert (file.accepted, file.refused, found) == (5, 1, [("header_repeated", 4, None)])


def test_column_names_may_be_written_freely_and_in_any_order(tmp_path: Path) -> None:
    rows = [example("register", week_beginning=day) for day in DAYS]
    free = [
        {"Marks": r["marks"], "Week Beginning": r["week_beginning"], "UPN ": r["upn"], "URN": r["urn"]} for r in rows
    ]
    file, found = only_file(tmp_path, csv_of(free))
    assert (file.kind, file.accepted, found) == ("register", 5, [])


def test_a_column_of_ones_own_is_told_of_by_its_letter_and_left_out(tmp_path: Path) -> None:
    rows = [{"Registered by J Smith": "x", **example("register", week_beginning=day)} for day in DAYS]
    with read(tmp_path, {"sent.csv": csv_of(rows)}) as con:
        assert con.execute("SELECT check_id, line, detail FROM problem").fetchall() == [
            ("column_unknown", 1, "column A")
        ]


@pytest.mark.parametrize(
    ("content", "check_id"),
    [
        ("", "file_empty"),
        ("\n\n  \n", "file_empty"),
        ("name,age\nA,1\n", "file_not_recognised"),
        ("urn,upn\n113533,B801200005001\n", "file_not_recognised"),
        (b"\x00\x01\x02\xff\xfe", "file_not_recognised"),
        (WEEKS.replace("upn", "upin", 1), "column_missing"),
        (WEEKS.replace("week_beginning", "URN", 1).replace("marks", "marks,week_beginning", 1), "column_twice"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, content: bytes | str, check_id: str) -> None:
    with read(tmp_path, {"sent.csv": content}) as con:
        said = report(con)
    assert said.has_whole_file_problem
    assert check_id in {problem.check for problem in said.problems}
    assert said.accepted == 0


def test_a_header_alone_says_that_there_was_nothing(tmp_path: Path) -> None:
    file, found = only_file(tmp_path, WEEKS.splitlines()[0] + "\n")
    assert (file.kind, file.lines, found) == ("register", 0, [])


def test_a_line_without_end_is_cut_and_refused(tmp_path: Path) -> None:
    lines = WEEKS.splitlines()
    for length in (40_000, 3_000_000):
        long = [*lines[:2], "x" * length, *lines[2:]]
        file, found = only_file(tmp_path, "\n".join(long) + "\n")
        assert (file.accepted, file.refused, found) == (5, 1, [("line_too_long", 3, None)])


def test_gzip_and_zip_are_opened(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("folder/a.csv", WEEKS)
        archive.writestr("b.csv", ROLL)
        archive.writestr("__MACOSX/b.csv", "x")
    with read(tmp_path, {"a.csv.gz": gzip.compress(WEEKS.encode()), "b.zip": packed.getvalue()}) as con:
        files = report(con).files
    # The same weeks came twice and are counted once.
    assert [(f.name, f.lines, f.accepted) for f in files] == [
        ("a.csv.gz", 5, 5),
        ("b.zip, a.csv", 5, 0),
        ("b.zip, b.csv", 2, 2),
    ]


def test_archives_that_do_harm_are_refused(tmp_path: Path) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"0" * 80_000_000)
    twice = io.BytesIO()
    with zipfile.ZipFile(twice, "w") as archive:
        archive.writestr("inner.zip", bomb.getvalue())
    files = {
        "bomb.zip": bomb.getvalue(),
        "bomb.csv.gz": gzip.compress(b"0" * 80_000_000),
        "twice.zip": twice.getvalue(),
        "cut.zip": bomb.getvalue()[:-40],
        "cut.gz": gzip.compress(WEEKS.encode())[:-12],
    }
    with read(tmp_path, files) as con:
        found = con.execute("SELECT name, check_id FROM problem JOIN source_file USING (file) ORDER BY file").fetchall()
    assert found == [
        ("bomb.zip, a.csv", "file_too_large"),
        ("bomb.csv.gz", "file_too_large"),
        ("twice.zip, inner.zip", "archive_not_allowed"),
        ("cut.zip", "archive_not_allowed"),
        ("cut.gz", "archive_not_allowed"),
    ]


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    with read(tmp_path, {}) as con, pytest.raises(InputRefused, match=r"missing\.csv"):
        stage(con, [tmp_path / "missing.csv"], scratch=tmp_path)


def test_a_folder_is_all_the_files_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "autumn"
    folder.mkdir()
    (folder / "b.csv").write_text(WEEKS)
    (folder / "a.csv").write_text(ROLL)
    with read(tmp_path, {}) as con:
        stage(con, [folder], scratch=tmp_path)
        assert [file.name for file in report(con).files] == ["a.csv", "b.csv"]


def test_years_with_two_digits_are_understood_and_told_of(tmp_path: Path) -> None:
    with read(tmp_path, {"sent.csv": csv_of([example("register", week_beginning="08/09/25")])}) as con:
        assert con.execute("SELECT week FROM register").fetchall() == [(date(2025, 9, 8),)]
        assert problems(con) == [("date_two_digit_year", 2, "week_beginning")]


@pytest.mark.parametrize(
    ("sent", "understood"),
    [
        ("b801200005001", "B801200005001"),
        ("'B801200005001", "B801200005001"),
        ("B801 2000 05001", "B801200005001"),
        ("B801200005001\xa0", "B801200005001"),
        ("8.012E+11", None),
        ("801200005001", None),
    ],
)
def test_what_spreadsheets_do_to_pupil_numbers(tmp_path: Path, sent: str, understood: str | None) -> None:
    with read(tmp_path, {"sent.csv": csv_of([example("register", upn=sent)])}) as con:
        ((pupil,),) = con.execute("SELECT pupil FROM register").fetchall()
        found = problems(con)
    if understood:
        assert (pupil, found) == (understood, [])
    else:
        assert pupil.startswith("113533 ")
        assert found == [("upn_not_usable", 2, "upn")]


def test_marks_one_by_one_become_weeks(tmp_path: Path) -> None:
    rows = [
        example("marks", date="2025-09-09", session="PM", code="i"),
        example("marks", date="2025-09-08", code="/"),
        example("marks", date="12/09/2025", session="pm", code="\\"),
        example("marks", date="2025-09-15", code="-"),
    ]
    with read(tmp_path, {"sent.csv": csv_of(rows)}) as con:
        weeks = con.execute("SELECT line, week, marks FROM register ORDER BY week").fetchall()
        assert problems(con) == []
    assert weeks == [
        (2, date(2025, 9, 8), "/ - - I - - - - - \\"),
        (5, date(2025, 9, 15), "- - - - - - - - - -"),
    ]


def test_a_week_of_marks_and_a_register_are_the_same(tmp_path: Path) -> None:
    codes = ["/", "\\", "L", "\\", "C2", "C2", "I", "I", "Y7", "#"]
    marks = [
        example("marks", date=f"2025-09-{8 + place // 2:02d}", session="PM" if place % 2 else "AM", code=code)
        for place, code in enumerate(codes)
    ]
    with read(tmp_path, {"marks.csv": csv_of(marks)}) as con:
        one_by_one = con.execute("SELECT pupil, urn, upn, week, year, codes, marks FROM register").fetchall()
    with read(tmp_path, {"weeks.csv": csv_of([example("register", marks=" ".join(codes))])}) as con:
        weekly = con.execute("SELECT pupil, urn, upn, week, year, codes, marks FROM register").fetchall()
    assert one_by_one == weekly


def test_a_roll_describes_the_year_told_else_the_years_of_registers_else_the_newest_date(tmp_path: Path) -> None:
    roll = csv_of(
        [
            example("roll", start_date="2024-09-03"),
            example("roll", upn="", start_date="2023-09-05", leaving_date="2025-10-10"),
        ]
    )
    weeks = csv_of([example("register", week_beginning=day) for day in ("2024-09-09", "2025-09-08")])

    def years(files: dict[str, str], year: str | None = None) -> list[tuple[int, str]]:
        with read(tmp_path, files, year=year) as con:
            return con.execute("SELECT line, year FROM roll ORDER BY line, year").fetchall()

    assert years({"roll.csv": roll}, "2022/23") == [(2, "2022/23"), (3, "2022/23")]
    both = [(line, year) for line in (2, 3) for year in ("2024/25", "2025/26")]
    assert years({"roll.csv": roll, "weeks.csv": weeks}) == both
    assert years({"roll.csv": roll}) == [(2, "2025/26"), (3, "2025/26")]


def test_the_first_of_two_rows_that_contradict_each_other_is_kept_and_a_bad_one_never_is(tmp_path: Path) -> None:
    rows = [
        example("register", marks="/ \\"),
        example("register", marks="I I I I I I I I I I"),
        example("register", week_beginning="08/09/2025", marks="/ \\ / \\ / \\ / \\ / \\"),
        example("register", week_beginning="08/09/2025", marks="I I I I I I I I I I"),
    ]
    with read(tmp_path, {"sent.csv": csv_of(rows)}) as con:
        assert con.execute("SELECT line FROM register").fetchall() == [(3,)]
        assert problems(con) == [
            ("marks_not_ten", 2, "marks"),
            ("row_contradicts", 4, None),
            ("row_repeated", 5, None),
        ]


def test_children_without_a_number_are_different_children(tmp_path: Path) -> None:
    rows = [example("roll", upn="", forename=name) for name in ("Alex", "Sam", "Sam")]
    with read(tmp_path, {"sent.csv": csv_of(rows)}) as con:
        assert con.execute("SELECT pupil FROM roll ORDER BY line").fetchall() == [
            ("113533 line 1:2",),
            ("113533 line 1:3",),
        ]
        assert ("row_repeated", 4, None) in problems(con)
