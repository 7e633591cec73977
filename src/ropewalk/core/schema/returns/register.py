"""The register, a week to a row: ten marks from Monday morning to Friday afternoon."""

from __future__ import annotations

from ropewalk.core.schema.returns.columns import UPN, URN
from ropewalk.core.schema.returns.declaration import Field, FieldKind, ReturnFile, Span

RETURN = ReturnFile(
    id="register",
    title="Register",
    row="a pupil's week at a school",
    what_for="Shows who was in school, late or absent, week by week.",
    fields=(
        URN,
        UPN,
        Field(
            name="week_beginning",
            title="Week beginning",
            kind=FieldKind.MONDAY,
            says="The Monday of the week.",
            example="2025-09-08",
            needed=True,
        ),
        Field(
            name="marks",
            title="Marks",
            kind=FieldKind.MARKS,
            says=(
                "Ten marks with single spaces between them, Monday morning to Friday afternoon. "
                "Write - where no mark was taken."
            ),
            example="/ \\ / \\ L \\ I I / \\",
            needed=True,
        ),
    ),
    key=("urn", "upn", "week_beginning"),
    span=Span.WEEK,
)
