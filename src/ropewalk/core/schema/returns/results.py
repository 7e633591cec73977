"""Results of assessments."""

from __future__ import annotations

from ropewalk.core.schema.returns.columns import UPN, URN, code
from ropewalk.core.schema.returns.declaration import Field, FieldKind, ReturnFile, Sensitivity, Span

RETURN = ReturnFile(
    id="results",
    title="Results",
    row="one result of a pupil",
    what_for="Shows what children achieve, and whether gaps close.",
    fields=(
        URN,
        UPN,
        Field(
            name="year",
            title="Academic year",
            kind=FieldKind.TEXT,
            says="The academic year of the assessment, written 2024/25 (202425 and 2025 are understood).",
            example="2024/25",
            needed=True,
            sensitivity=Sensitivity.INTERNAL,
        ),
        code("assessment", "Assessment", "Which assessment.", "KS2_READING", code_set="assessment", needed=True),
        Field(
            name="value",
            title="Result",
            kind=FieldKind.DECIMAL,
            says="The score, grade or mark as a number; for GLD and KS2_WRITING 1 or 0.",
            example="104",
            needed=True,
            lowest=-10,
            highest=200,
        ),
    ),
    key=("urn", "upn", "year", "assessment"),
    span=Span.EVENT,
)
