"""A Common Transfer File gives stays at the sending school and results; what it holds besides is said, not lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ropewalk.core.returns.transfer_file import stage_ctf
from ropewalk.core.returns.xml_files import stage_xml

Rows = Callable[[str], list[dict[str, Any]]]
HERE = {"LEA": "879", "Estab": "2001"}
TO = {"LEA": "879", "Estab": "4001", "URN": "113533"}
ALEX = {
    "UPN": "B801200005001",
    "FormerUPN": "A80120000500A",
    "Surname": "Example",
    "Forename": "Alex",
    "DOB": "2014-03-14",
    "Gender": "F",
    "NCyearActual": "6",
    "Ethnicity": "WBRI",
    "Language": "ENG",
    "EnrolStatus": "C",
    "InCare": "false",
    "FSM": [{"FSMstartDate": "2024-09-01", "UKcountry": "ENG"}],
    "SEN": [
        {"StartDate": "2024-01-08", "SENprovision": "E"},
        {"StartDate": "2021-09-01", "SENprovision": "K"},
    ],
    "SENneeds": ["ASD"],
    "stays": [
        {"LEA": "879", "Estab": "2999", "EntryDate": "2018-09-03", "LeavingDate": "2019-07-19"},
        {**HERE, "EntryDate": "2019-09-03", "LeavingDate": "2025-07-21"},
    ],
}


def result(subject: str, component: str | None, method: str, value: str, **more: str) -> dict[str, str | None]:
    """A stage assessment."""
    return {
        "Locale": "ENG", "Year": "2025", "Subject": subject, "Component": component, "Method": method,
        "ResultStatus": "R", "Result": value, **more,
    }  # fmt: skip


def read(con: duckdb.DuckDBPyConnection, folder: Path, text: str) -> None:
    """Write a file and stage it as file 1."""
    path = folder / "8792001_CTF_8794001_001.xml"
    path.write_text(text, encoding="utf-8")
    stage_ctf(con, 1, path)


def test_a_stay_at_the_sending_school_is_a_row_of_the_roll(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, transfer: Callable[..., str], rows: Rows
) -> None:
    read(con, tmp_path, transfer([ALEX], to=TO))
    (row,) = rows("raw_roll")
    assert row == {
        "file": 1, "line": row["line"], "urn": "113401", "upn": "B801200005001", "former_upn": "A80120000500A",
        "surname": "Example", "forename": "Alex", "date_of_birth": "2014-03-14", "sex": "F", "year_group": "6",
        "enrolment_status": "C", "start_date": "2019-09-03", "leaving_date": "2025-07-21", "destination_urn": "113533",
        "ethnicity": "WBRI", "first_language": "ENG", "fsm_eligible": "Y", "sen_provision": "E", "sen_type_1": "ASD",
        "looked_after": "N",
    }  # fmt: skip
    assert "1 stays at other schools were not read" in str(con.execute("SELECT note FROM source_file").fetchall())
    assert rows("problem") == []


def test_two_stays_are_two_rows_and_none_is_a_row_without_a_day_of_entry(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, transfer: Callable[..., str], rows: Rows
) -> None:
    back = {**ALEX, "stays": [{**HERE, "EntryDate": "2019-09-03"}, {**HERE, "EntryDate": "2023-09-04"}]}
    read(con, tmp_path, transfer([back, {**ALEX, "stays": []}]))
    assert [row.get("start_date") for row in rows("raw_roll")] == ["2019-09-03", "2023-09-04", None]


READ = [
    ("KS2", result("ENG", "REA", "TT", "104", ResultQualifier="NS"), ("KS2_READING", "104")),
    ("KS2", result("MAT", "MAT", "TT", "99", ResultQualifier="NS"), ("KS2_MATHS", "99")),
    ("KS2", result("ENG", "WRI", "TA", "EXS"), ("KS2_WRITING", "1")),
    ("KS2", result("ENG", "WRI", "TA", "PK3"), ("KS2_WRITING", "0")),
    ("KS1", result("PHO", "PHO", "TA", "34", ResultQualifier="NM"), ("PHONICS", "34")),
]
NOT_READ = [
    ("KS2", result("ENG", "REA", "TT", "44", ResultQualifier="NM")),
    ("KS2", result("ENG", "REA", "TT", "95", ResultQualifier="NM")),
    ("KS2", result("ENG", "REA", "TA", "EXS")),
    ("KS2", result("MAT", "MTC", "TT", "25", ResultQualifier="MT")),
    ("KS2", result("ENG", "WRI", "TA", "A")),
    ("KS1", result("PHO", "PHO", "TA", "Wa")),
    ("KS2", result("ENG", "REA", "TT", "104", ResultStatus="T")),
    ("KS2", result("ENG", "REA", "TT", "\u0661\u0660\u0664")),
]


@pytest.mark.parametrize(("stage", "told", "wanted"), READ)
def test_results_of_assessments_that_are_ours_are_read(
    con: duckdb.DuckDBPyConnection,
    tmp_path: Path,
    transfer: Callable[..., str],
    rows: Rows,
    stage: str,
    told: dict[str, str],
    wanted: tuple[str, str],
) -> None:
    read(con, tmp_path, transfer([{"UPN": "B801200005001", "stages": {stage: [told]}}]))
    (row,) = rows("raw_results")
    assert (row["urn"], row["upn"], row["year"]) == ("113401", "B801200005001", "2025")
    assert (row["assessment"], row["value"]) == wanted


@pytest.mark.parametrize(("stage", "told"), NOT_READ)
def test_marks_targets_and_results_without_a_value_are_counted_and_not_read(
    con: duckdb.DuckDBPyConnection,
    tmp_path: Path,
    transfer: Callable[..., str],
    rows: Rows,
    stage: str,
    told: dict[str, str],
) -> None:
    read(con, tmp_path, transfer([{**ALEX, "stages": {stage: [told]}}]))
    assert rows("raw_results") == []
    assert "1 results of other assessments" in str(con.execute("SELECT note FROM source_file").fetchall())


@pytest.mark.parametrize(("last", "wanted"), [("2", ["1"]), ("1", ["0"]), ("A", []), (None, [])])
def test_a_good_level_of_development_is_twelve_goals_at_least_expected(
    con: duckdb.DuckDBPyConnection,
    tmp_path: Path,
    transfer: Callable[..., str],
    rows: Rows,
    last: str | None,
    wanted: list[str],
) -> None:
    goals = [result("COM", f"E{number:02d}", "FA", "2") for number in range(1, 12)]
    goals += [result("MAT", "E12", "FA", last)] if last else []
    # Goals that are no part of it.
    goals += [result("UTW", "E13", "FA", "1")]
    read(con, tmp_path, transfer([{"UPN": "B801200005001", "stages": {"EYF": goals}}]))
    assert [row["value"] for row in rows("raw_results")] == wanted
    assert all(row["assessment"] == "GLD" for row in rows("raw_results"))


def test_a_file_of_results_alone_adds_nobody_to_the_roll(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, transfer: Callable[..., str], rows: Rows, sources: Callable[[], Any]
) -> None:
    read(con, tmp_path, transfer([{"UPN": "B801200005001", "stages": {"KS2": [READ[0][1]]}}]))
    assert rows("raw_roll") == []
    assert [(kind, lines) for _, _, kind, lines in sources()] == [("results", 1)]


def test_files_are_told_apart_by_their_first_element(
    con: duckdb.DuckDBPyConnection,
    tmp_path: Path,
    transfer: Callable[..., str],
    census: Callable[..., str],
    rows: Rows,
    sources: Callable[[], Any],
) -> None:
    texts = (census([{"UPN": "B801200005001"}]), transfer([ALEX]), "<Timetable/>", "<Message><")
    for number, text in enumerate(texts, start=1):
        path = tmp_path / f"{number}.xml"
        path.write_text(text, encoding="utf-8")
        stage_xml(con, number, path)
    assert [(number, name, lines) for number, name, _, lines in sources()] == [
        (1, "1.xml, roll", 1),
        (2, "2.xml, roll", 1),
        (3, "3.xml", 0),
        (4, "4.xml", 0),
    ]
    assert [problem["check_id"] for problem in rows("problem")] == ["file_not_recognised", "xml_unreadable"]
