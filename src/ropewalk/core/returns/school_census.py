"""School Census files (XML, as uploaded to the Department's collection system): the roll and the suspensions in them.

Which elements are read, and where their names were learnt, is set down in docs/returns/xml-files.md; a test holds the
page and the lists below to each other. The census holds sums of sessions by term, never marks, so no register is read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from ropewalk.core.returns.safe_xml import Node, Unknown, XmlRefused, records
from ropewalk.core.returns.xml_staging import (
    Cells,
    Rows,
    School,
    TwoSchools,
    same_school,
    stage_refusal,
    stage_rows,
    urn_of,
)
from ropewalk.core.returns.xml_values import day_of, meals, needs, postcode, yes_no

ROOT = "Message"
_HEADER, _SCHOOL = (ROOT, "Header"), (ROOT, "School", "SchoolCharacteristics")
_ON_ROLL = (ROOT, "Pupils", "PupilsOnRoll", "PupilOnRoll")
_LEFT_ROLL = (ROOT, "Pupils", "PupilsNoLongerOnRoll", "PupilNoLongerOnRoll")

# Elements of a pupil and the column each fills. Where several names fill one column, the first that has text counts.
COLUMNS = {
    "UPN": "upn",
    "FormerUPN": "former_upn",
    "Surname": "surname",
    "Forename": "forename",
    "DOB": "date_of_birth",
    "Sex": "sex",
    "Gender": "sex",
    "NCyearActual": "year_group",
    "EnrolStatus": "enrolment_status",
    "EntryDate": "start_date",
    "LeavingDate": "leaving_date",
    "Ethnicity": "ethnicity",
    "Language": "first_language",
    "SENprovision": "sen_provision",
}
YES_NO = {
    "FSMeligible": "fsm_eligible",
    "LookedAfter": "looked_after",
    "InCare": "looked_after",
    "YoungCarer": "young_carer",
    "YoungCarerIndicator": "young_carer",
    "ServiceChild": "service_child",
}
# Modules whose elements are looked at one by one; those of HomeInformation, FSMperiods, SENneeds and exclusions have a
# shape of their own.
MODULES = frozenset({"PupilIdentifiers", "PupilCharacteristics", "PupilStatus", "SpecialEducationalNeeds"})
SHAPED = frozenset({"FSMperiods", "SENneeds", "HomeInformation"})
EVENTS = frozenset({"Exclusions", "Suspensions", "SuspensionsAndExclusions"})
EVENT = frozenset({"TermlyExclusion", "AnnualExclusion", "Exclusion", "TermlySuspension", "Suspension"})
CATEGORY = ("Category", "ExclusionCategory", "SuspensionCategory")
REASON = ("Reason", "ExclusionReason", "SuspensionReason")
REASONS = ("Reasons", "ExclusionReasons", "SuspensionReasons")
STARTED = ("StartDate", "ExclusionStartDate", "SuspensionStartDate", "ActualStartDate")
SESSIONS = ("SessionsSuspended", "SessionsExcluded", "Sessions", "ActualNumberofSessions")
EVENT_LEFT = frozenset({"EndDate", "SENprovision", "InCare", "LookedAfter", "NCyearActual"})
# Known, and not read: outside of pupils, and of pupils: of no use here, or sums of what the register says better.
NOT_READ_OUTSIDE = frozenset(
    {
        "AdmissionsAppeals", "InfantAdmissionsAppeals", "PupilReconciliation", "ClassInformation", "Miscellaneous",
        "SchoolLocation", "StaffInformation", "SpecialSchool",
    }
)  # fmt: skip
NOT_READ = frozenset(
    {
        "Attendance", "LearningAims", "LearnerSupport", "ClassType", "PreferredSurname", "PreferredForename",
        "FormerSurname", "MiddleNames", "UniqueLearnerNumber", "ULN", "FundedHours", "HoursAtSetting", "ExtendedHours",
        "ExpandedHours", "UnitContactTimePupil", "TopUpFunding", "DAFIndicator", "EYPPR", "EYPPBF", "SchoolLunchTaken",
        "PostLookedAfterArrangements", "Proficiency", "CountryofBirth", "Nationalities", "EthnicitySource",
        "Connexions", "YSSA", "PartTime", "Boarder", "Disabilities", "SENunitIndicator", "ResourcedProvisionIndicator",
    }
)  # fmt: skip
_CATEGORIES = {"FIXD": "SUSP"}


@dataclass(slots=True)
class _Census:
    """What a file has given so far."""

    roll: Rows = field(default_factory=lambda: Rows("roll"))
    suspensions: Rows = field(default_factory=lambda: Rows("suspensions"))
    schools: list[School] = field(default_factory=list)
    day: str | None = None
    on_roll: list[Cells] = field(default_factory=list)
    meals: list[tuple[Cells, Node]] = field(default_factory=list)
    sums: int = 0


def stage_census(con: duckdb.DuckDBPyConnection, file_no: int, path: Path) -> None:
    """Read a School Census file into ``raw_roll`` and ``raw_suspensions``, whole or not at all.

    A school named by its LAESTAB only is looked up in the published register. One that cannot be told leaves the URN
    empty, which the check ``value_missing`` reports.
    """
    census, unknown = _Census(), Unknown(frozenset({_ON_ROLL[-1], _LEFT_ROLL[-1], *EVENT}))
    wanted = frozenset({_HEADER, _SCHOOL, _ON_ROLL, _LEFT_ROLL})
    try:
        for where, node in records(path, wanted, NOT_READ_OUTSIDE, unknown):
            _take(census, where, node, unknown)
    except XmlRefused as refused:
        stage_refusal(con, file_no, path, refused)
        return
    notes = _settle(con, census)
    stage_rows(con, file_no, path, [census.roll, census.suspensions], unknown=unknown, notes=notes)


def _take(census: _Census, where: tuple[str, ...], node: Node, unknown: Unknown) -> None:
    if where == _HEADER:
        census.schools.append(School.read(node.at("Source")))
        census.day = day_of(node.text_at("CollectionDetails", "ReferenceDate")) or census.day
    elif where == _SCHOOL:
        census.schools.append(School.read(node))
    else:
        _pupil(census, node, unknown, on_roll=where == _ON_ROLL)


def _pupil(census: _Census, node: Node, unknown: Unknown, *, on_roll: bool) -> None:
    cells: Cells = {}
    modules = [node, *node.named(*MODULES)]
    for module in modules:
        for child in module.children:
            _cell(cells, child, unknown)
    needs(cells, [need for module in modules for box in module.named("SENneeds") for need in box.named("SENneed")])
    for home in node.named("HomeInformation"):
        postcode(cells, home)
    periods = [box for module in modules for box in module.named("FSMperiods")]
    census.meals.extend((cells, box) for box in periods)
    if on_roll:
        census.on_roll.append(cells)
    census.roll.add(node.line, cells)
    census.sums += bool(node.named("Attendance"))
    events = [event for box in node.named(*EVENTS) for event in box.children]
    for event in events:
        _event(census, cells, event, unknown)
    unknown.watch(node, events)


def _cell(cells: Cells, child: Node, unknown: Unknown) -> None:
    """Fill the column an element belongs to; note elements nobody knows, and second ones of a kind."""
    column = COLUMNS.get(child.name) or YES_NO.get(child.name)
    if column is None:
        if child.name not in MODULES | SHAPED | EVENTS | NOT_READ:
            unknown.add(child.name, child.line)
        return
    if cells.get(column) is not None and child.text is not None and cells[column] != _value(child, column):
        unknown.add(child.name, child.line)
    cells[column] = cells.get(column) or _value(child, column)


def _value(child: Node, column: str) -> str | None:
    if child.name in YES_NO:
        return yes_no(child.text)
    return day_of(child.text) if column.endswith("_date") or column == "date_of_birth" else child.text


def _event(census: _Census, pupil: Cells, event: Node, unknown: Unknown) -> None:
    """A suspension or exclusion: a row for every element of one, whatever is in it."""
    if event.name not in EVENT:
        unknown.add(event.name, event.line)
        return
    found = [event.named(*REASON), *(box.named(*REASON) for box in event.named(*REASONS))]
    reasons = [reason.text for group in found for reason in group if reason.text]
    known = {*CATEGORY, *REASON, *REASONS, *STARTED, *SESSIONS, *EVENT_LEFT}
    for child in event.children:
        if child.name not in known:
            unknown.add(child.name, child.line)
    if len(reasons) > 3:
        unknown.add("Reason", event.line)
    category = _first_text(event, CATEGORY)
    cells: Cells = {
        "upn": pupil.get("upn"),
        "category": _CATEGORIES.get((category or "").upper(), category),
        "start_date": day_of(_first_text(event, STARTED)),
        "sessions": _first_text(event, SESSIONS),
    }
    cells.update({f"reason_{place}": reason for place, reason in enumerate(reasons[:3], start=1)})
    census.suspensions.add(event.line, cells)


def _settle(con: duckdb.DuckDBPyConnection, census: _Census) -> list[str]:
    """Fill what only the whole file tells: the school, and who has free school meals on the day of the census."""
    notes = []
    try:
        urn = urn_of(con, same_school(census.schools))
    except TwoSchools:
        urn = None
        notes.append("The file names two schools.")
    for cells in (*census.roll.cells, *census.suspensions.cells):
        cells["urn"] = urn
    for cells, box in census.meals:
        cells["fsm_eligible"] = cells.get("fsm_eligible") or meals(box.named("FSMperiod"), census.day)
    # Periods are asked for every pupil on roll, so that none, in a file that has some, means not eligible.
    if census.meals:
        for cells in census.on_roll:
            cells["fsm_eligible"] = cells.get("fsm_eligible") or "N"
    if census.sums:
        notes.append(f"Sums of attendance of {census.sums} pupils were not read: send the register.")
    return notes


def _first_text(node: Node, names: Iterable[str]) -> str | None:
    return next((child.text for name in names for child in node.named(name) if child.text), None)
