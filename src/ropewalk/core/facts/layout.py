"""What the facts hold: one table for each subject, each column with its type and meaning.

Facts know a child only as a number (``record``, see ``identity``): no name, no unique pupil number, no birthday. Each
table is Parquet files, one for each submission. ``school`` is the URN. Sessions are half days.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column: name, DuckDB type, meaning."""

    name: str
    type: str
    says: str


@dataclass(frozen=True, slots=True)
class FactTable:
    """A table of facts. ``key`` tells rows apart; of two rows with one key the one recorded later holds."""

    id: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def ddl(self) -> str:
        """Names and types, as CREATE TABLE wants them."""
        return ", ".join(f'"{column.name}" {column.type}' for column in self.columns)


_SCHOOL = Column("school", "INTEGER", "URN of the school")
_RECORD = Column("record", "INTEGER", "number of the pupil record, never of use outside this store")

ROLL = FactTable(
    "roll",
    "an enrolment in an academic year",
    # Whatever a later return says of a child at a school in a year takes the place of all that was said before.
    ("school", "record", "year"),
    (
        _SCHOOL,
        _RECORD,
        Column("year", "VARCHAR", "academic year, as 2024/25"),
        Column("start", "DATE", "first day on roll"),
        Column("leaving", "DATE", "last day on roll; NULL while on roll"),
        Column("leaving_reason", "VARCHAR", "code set leaving_reason"),
        Column("destination", "INTEGER", "URN of the next school"),
        Column("status", "VARCHAR", "code set enrolment_status"),
        Column("year_group", "VARCHAR", "code set year_group"),
        Column("sex", "VARCHAR", "F or M"),
        Column("ethnicity", "VARCHAR", "four letters"),
        Column("first_language", "VARCHAR", "three letters"),
        Column("fsm", "BOOLEAN", "eligible for free school meals"),
        Column("disadvantaged", "BOOLEAN", "disadvantaged"),
        Column("sen", "VARCHAR", "N, K or E"),
        Column("sen_type_1", "VARCHAR", "code set sen_type"),
        Column("sen_type_2", "VARCHAR", "code set sen_type"),
        Column("looked_after", "BOOLEAN", "looked after"),
        Column("child_in_need", "BOOLEAN", "in need"),
        Column("young_carer", "BOOLEAN", "cares for somebody"),
        Column("service_child", "BOOLEAN", "a parent serves in the armed forces"),
    ),
)
ATTENDANCE = FactTable(
    "attendance",
    "a pupil's week at a school",
    ("school", "record", "week"),
    (
        _SCHOOL,
        _RECORD,
        Column("week", "DATE", "its Monday"),
        Column("marks", "VARCHAR", "ten codes with single spaces, Monday morning to Friday afternoon, as sent"),
        Column("possible", "UTINYINT", "possible sessions: present + approved + authorised + unauthorised"),
        Column("present", "UTINYINT", "sessions present"),
        Column("approved", "UTINYINT", "sessions of approved educational activity"),
        Column("authorised", "UTINYINT", "sessions of authorised absence"),
        Column("unauthorised", "UTINYINT", "sessions of unauthorised absence"),
        Column("late", "UTINYINT", "sessions late, before (L) or after (U) the register closed"),
        Column("part_time", "UTINYINT", "sessions off under a part-time timetable (C2)"),
        Column("suspended", "UTINYINT", "sessions suspended or excluded without provision (E)"),
        Column("illness", "UTINYINT", "sessions ill (I)"),
    ),
)
SUSPENSIONS = FactTable(
    "suspensions",
    "a suspension or permanent exclusion",
    ("school", "record", "category", "start"),
    (
        _SCHOOL,
        _RECORD,
        Column("category", "VARCHAR", "code set suspension_category"),
        Column("start", "DATE", "first day"),
        Column("sessions", "SMALLINT", "length in half days; NULL for a permanent exclusion"),
        Column("reason_1", "VARCHAR", "code set suspension_reason"),
        Column("reason_2", "VARCHAR", "code set suspension_reason"),
        Column("reason_3", "VARCHAR", "code set suspension_reason"),
        Column("in_alternative_provision", "BOOLEAN", "education arranged from the sixth day"),
        Column("cancelled", "BOOLEAN", "cancelled: kept, and never counted"),
    ),
)
MOVES = FactTable(
    "moves",
    "a move or part-time arrangement",
    ("school", "record", "kind", "start"),
    (
        Column("school", "INTEGER", "URN of the school the pupil comes from, which sends the row"),
        _RECORD,
        Column("kind", "VARCHAR", "code set move_kind"),
        Column("to_school", "INTEGER", "URN of the school the pupil goes to"),
        Column("start", "DATE", "first day"),
        Column("review", "DATE", "next review"),
        Column("end", "DATE", "last day; NULL while it goes on"),
        Column("outcome", "VARCHAR", "how it ended, as sent"),
        Column("agreed_by_parent", "BOOLEAN", "a parent agreed"),
        Column("hours_per_week", "DOUBLE", "hours of education a week"),
    ),
)
RESULTS = FactTable(
    "results",
    "a result of an assessment",
    ("school", "record", "year", "assessment"),
    (
        _SCHOOL,
        _RECORD,
        Column("year", "VARCHAR", "academic year, as 2024/25"),
        Column("assessment", "VARCHAR", "code set assessment"),
        Column("value", "DOUBLE", "score, grade, mark; 1 or 0"),
    ),
)
FACT_TABLES = {table.id: table for table in (ROLL, ATTENDANCE, SUSPENSIONS, MOVES, RESULTS)}
