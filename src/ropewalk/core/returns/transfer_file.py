"""Common Transfer Files (XML, which schools send after a pupil): stays at the sending school, and results.

Which elements are read, and where their names were learnt, is set down in docs/returns/xml-files.md; a test holds the
page and the lists below to each other. The file holds sums of attendance by year, never marks: no register is read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from ropewalk.core.returns.safe_xml import Node, Unknown, XmlRefused, records
from ropewalk.core.returns.xml_staging import Cells, Rows, School, stage_refusal, stage_rows, urn_of
from ropewalk.core.returns.xml_values import day_of, meals, needs, postcode, yes_no

ROOT = "CTfile"
_HEADER, _PUPIL = (ROOT, "Header"), (ROOT, "CTFpupilData", "Pupil")

# Elements of a pupil, directly or in BasicDetails, and the column each fills.
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
    "Ethnicity": "ethnicity",
}
MODULES = frozenset({"BasicDetails"})
SHAPED = frozenset(
    {"Languages", "LookedAfter", "FSMhistory", "SENhistory", "SENneeds", "Address", "StageAssessments", "SchoolHistory"}
)
NOT_READ = frozenset(
    {
        "ApplicationReference", "UniqueLearnerNumber", "UCI", "PreferredSurname", "PreferredForename", "FormerSurname",
        "FormerForename", "MiddleNames", "EthnicitySource", "MedicalFlag", "Disabilities", "NAWdetails", "Admissions",
        "Phones", "Email", "Contacts", "Attendance", "ServiceChild", "CountryofBirth", "Nationalities", "Proficiency",
        "PupilPremium", "YoungCarer", "Connexions", "SuppInfo",
    }
)  # fmt: skip
NOT_READ_OUTSIDE = frozenset({"CTFschoolData"})
_EARLY_YEARS = frozenset({"EYF", "EYFS", "FSP"})
# The twelve goals of a good level of development: communication, physical, personal, literacy, mathematics.
_GOALS = tuple(f"E{number:02d}" for number in range(1, 13))
_EXPECTED = 2
_MET = frozenset({"EXS", "GDS"})
_NOT_MET = frozenset({"WTS", "HNM", "BLW", "EM", "PKF", "PKE", "PKG", *(f"PK{number}" for number in range(1, 7))})
_SCORES = frozenset(str(score) for score in range(80, 121))
_OUT_OF_FORTY = frozenset(str(mark) for mark in range(41))
# Qualifiers of marks out of a total, which are no scaled scores.
_MARKS = frozenset({"NM", "MT"})


def _scaled(result: str, qualifier: str | None) -> str | None:
    return result if result in _SCORES and qualifier not in _MARKS else None


def _standard(result: str, _: str | None) -> str | None:
    return "1" if result in _MET else "0" if result in _NOT_MET else None


def _mark(result: str, _: str | None) -> str | None:
    return result if result in _OUT_OF_FORTY else None


@dataclass(frozen=True, slots=True)
class Assessment:
    """Which StageAssessment elements give a result of ours; ``value`` gives None for a result that is no value."""

    id: str
    stage: str
    subjects: frozenset[str]
    components: frozenset[str | None]
    methods: frozenset[str | None]
    value: Callable[[str, str | None], str | None]

    def reads(self, stage: str | None, found: Node) -> bool:
        """Whether an element is of this assessment."""
        return (
            stage == self.stage
            and found.text_at("Subject") in self.subjects
            and found.text_at("Component") in self.components
            and found.text_at("Method") in self.methods
        )


ASSESSMENTS = (
    Assessment("KS2_READING", "KS2", frozenset({"ENG", "REA"}), frozenset({"REA"}), frozenset({"TT"}), _scaled),
    Assessment("KS2_MATHS", "KS2", frozenset({"MAT"}), frozenset({"MAT", None}), frozenset({"TT"}), _scaled),
    Assessment("KS2_WRITING", "KS2", frozenset({"ENG", "WRI"}), frozenset({"WRI"}), frozenset({"TA"}), _standard),
    Assessment("PHONICS", "KS1", frozenset({"ENG", "PHO"}), frozenset({"PHO"}), frozenset({"TT", "TA", None}), _mark),
)


@dataclass(slots=True)
class _Transfer:
    """What a file has given so far."""

    results: Rows = field(default_factory=lambda: Rows("results"))
    pupils: list[tuple[int, Cells, list[Node]]] = field(default_factory=list)
    source: School = field(default_factory=School)
    destination: School = field(default_factory=School)
    day: str | None = None
    meals: list[tuple[Cells, Node]] = field(default_factory=list)
    sums: int = 0
    other_results: int = 0
    other_stays: int = 0
    bare: int = 0


def stage_ctf(con: duckdb.DuckDBPyConnection, file_no: int, path: Path) -> None:
    """Read a Common Transfer File into ``raw_roll`` and ``raw_results``, whole or not at all.

    A row of the roll is a stay of a pupil at the school that sends the file.
    """
    transfer, unknown = _Transfer(), Unknown(frozenset({_PUPIL[-1], "StageAssessment"}))
    try:
        for where, node in records(path, frozenset({_HEADER, _PUPIL}), NOT_READ_OUTSIDE, unknown):
            if where == _HEADER:
                _header(transfer, node)
            else:
                _pupil(transfer, node, unknown)
    except XmlRefused as refused:
        stage_refusal(con, file_no, path, refused)
        return
    roll = _settle(con, transfer)
    stage_rows(con, file_no, path, [roll, transfer.results], unknown=unknown, notes=_notes(transfer))


def _header(transfer: _Transfer, node: Node) -> None:
    transfer.source = School.read(node.at("SourceSchool"))
    transfer.destination = School.read(node.at("DestSchool"))
    transfer.day = day_of(node.text_at("DateTime"))


def _pupil(transfer: _Transfer, node: Node, unknown: Unknown) -> None:
    cells: Cells = {}
    modules = [node, *node.named(*MODULES)]
    for module in modules:
        for child in module.children:
            _cell(cells, child, unknown)
            if child.name in SHAPED:
                _shaped(transfer, cells, child)
    stays = [stay for box in node.named("SchoolHistory") for stay in box.named("School")]
    # A file of results alone, as testing services write them, says nothing of the roll.
    if stays or node.named("BasicDetails"):
        transfer.pupils.append((node.line, cells, stays))
    else:
        transfer.bare += 1
    transfer.sums += bool(node.named("Attendance"))
    stages = [stage for box in node.named("StageAssessments") for stage in box.named("KeyStage")]
    for stage in stages:
        _results(transfer, cells.get("upn"), stage)
    unknown.watch(node, [found for stage in stages for found in stage.named("StageAssessment")])


def _cell(cells: Cells, child: Node, unknown: Unknown) -> None:
    column = COLUMNS.get(child.name)
    if column is None:
        if child.name not in MODULES | SHAPED | NOT_READ:
            unknown.add(child.name, child.line)
        return
    value = day_of(child.text) if column == "date_of_birth" else child.text
    if cells.get(column) is not None and value is not None and cells[column] != value:
        unknown.add(child.name, child.line)
    cells[column] = cells.get(column) or value


def _shaped(transfer: _Transfer, cells: Cells, child: Node) -> None:
    """Elements of a pupil that have a shape of their own."""
    if child.name == "Languages":
        first = [kind for kind in child.named("Type") if kind.text_at("LanguageType") in {"F", None}]
        cells["first_language"] = first[0].text_at("Language") if first else None
    elif child.name == "LookedAfter":
        cells["looked_after"] = yes_no(child.text_at("InCare"))
    elif child.name == "FSMhistory":
        transfer.meals.append((cells, child))
    elif child.name in {"SENhistory", "SENneeds"}:
        _special_needs(cells, child)
    elif child.name == "Address":
        postcode(cells, child)


def _special_needs(cells: Cells, child: Node) -> None:
    """The provision that began last, and the types of need."""
    boxes = [child, *child.named("SENneeds"), *(box for sen in child.named("SEN") for box in sen.named("SENneeds"))]
    needs(cells, [need for box in boxes for need in box.named("SENneed")])
    began = sorted(child.named("SEN"), key=lambda sen: day_of(sen.text_at("StartDate")) or "")
    if began:
        cells["sen_provision"] = began[-1].text_at("SENprovision")


def _results(transfer: _Transfer, upn: str | None, key_stage: Node) -> None:
    """Rows for the assessments that are ours; others are counted."""
    stage = key_stage.text_at("Stage")
    goals: dict[str | None, dict[str, Node]] = {}
    for found in key_stage.named("StageAssessment"):
        component = found.text_at("Component")
        if stage in _EARLY_YEARS and component in _GOALS:
            goals.setdefault(found.text_at("Year"), {})[component] = found
        elif (row := _result(stage, found)) is not None:
            transfer.results.add(found.line, {"upn": upn, "year": found.text_at("Year"), **row})
        else:
            transfer.other_results += 1
    for year, reached in goals.items():
        _good_level(transfer, upn, year, reached)


def _result(stage: str | None, found: Node) -> Cells | None:
    result = (found.text_at("Result") or "").upper()
    if found.text_at("ResultStatus") not in {"R", None}:
        return None
    for ours in ASSESSMENTS:
        if ours.reads(stage, found) and (value := ours.value(result, found.text_at("ResultQualifier"))) is not None:
            return {"assessment": ours.id, "value": value}
    return None


def _good_level(transfer: _Transfer, upn: str | None, year: str | None, reached: dict[str, Node]) -> None:
    """One row of twelve goals: reached when each is at least expected. Fewer than twelve say nothing."""
    levels = [goal.text_at("Result") or "" for goal in reached.values()]
    if len(levels) < len(_GOALS) or not all(level in {"1", "2", "3"} for level in levels):
        transfer.other_results += len(levels)
        return
    value = "1" if all(int(level) >= _EXPECTED for level in levels) else "0"
    line = min(goal.line for goal in reached.values())
    transfer.results.add(line, {"upn": upn, "year": year, "assessment": "GLD", "value": value})


def _settle(con: duckdb.DuckDBPyConnection, transfer: _Transfer) -> Rows:
    """The rows of the roll, and what only the whole file tells: the school."""
    urn, to = urn_of(con, transfer.source), urn_of(con, transfer.destination)
    for cells in transfer.results.cells:
        cells["urn"] = urn
    for cells, box in transfer.meals:
        cells["fsm_eligible"] = meals(box.named("FSMinstance"), transfer.day)
    roll = Rows("roll")
    for line, cells, stays in transfer.pupils:
        here = [stay for stay in stays if _same(School.read(stay), transfer.source)]
        transfer.other_stays += len(stays) - len(here)
        if not here:
            roll.add(line, {**cells, "urn": urn})
        for stay in here:
            roll.add(stay.line, {**cells, "urn": urn, **_stay(stay, urn, to)})
    return roll


def _stay(stay: Node, urn: str | None, to: str | None) -> Cells:
    left = day_of(stay.text_at("LeavingDate"))
    return {
        "start_date": day_of(stay.text_at("EntryDate")),
        "leaving_date": left,
        "destination_urn": to if left and to != urn else None,
    }


def _same(one: School, other: School) -> bool:
    return bool((one.urn and one.urn == other.urn) or (one.laestab and one.laestab == other.laestab))


def _notes(transfer: _Transfer) -> list[str]:
    told = (
        (transfer.sums, "Sums of attendance of {} pupils were not read: send the register."),
        (transfer.other_results, "{} results of other assessments, or without a value, were not read."),
        (transfer.other_stays, "{} stays at other schools were not read: those schools send their own rolls."),
        (transfer.bare, "{} pupils have results only, and no row on the roll."),
    )
    return [words.format(count) for count, words in told if count]
