"""Moves: managed moves, directions off site, part-time timetables, home education, missing education."""

from __future__ import annotations

from ropewalk.core.schema.returns.columns import UPN, URN, code, day, yes_no
from ropewalk.core.schema.returns.declaration import Field, FieldKind, ReturnFile, Sensitivity, Span


def _school(name: str, title: str, says: str) -> Field:
    return Field(
        name=name,
        title=title,
        kind=FieldKind.URN,
        says=says,
        example=URN.example if name == "from_urn" else "",
        needed=name == "from_urn",
        sensitivity=Sensitivity.INTERNAL,
    )


RETURN = ReturnFile(
    id="moves",
    title="Moves",
    row="one move or part-time arrangement of a pupil",
    what_for="Shows which children move between schools, are taught part time or leave the roll, and how it ended.",
    fields=(
        UPN,
        code("kind", "Kind", "What sort of move it is.", "managed_move", code_set="move_kind", needed=True),
        _school("from_urn", "School the pupil comes from (URN)", "The school that sends this row."),
        _school("to_urn", "School the pupil goes to (URN)", "Blank where there is none, as for home education."),
        day("start_date", "First day", "The day it began.", "2025-11-03", needed=True),
        day("review_date", "Review", "The day of the next review.", "2025-12-15"),
        day("end_date", "Last day", "The day it ended. Blank while it goes on.", ""),
        Field(
            name="outcome",
            title="Outcome",
            kind=FieldKind.TEXT,
            says="How it ended, in a few words without names.",
            example="",
        ),
        yes_no("agreed_by_parent", "Agreed by a parent", "Did a parent agree?", example="Y"),
        Field(
            name="hours_per_week",
            title="Hours a week",
            kind=FieldKind.DECIMAL,
            says="Hours of education a week, for a part-time timetable or a placement.",
            example="",
            lowest=0,
            highest=40,
        ),
    ),
    key=("upn", "kind", "from_urn", "start_date"),
    span=Span.EVENT,
)
