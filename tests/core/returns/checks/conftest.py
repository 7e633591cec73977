"""A small return that is in order under every check, with what was sent before saying the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from ropewalk.core.returns.checks import Stage, check
from ropewalk.core.returns.running import run_stage
from ropewalk.core.returns.tables import open_tables

YEAR = "2024/25"
TODAY = date(2025, 1, 20)
ENTRY = date(2024, 9, 3)
WEEK_1, WEEK_2 = date(2024, 11, 11), date(2024, 11, 18)
FRIDAY_1 = WEEK_1 + timedelta(days=4)
NORTH, SOUTH, PRIMARY = 100001, 100002, 100003
ELSEWHERE = 100009
PRESENT = "/ \\ / \\ / \\ / \\ / \\"
FILES = {"roll": 1, "register": 2, "suspensions": 3, "moves": 4, "results": 5}
BORN = {"R": 2020, "2": 2018, "6": 2014, "7": 2013, "8": 2012, "9": 2011, "10": 2010, "12": 2008, "N1": 2022}


@dataclass(frozen=True)
class MadeReturn:
    """Tables of a return in one connection, with a method for each kind of row."""

    con: duckdb.DuckDBPyConnection

    def sql(self, statement: str, *values: object) -> None:
        self.con.execute(statement, values)

    def add(self, kind: str, /, **cells: object) -> int:
        """Put a row at the next line of its file; gives the line."""
        last = self.con.execute(f"SELECT coalesce(max(line), 1) + 1 FROM {kind}").fetchone()  # noqa: S608
        assert last is not None
        cells = {"file": FILES[kind], "line": last[0], **cells}
        names = ", ".join(f'"{name}"' for name in cells)
        marks = ", ".join("?" for _ in cells)
        self.con.execute(f"INSERT INTO {kind} ({names}) VALUES ({marks})", list(cells.values()))  # noqa: S608
        return int(last[0])

    def on_roll(self, urn: int, pupil: str, **cells: object) -> int:
        year_group = str(cells.get("year_group", "7"))
        usual = {
            "year_group": year_group,
            "date_of_birth": date(BORN.get(year_group, 2013), 3, 5),
            "sex": "F",
            "enrolment_status": "C",
            "start_date": ENTRY,
            "year": YEAR,
        }
        return self.add("roll", urn=urn, pupil=pupil, upn=pupil, **{**usual, **cells})

    def week(self, urn: int, pupil: str, week: date, marks: str) -> int:
        return self.add(
            "register",
            urn=urn,
            pupil=pupil,
            upn=pupil,
            week_beginning=week,
            marks=marks,
            week=week,
            year=YEAR,
            codes=marks.split(" "),
        )

    def pupil(self, urn: int, pupil: str, marks_1: str = PRESENT, marks_2: str = PRESENT, **cells: object) -> None:
        """A pupil on roll, with a register of both weeks."""
        self.on_roll(urn, pupil, **cells)
        self.week(urn, pupil, WEEK_1, marks_1)
        self.week(urn, pupil, WEEK_2, marks_2)

    def suspended(self, pupil: str, start: date, sessions: int | None = 2, **cells: object) -> int:
        usual = {"urn": NORTH, "category": "SUSP", "reason_1": "DB", "cancelled": False, "year": YEAR}
        return self.add("suspensions", pupil=pupil, start_date=start, sessions=sessions, **{**usual, **cells})

    def moved(self, pupil: str, kind: str, start: date, **cells: object) -> int:
        usual = {"from_urn": NORTH, "agreed_by_parent": True, "year": YEAR}
        return self.add("moves", pupil=pupil, kind=kind, start_date=start, **{**usual, **cells})

    def result(self, urn: int, pupil: str, assessment: str, value: float) -> int:
        return self.add("results", urn=urn, pupil=pupil, year=YEAR, assessment=assessment, value=value)

    def remember(self) -> None:
        """Let the store hold what the return says now."""
        self.sql("INSERT INTO pupil_record SELECT pupil, row_number() OVER (ORDER BY pupil) FROM roll GROUP BY pupil")
        kinds = {
            "roll": "start_date AS start, leaving_date AS leaving, enrolment_status AS status, year, year_group, sex",
            "attendance": "week, array_to_string(codes, ' ') AS marks",
            "suspensions": "category, start_date AS start, sessions, reason_1, cancelled",
            "results": "year, assessment, value",
        }
        for kind, columns in kinds.items():
            table = "register" if kind == "attendance" else kind
            self.sql(
                f"INSERT INTO known_{kind} BY NAME SELECT urn AS school, record, record AS child, {columns} "  # noqa: S608
                f"FROM {table} JOIN pupil_record USING (pupil)"
            )

    def found(self) -> list[tuple[str, int, int, str | None]]:
        """What all checks of both stages find: check, file, line, detail."""
        run_stage(self.con, Stage.PLAUSIBLE)
        run_stage(self.con, Stage.CONSISTENT)
        return self.con.execute("SELECT check_id, file, line, detail FROM problem ORDER BY ALL").fetchall()

    def astray(self, found: list[tuple[str, int, int, str | None]]) -> list[tuple[str, int, int, str | None]]:
        """Problems that stand at no line of their check's kind of file, or whose detail names a pupil."""
        pupils = {row[0] for row in self.con.execute("SELECT DISTINCT pupil FROM roll").fetchall()}
        lines = {
            (FILES[kind], line)
            for kind in FILES
            for (line,) in self.con.execute(f"SELECT line FROM {kind}").fetchall()  # noqa: S608
        }
        return [
            (rule, file, line, detail)
            for rule, file, line, detail in found
            if (file, line) not in lines
            or file not in {FILES[query.kind] for query in check(rule).queries}
            or any(pupil in (detail or "") for pupil in pupils)
        ]


