"""A School Census file gives a roll and suspensions; what it holds besides is said, not lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from ropewalk.core.returns.school_census import stage_census

Rows = Callable[[str], list[dict[str, Any]]]
ALEX = {
    "UPN": "B801200005001",
    "Surname": "Example & Co",
    "Forename": "Alex",
    "DOB": "2012-03-14",
    "Sex": "F",
    "Ethnicity": "WBRI",
    "Language": "ENG",
    "ServiceChild": "Y",
    "YoungCarer": "P",
    "EnrolStatus": "C",
    "EntryDate": "2023-09-05",
    "NCyearActual": "8",
    "SENprovision": "K",
    "SENneeds": ["SEMH", "SLCN"],
    "FSMperiods": [{"FSMstartDate": "2024-09-01", "UKcountry": "ENG"}],
    "PostCode": "ZZ1 1AA",
    "SessionsPossible": "120",
    "events": [
        {"Category": "SUSP", "Reasons": ["DB", "VA"], "StartDate": "2025-10-06", "SessionsSuspended": "4"},
        {"Category": "PERM", "Reason": "PA", "StartDate": "2025-12-01"},
    ],
}
SAM = {"UPN": "A801200005002", "Sex": "M", "EntryDate": "2024-09-03", "NCyearActual": "7"}


def read(con: duckdb.DuckDBPyConnection, folder: Path, text: str) -> None:
    """Write a file and stage it as file 1."""
    path = folder / "census.xml"
    path.write_text(text, encoding="utf-8")
    stage_census(con, 1, path)


def test_a_pupil_gives_a_row_of_the_roll_with_all_that_the_census_says(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, census: Callable[..., str], rows: Rows
) -> None:
    text = census([ALEX])
    read(con, tmp_path, text)
    line = next(number for number, said in enumerate(text.splitlines(), start=1) if "<PupilOnRoll>" in said)
    assert rows("raw_roll") == [
        {
            "file": 1, "line": line, "urn": "113533", "upn": "B801200005001", "surname": "Example & Co",
            "forename": "Alex", "date_of_birth": "2012-03-14", "sex": "F", "year_group": "8", "enrolment_status": "C",
            "start_date": "2023-09-05", "ethnicity": "WBRI", "first_language": "ENG", "fsm_eligible": "Y",
            "sen_provision": "K", "sen_type_1": "SEMH", "sen_type_2": "SLCN", "young_carer": "Y",
            "service_child": "Y", "postcode": "ZZ1 1AA",
        }
    ]  # fmt: skip


def test_suspensions_are_a_file_of_their_own_with_a_line_each(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, census: Callable[..., str], rows: Rows, sources: Callable[[], Any]
) -> None:
    text = census([ALEX, SAM])
    read(con, tmp_path, text)
    lines = [number for number, said in enumerate(text.splitlines(), start=1) if "<TermlyExclusion>" in said]
    assert sources() == [(1, "census.xml, roll", "roll", 2), (2, "census.xml, suspensions", "suspensions", 2)]
    same = {"file": 2, "urn": "113533", "upn": "B801200005001"}
    assert rows("raw_suspensions") == [
        {**same, "line": lines[0], "category": "SUSP", "start_date": "2025-10-06", "sessions": "4",
         "reason_1": "DB", "reason_2": "VA"},
        {**same, "line": lines[1], "category": "PERM", "start_date": "2025-12-01", "reason_1": "PA"},
    ]  # fmt: skip
    assert rows("problem") == []


def test_sums_of_attendance_are_never_taken_for_marks(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, census: Callable[..., str], rows: Rows
) -> None:
    read(con, tmp_path, census([ALEX, SAM]))
    assert rows("raw_register") == rows("raw_marks") == []
    notes = con.execute("SELECT note FROM source_file").fetchall()
    assert all("Sums of attendance of 1 pupils were not read" in note for (note,) in notes)


def test_pupils_who_left_are_on_the_roll_until_they_left(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, census: Callable[..., str], rows: Rows
) -> None:
    left = {**SAM, "LeavingDate": "2025-11-28T00:00:00"}
    read(con, tmp_path, census([ALEX], [left]))
    assert [(row["upn"], row.get("leaving_date")) for row in rows("raw_roll")] == [
        ("B801200005001", None),
        ("A801200005002", "2025-11-28"),
    ]
    # Meals are not asked of those who left.
    assert "fsm_eligible" not in rows("raw_roll")[1]


def test_meals_are_those_of_census_day_and_unknown_where_nobody_has_any(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, census: Callable[..., str], rows: Rows
) -> None:
    over = {**SAM, "FSMperiods": [{"FSMstartDate": "2022-09-01", "FSMendDate": "2025-12-19"}]}
    wales = {**SAM, "FSMperiods": [{"FSMstartDate": "2022-09-01", "UKcountry": "WLS"}]}
    read(con, tmp_path, census([ALEX, over, wales, SAM]))
    assert [row["fsm_eligible"] for row in rows("raw_roll")] == ["Y", "N", "N", "N"]
    con.execute("DELETE FROM raw_roll")
    read(con, tmp_path, census([SAM]))
    assert [row.get("fsm_eligible") for row in rows("raw_roll")] == [None]


def test_a_school_named_by_its_numbers_is_found_or_left_open(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, census: Callable[..., str], rows: Rows
) -> None:
    text = census([SAM], URN=None)
    read(con, tmp_path, text)
    con.execute("INSERT INTO school (urn, laestab) VALUES (113533, '8794001')")
    read(con, tmp_path, text)
    assert [row.get("urn") for row in rows("raw_roll")] == [None, "113533"]


def test_a_file_that_names_two_schools_names_none(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, census: Callable[..., str], rows: Rows
) -> None:
    text = census([SAM]).replace("<Estab>4001</Estab>", "<Estab>4002</Estab>", 1)
    read(con, tmp_path, text)
    assert [row.get("urn") for row in rows("raw_roll")] == [None]
    assert con.execute("SELECT note FROM source_file").fetchall() == [("The file names two schools.",)]


def test_an_element_nobody_knows_is_asked_about_where_it_stands(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, census: Callable[..., str], rows: Rows
) -> None:
    text = census([ALEX]).replace("<EnrolStatus>C</EnrolStatus>", "<EnrolmentStatus>C</EnrolmentStatus>")
    read(con, tmp_path, text)
    line = next(number for number, said in enumerate(text.splitlines(), start=1) if "EnrolmentStatus" in said)
    assert rows("problem") == [
        {"file": 1, "line": line, "check_id": "xml_element_unknown", "detail": "EnrolmentStatus"}
    ]


def test_the_name_of_an_element_is_not_repeated_when_it_could_be_a_number_of_a_pupil(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, census: Callable[..., str], rows: Rows
) -> None:
    read(con, tmp_path, census([ALEX]).replace("<EnrolStatus>C</EnrolStatus>", "<B801200005001/>"))
    assert [problem["detail"] for problem in rows("problem")] == ["a name that is not repeated here"]


def test_pupils_and_suspensions_in_the_wrong_place_are_asked_about(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, census: Callable[..., str], rows: Rows
) -> None:
    for old, new in (("Exclusions", "Attendance"), ("PupilsOnRoll", "Miscellaneous"), ("PupilsOnRoll", "Pupil")):
        read(con, tmp_path, census([SAM, {**ALEX, "SessionsPossible": None}]).replace(f"{old}>", f"{new}>"))
    details = [problem.get("detail") for problem in rows("problem")]
    assert {"TermlyExclusion", "PupilOnRoll", "Pupil"} <= set(details)


def test_elements_that_say_two_things_are_asked_about(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, census: Callable[..., str], rows: Rows
) -> None:
    text = census([SAM]).replace("<Sex>M</Sex>", "<Sex>M</Sex><Gender>F</Gender>")
    read(con, tmp_path, text)
    assert [(problem["check_id"], problem["detail"]) for problem in rows("problem")] == [
        ("xml_element_unknown", "Gender")
    ]
    assert rows("raw_roll")[0]["sex"] == "M"


def test_a_file_on_one_line_counts_its_pupils_instead(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, census: Callable[..., str], rows: Rows, sources: Callable[[], Any]
) -> None:
    read(con, tmp_path, census([ALEX, SAM, SAM]).replace("\n", ""))
    assert [row["line"] for row in rows("raw_roll")] == [1, 2, 3]
    assert [row["line"] for row in rows("raw_suspensions")] == [1, 2]
    assert [lines for *_, lines in sources()] == [3, 2]


def test_a_census_without_pupils_is_an_empty_file(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, census: Callable[..., str], rows: Rows, sources: Callable[[], Any]
) -> None:
    read(con, tmp_path, census([]))
    assert sources() == [(1, "census.xml", None, 0)]
    assert [problem["check_id"] for problem in rows("problem")] == ["file_empty"]


def test_lines_are_right_beyond_what_the_parser_can_count(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, census: Callable[..., str], rows: Rows
) -> None:
    text = census([ALEX] * 2_000)
    read(con, tmp_path, text)
    said = text.splitlines()
    assert len(said) > 70_000
    assert all("<PupilOnRoll>" in said[row["line"] - 1] for row in rows("raw_roll"))


def test_namespaces_and_prefixes_make_no_difference(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, census: Callable[..., str], rows: Rows
) -> None:
    text = census([SAM]).replace("<Message>", '<Message xmlns="urn:example">')
    read(con, tmp_path, text)
    assert [row["upn"] for row in rows("raw_roll")] == ["A801200005002"]
