"""The register, a mark to a row: what systems export that know no weeks."""

from __future__ import annotations

from ropewalk.core.schema.returns.columns import UPN, URN, code, day
from ropewalk.core.schema.returns.declaration import Field, FieldKind, ReturnFile, Span

RETURN = ReturnFile(
    id="marks",
    title="Marks",
    row="one mark: a pupil at a school in a session",
    what_for="The same as the register, for systems that export a row for each mark. Send one or the other.",
    fields=(
        URN,
        UPN,
        day("date", "Date", "The day of the session.", "2025-09-08", needed=True),
        code("session", "Session", "AM or PM.", "AM", code_set="session", needed=True),
        Field(
            name="code",
            title="Attendance code",
            kind=FieldKind.MARK,
            says="The national attendance code, such as / or I.",
            example="/",
            needed=True,
        ),
    ),
    key=("urn", "upn", "date", "session"),
    span=Span.WEEK,
)
