"""How a return is declared: the files schools send, their columns, and what each column holds.

Templates with instructions, readers, checks, documentation and made-up data all follow from these declarations.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FieldKind(StrEnum):
    """What the text of a cell must be."""

    TEXT = "text"
    URN = "urn"
    UPN = "upn"
    DATE = "date"
    MONDAY = "monday"
    CODE = "code"
    WHOLE = "whole"
    DECIMAL = "decimal"
    MARKS = "marks"
    MARK = "mark"
    POSTCODE = "postcode"


class Sensitivity(StrEnum):
    """How much a cell says about a child. Personal and special cells never appear in messages, logs or addresses."""

    INTERNAL = "internal"
    PERSONAL = "personal"
    SPECIAL = "special"


@dataclass(frozen=True, kw_only=True)
class Field:
    """One column. ``needed`` cells must hold something. ``says`` is the instruction a school office reads."""

    name: str
    title: str
    kind: FieldKind
    says: str
    example: str
    needed: bool = False
    code_set: str | None = None
    sensitivity: Sensitivity = Sensitivity.PERSONAL
    lowest: int | None = None
    highest: int | None = None

    def __post_init__(self) -> None:
        """Refuse a column of codes without its set, and a set without a column of codes."""
        if (self.kind is FieldKind.CODE) != (self.code_set is not None):
            raise ValueError(f"column '{self.name}': code_set belongs to columns of kind CODE, and to all of them")


class Span(StrEnum):
    """What a newer return takes the place of, for the children it names."""

    ACADEMIC_YEAR = "academic_year"
    WEEK = "week"
    EVENT = "event"


@dataclass(frozen=True, kw_only=True)
class ReturnFile:
    """One kind of file. ``row`` says what one row is; ``key`` names the columns that tell its rows apart.

    ``span`` says what a newer return replaces: everything of a child at a school in an academic year (roll), in a week
    (register), or the same event (suspensions, moves, results).
    """

    id: str
    title: str
    row: str
    what_for: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    span: Span

    def __post_init__(self) -> None:
        """Refuse a key that names no column, and columns of the same name."""
        names = [field.name for field in self.fields]
        if len(names) != len(set(names)) or not set(self.key) <= set(names):
            raise ValueError(f"return '{self.id}': columns must have names of their own, and the key must name columns")

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns in the order of the template."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """The column of a name; KeyError when there is none."""
        return {field.name: field for field in self.fields}[name]