def _fill(made: MadeReturn) -> None:
    made.sql("INSERT INTO context VALUES (?)", TODAY)
    for kind, number in FILES.items():
        made.sql("INSERT INTO source_file (file, name, kind) VALUES (?, ?, ?)", number, f"{kind}.csv", kind)
    for number in range(7, 13):
        made.pupil(NORTH, f"N{number:02d}")
    for number in range(13, 21):
        made.pupil(NORTH, f"N{number:02d}", year_group="9")
    for number in range(2, 11):
        made.pupil(SOUTH, f"S{number:02d}", year_group="8")
        made.pupil(PRIMARY, f"P{number:02d}", year_group="6")
    made.pupil(SOUTH, "S01", "I I / \\ / \\ / \\ / \\", year_group="8")
    made.pupil(PRIMARY, "P01", "/ \\ / \\ / \\ / L / I", "O O / \\ / \\ / \\ / \\", year_group="6")
    made.pupil(PRIMARY, "P11", "/ X / X / X / X / X", year_group="R", date_of_birth=date(2020, 6, 10))
    made.result(PRIMARY, "P01", "KS2_READING", 104)
    made.result(PRIMARY, "P11", "GLD", 1)
    _fill_stories(made)


def _fill_stories(made: MadeReturn) -> None:
    """Pupils of the northern school of whom more is to be told."""
    made.pupil(NORTH, "N01", "/ \\ E E E E / \\ / \\", fsm_eligible=True, disadvantaged=True)
    made.suspended("N01", date(2024, 11, 12), 4)
    made.pupil(
        NORTH, "N02", "/ C2 / C2 / C2 / C2 / C2", "/ C2 / C2 / C2 / C2 / \\", sen_provision="K", sen_type_1="SEMH"
    )
    made.moved("N02", "part_time_timetable", date(2024, 11, 4), review_date=date(2025, 2, 3))
    made.pupil(NORTH, "N03", "D D D D D D / \\ / \\", "D D D D D D / \\ / \\", enrolment_status="M")
    made.pupil(SOUTH, "N03", "/ \\ / \\ / \\ D D D D", "/ \\ / \\ / \\ D D D D", enrolment_status="S")
    made.moved("N03", "off_site_direction", date(2024, 10, 7), to_urn=SOUTH, review_date=date(2025, 2, 3))
    made.on_roll(NORTH, "N04", leaving_date=FRIDAY_1, leaving_reason="MAN", destination_urn=SOUTH)
    made.week(NORTH, "N04", WEEK_1, PRESENT)
    made.moved("N04", "managed_move", WEEK_2, to_urn=SOUTH)
    made.on_roll(SOUTH, "N04", start_date=WEEK_2)
    made.week(SOUTH, "N04", WEEK_2, PRESENT)
    made.on_roll(NORTH, "N05", leaving_date=FRIDAY_1, leaving_reason="EHE")
    made.week(NORTH, "N05", WEEK_1, PRESENT)
    made.moved("N05", "moved_to_home_education", FRIDAY_1, agreed_by_parent=None)
    made.pupil(
        NORTH,
        "N06",
        "/ \\ / \\ / \\ / E E E",
        "E E E E E E E E E E",
        leaving_date=date(2025, 1, 15),
        leaving_reason="PEX",
    )
    made.suspended("N06", date(2024, 11, 14), None, category="PERM", reason_1="PA")
    made.suspended("N07", date(2024, 12, 2), 1, category="LNCH")


@pytest.fixture(scope="module")
def _kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MadeReturn]:
    con = open_tables(Path(tmp_path_factory.mktemp("scratch")), memory="400MB")
    made = MadeReturn(con)
    _fill(made)
    made.remember()
    yield made
    con.close()


@pytest.fixture
def made(_kept: MadeReturn) -> Iterator[MadeReturn]:
    """The return in order; whatever a test changes is undone after it."""
    _kept.con.execute("BEGIN")
    yield _kept
    _kept.con.execute("ROLLBACK")
