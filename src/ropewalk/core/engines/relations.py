"""The relations engines read: names, columns and types of what ``ropewalk.core.facts.assembling`` makes.

A *school* row is a school; an *enrolment* row is a stretch of a record on a roll in an academic year; an *attendance*
row is a record's week at a school, in sessions. ``child`` is the number all records of one child share.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

# DuckDB types, which Parquet and Spark have under names of their own.
RELATIONS: dict[str, dict[str, str]] = {
    "school": {
        "school": "INTEGER",
        "name": "VARCHAR",
        "place": "VARCHAR",
        "phase": "VARCHAR",
        "trust": "VARCHAR",
    },
    "enrolment": {
        "school": "INTEGER",
        "record": "INTEGER",
        "child": "INTEGER",
        "year": "VARCHAR",
        "start": "DATE",
        "leaving": "DATE",
        "leaving_reason": "VARCHAR",
        "destination": "INTEGER",
        "status": "VARCHAR",
        "year_group": "VARCHAR",
        "sex": "VARCHAR",
        "ethnicity": "VARCHAR",
        "first_language": "VARCHAR",
        "fsm": "BOOLEAN",
        "disadvantaged": "BOOLEAN",
        "sen": "VARCHAR",
        "looked_after": "BOOLEAN",
        "child_in_need": "BOOLEAN",
    },
    "attendance": {
        "school": "INTEGER",
        "record": "INTEGER",
        "child": "INTEGER",
        "year": "VARCHAR",
        "week": "DATE",
        "possible": "SMALLINT",
        "present": "SMALLINT",
        "approved": "SMALLINT",
        "authorised": "SMALLINT",
        "unauthorised": "SMALLINT",
        "late": "SMALLINT",
        "part_time": "SMALLINT",
        "suspended": "SMALLINT",
        "illness": "SMALLINT",
    },
    "suspension": {
        "school": "INTEGER",
        "record": "INTEGER",
        "child": "INTEGER",
        "year": "VARCHAR",
        "category": "VARCHAR",
        "start": "DATE",
        "sessions": "INTEGER",
        "reason_1": "VARCHAR",
        "reason_2": "VARCHAR",
        "reason_3": "VARCHAR",
    },
    "move": {
        "school": "INTEGER",
        "record": "INTEGER",
        "child": "INTEGER",
        "year": "VARCHAR",
        "kind": "VARCHAR",
        "to_school": "INTEGER",
        "start": "DATE",
        "review": "DATE",
        "end": "DATE",
        "outcome": "VARCHAR",
        "agreed_by_parent": "BOOLEAN",
        "hours_per_week": "DOUBLE",
    },
    "result": {
        "school": "INTEGER",
        "record": "INTEGER",
        "child": "INTEGER",
        "year": "VARCHAR",
        "assessment": "VARCHAR",
        "value": "DOUBLE",
    },
}

# Rows of the relations as plain Python sees them: one mapping of column to value for each row.
Rows = Mapping[str, Sequence[Mapping[str, Any]]]
