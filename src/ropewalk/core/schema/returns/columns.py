"""Columns that several returns have."""

from __future__ import annotations

from ropewalk.core.schema.returns.declaration import Field, FieldKind, Sensitivity

URN = Field(
    name="urn",
    title="School (URN)",
    kind=FieldKind.URN,
    says="The school's unique reference number: six digits, as in the national register of schools.",
    example="113533",
    needed=True,
    sensitivity=Sensitivity.INTERNAL,
)
UPN = Field(
    name="upn",
    title="Unique pupil number",
    kind=FieldKind.UPN,
    says="The pupil's unique pupil number: a letter, eleven digits, a last digit or letter. Format the column as text.",
    example="B801200005001",
    needed=True,
)


def code(  # noqa: PLR0913 - a column has so many sides
    name: str, title: str, says: str, example: str, *, code_set: str, needed: bool = False, special: bool = False
) -> Field:
    """A column of codes."""
    return Field(
        name=name,
        title=title,
        kind=FieldKind.CODE,
        code_set=code_set,
        says=says,
        example=example,
        needed=needed,
        sensitivity=Sensitivity.SPECIAL if special else Sensitivity.PERSONAL,
    )


def yes_no(name: str, title: str, says: str, *, example: str = "N", special: bool = False) -> Field:
    """A column of Y and N."""
    return code(name, title, f"{says} Y for yes, N for no.", example, code_set="yes_no", special=special)


def day(name: str, title: str, says: str, example: str, *, needed: bool = False) -> Field:
    """A column of dates."""
    return Field(name=name, title=title, kind=FieldKind.DATE, says=says, example=example, needed=needed)
