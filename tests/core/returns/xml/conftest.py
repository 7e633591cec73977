"""Made-up School Census and Common Transfer files, a connection to read them into, and what was read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import duckdb
import pytest

from ropewalk.core.returns.tables import open_tables

Made = dict[str, Any]


def _element(name: str, inside: str | None, indent: int) -> str:
    """An element on a line of its own; nothing at all where there is nothing to say."""
    return "" if inside is None else f"{' ' * indent}<{name}>{escape(str(inside))}</{name}>\n"


def _box(name: str, inside: str, indent: int) -> str:
    pad = " " * indent
    return f"{pad}<{name}>\n{inside}{pad}</{name}>\n" if inside else ""


def _elements(told: Made, names: tuple[str, ...], indent: int) -> str:
    return "".join(_element(name, told.get(name), indent) for name in names)


def _census_pupil(told: Made, name: str) -> str:
    identifiers = _elements(told, ("UPN", "FormerUPN", "Surname", "Forename", "DOB", "Sex", "Gender"), 8)
    meals = "".join(
        _box("FSMperiod", _elements(period, ("FSMstartDate", "FSMendDate", "UKcountry"), 12), 10)
        for period in told.get("FSMperiods", ())
    )
    characteristics = _elements(told, ("Ethnicity", "Language", "ServiceChild", "YoungCarer", "SchoolLunchTaken"), 8)
    status = _elements(told, ("EnrolStatus", "EntryDate", "LeavingDate", "NCyearActual", "Boarder"), 8)
    needs = "".join(
        _box("SENneed", _element("SENtypeRank", str(rank), 12) + _element("SENtype", kind, 12), 10)
        for rank, kind in enumerate(told.get("SENneeds", ()), start=1)
    )
    special = _element("SENprovision", told.get("SENprovision"), 8) + _box("SENneeds", needs, 8)
    names = ("Category", "Reason", "StartDate", "SessionsSuspended")
    events = "".join(
        _box(
            "TermlyExclusion",
            _elements(event, names, 10)
            + _box("Reasons", "".join(_element("Reason", why, 12) for why in event.get("Reasons", ())), 10),
            8,
        )
        for event in told.get("events", ())
    )
    home = _box("Address", _element("PostCode", told.get("PostCode"), 10), 8)
    sums = _box("TermlyAttendance", _element("SessionsPossible", told.get("SessionsPossible"), 10), 8)
    return _box(
        name,
        _box("PupilIdentifiers", identifiers, 6)
        + _box("PupilCharacteristics", characteristics + _box("FSMperiods", meals, 8), 6)
        + _box("PupilStatus", status, 6)
        + _box("SpecialEducationalNeeds", special, 6)
        + _box("Exclusions", events, 6)
        + _box("HomeInformation", home, 6)
        + _box("Attendance", sums, 6),
        4,
    )


def make_census(pupils: list[Made], leavers: list[Made] | None = None, **school: str | None) -> str:
    """A School Census file: on line 2 <Message>, then header, school, pupils."""
    told: Made = {"LEA": "879", "Estab": "4001", "URN": "113533", "ReferenceDate": "2026-01-15", **school}
    header = _box("CollectionDetails", _elements(told, ("Collection", "Term", "Year", "ReferenceDate"), 6), 4)
    source = _box("Source", _elements(told, ("SourceLevel", "LEA", "Estab"), 6), 4)
    characteristics = _box("SchoolCharacteristics", _elements(told, ("LEA", "Estab", "URN", "SchoolName"), 6), 4)
    on_roll = "".join(_census_pupil(pupil, "PupilOnRoll") for pupil in pupils)
    left = "".join(_census_pupil(pupil, "PupilNoLongerOnRoll") for pupil in leavers or [])
    inside = (
        _box("Header", header + source, 2)
        + _box("School", characteristics, 2)
        + _box("Pupils", _box("PupilsOnRoll", on_roll, 3) + _box("PupilsNoLongerOnRoll", left, 3), 2)
    )
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + _box("Message", inside, 0)


def _result(told: Made) -> str:
    names = ("Locale", "Year", "Subject", "Method", "Component", "ResultStatus", "ResultQualifier", "Result")
    return _box("StageAssessment", _elements(told, names, 10), 8)


def _transfer_pupil(told: Made) -> str:
    identity = _elements(told, ("UPN", "Surname", "Forename", "DOB", "Sex", "Gender"), 4)
    first = _element("LanguageType", "F", 10) + _element("Language", told.get("Language"), 10)
    languages = _box("Languages", _box("Type", first, 8), 6) if told.get("Language") else ""
    basic = _elements(told, ("FormerUPN", "NCyearActual", "Ethnicity", "EnrolStatus", "MedicalFlag"), 6) + languages
    meals = "".join(
        _box("FSMinstance", _elements(period, ("FSMstartDate", "FSMendDate", "UKcountry"), 8), 6)
        for period in told.get("FSM", ())
    )
    needs = "".join(_box("SENneed", _element("SENtype", kind, 10), 8) for kind in told.get("SENneeds", ()))
    sen = "".join(_box("SEN", _elements(entry, ("StartDate", "SENprovision"), 8), 6) for entry in told.get("SEN", ()))
    stages = "".join(
        _box("KeyStage", _element("Stage", stage, 8) + "".join(_result(result) for result in results), 6)
        for stage, results in told.get("stages", {}).items()
    )
    stays = "".join(
        _box("School", _elements(stay, ("LEA", "Estab", "SchoolName", "EntryDate", "LeavingDate"), 8), 6)
        for stay in told.get("stays", ())
    )
    care = _element("InCare", told.get("InCare"), 6)
    return _box(
        "Pupil",
        identity
        + _box("BasicDetails", basic, 4)
        + _box("LookedAfter", care, 4)
        + _box("FSMhistory", meals, 4)
        + _box("SENhistory", sen + _box("SENneeds", needs, 6), 4)
        + _box("Address", _element("PostCode", told.get("PostCode"), 6), 4)
        + _box("Attendance", _element("YearData", told.get("YearData"), 6), 4)
        + _box("StageAssessments", stages, 4)
        + _box("SchoolHistory", stays, 4),
        2,
    )


def make_transfer(pupils: list[Made], *, to: Made | None = None, **source: str | None) -> str:
    """A Common Transfer File."""
    told: Made = {"LEA": "879", "Estab": "2001", "URN": "113401", **source}
    header = (
        _element("DocumentName", "Common Transfer File", 2)
        + _element("CTFversion", "25.0", 2)
        + _element("DateTime", "2025-07-21T15:00:00", 2)
        + _box("SourceSchool", _elements(told, ("LEA", "Estab", "URN", "SchoolName"), 4), 2)
        + _box("DestSchool", _elements(to or {}, ("LEA", "Estab", "URN"), 4), 2)
    )
    inside = _box("Header", header, 1) + _box("CTFpupilData", "".join(_transfer_pupil(p) for p in pupils), 1)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + _box("CTfile", inside, 0)


@pytest.fixture
def census() -> Callable[..., str]:
    """Writes a census file from plain words."""
    return make_census


@pytest.fixture
def transfer() -> Callable[..., str]:
    """Writes a transfer file from plain words."""
    return make_transfer


@pytest.fixture
def con(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Tables to read into."""
    opened = open_tables(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def rows(con: duckdb.DuckDBPyConnection) -> Callable[[str], list[Made]]:
    """The rows of a table, as dictionaries without empty cells, in the order of file and line."""

    def read(table: str) -> list[Made]:
        found = con.table(table).order("file, line NULLS FIRST")
        return [
            {name: cell for name, cell in zip(found.columns, row, strict=True) if cell is not None}
            for row in found.fetchall()
        ]

    return read


@pytest.fixture
def sources(con: duckdb.DuckDBPyConnection) -> Callable[[], list[tuple[Any, ...]]]:
    """Number, name, kind and lines of the files read."""
    return lambda: con.execute("SELECT file, name, kind, lines FROM source_file ORDER BY file").fetchall()
