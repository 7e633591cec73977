"""How a publication is declared: its files, columns, marks, and which of its cells are figures of which measure.

Expressions (``Column``, ``Fixed``, ``Mapped``, ``Sql``) say where place, period, phase and group of a figure come
from. They become SQL over a table that holds the file's cells as text; every column of it is named as in the file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch

from ropewalk.core.open_data.marks import USUAL_MARKS
from ropewalk.core.schema.missing import Missing

OGL = "Open Government Licence v3.0"


def quoted(identifier: str) -> str:
    """A column name as an SQL identifier."""
    return '"' + identifier.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


@dataclass(frozen=True)
class Sql:
    """An SQL expression over the file's columns (text), or over macros of ``staging``."""

    expression: str

    def sql(self) -> str:
        """The expression itself."""
        return self.expression


@dataclass(frozen=True)
class Column:
    """The cell of one column, as it stands."""

    name: str

    def sql(self) -> str:
        """Trimmed cell; an empty cell is NULL."""
        return f"nullif(trim({quoted(self.name)}), '')"


@dataclass(frozen=True)
class Fixed:
    """The same value for every row."""

    value: str

    def sql(self) -> str:
        """The value as a literal."""
        return literal(self.value)


@dataclass(frozen=True)
class Mapped:
    """The cell of a column looked up; a cell that is not in ``to`` gives no figure."""

    column: str
    to: Mapping[str, str]

    def sql(self) -> str:
        """A CASE expression."""
        cases = " ".join(f"WHEN {literal(key)} THEN {literal(str(value))}" for key, value in self.to.items())
        return f"CASE trim({quoted(self.column)}) {cases} END"


Expression = Sql | Column | Fixed | Mapped


@dataclass(frozen=True, kw_only=True)
class Cut:
    """Cells of one column that are figures of one measure.

    ``times`` multiplies the published value (100 where shares are published as fractions). ``places`` rounds it; left
    out, the value is the published one as it stands (a multiplied one is freed of the noise that leaves).
    Expressions left out are taken from the publication. ``where`` leaves rows out.
    """

    measure: str
    value: str
    numerator: str | None = None
    denominator: str | None = None
    times: int = 1
    places: int | None = None
    place: Expression | None = None
    school: Expression | None = None
    period: Expression | None = None
    phase: Expression | None = None
    group: Expression | None = None
    where: str | None = None


@dataclass(frozen=True, kw_only=True)
class Computed:
    """Figures worked out from several rows of the file.

    ``select`` is SQL over ``{t}`` giving the columns place_ref, measure, phase, grp, period, value, numerator,
    denominator, row (of the first row used); ``calculation`` says in words what was done.
    """

    select: str
    calculation: str
    measures: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Register:
    """Rows the file adds to a register of the store: ``school``, ``school_link`` or ``neighbour``.

    ``select`` is SQL over ``{t}`` naming the register's columns (see ``staging.REGISTERS``).
    """

    register: str
    select: str


@dataclass(frozen=True, kw_only=True)
class Publication:
    """One family of published files.

    ``text`` and ``numbers`` are the columns every file of the family has; ``optional_*`` those some editions have.
    ``other_numbers`` is a pattern for further number columns of wide files. A file is recognised by its columns;
    ``files`` (name patterns) recognise one that lost some. ``source_address`` is where ``ropewalk fetch`` gets it.
    """

    id: str
    title: str
    publisher: str
    page: str
    files: tuple[str, ...]
    text: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    optional_text: tuple[str, ...] = ()
    optional_numbers: tuple[str, ...] = ()
    other_numbers: str | None = None
    marks: Mapping[str, Missing] = field(default_factory=lambda: USUAL_MARKS)
    encodings: tuple[str, ...] = ("utf-8", "cp1252")
    multiline: bool = False
    place: Expression | None = None
    school: Expression | None = None
    period: Expression | None = None
    phase: Expression = Fixed("all")
    group: Expression = Fixed("all")
    where: str | None = None
    cuts: tuple[Cut, ...] = ()
    computed: tuple[Computed, ...] = ()
    registers: tuple[Register, ...] = ()
    edition: str | None = None
    precedence: int = 50
    licence: str = OGL
    source_address: str | None = None
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a declaration that contradicts itself."""
        twice = {name for name in self.declared if self.declared.count(name) > 1}
        if twice:
            raise ValueError(f"publication '{self.id}' declares {sorted(twice)} twice")
        if self.cuts and self.place is None and any(cut.place is None for cut in self.cuts):
            raise ValueError(f"publication '{self.id}' has cuts without a place")
        if self.cuts and self.period is None and any(cut.period is None for cut in self.cuts):
            raise ValueError(f"publication '{self.id}' has cuts without a period")

    @property
    def required(self) -> frozenset[str]:
        """Columns every file of the family has."""
        return frozenset((*self.text, *self.numbers))

    @property
    def declared(self) -> tuple[str, ...]:
        """Every column named in the declaration, whether each edition has it or not."""
        return (*self.text, *self.numbers, *self.optional_text, *self.optional_numbers)

    def is_number(self, column: str) -> bool:
        """Whether the cells of a column are numbers or marks."""
        if column in self.numbers or column in self.optional_numbers:
            return True
        return bool(self.other_numbers and column not in self.text and re.fullmatch(self.other_numbers, column))

    def knows(self, column: str) -> bool:
        """Whether a column is declared at all."""
        return column in self.text or column in self.optional_text or self.is_number(column)

    def has_name_of(self, file_name: str) -> bool:
        """Whether a file is called as the files of this family are."""
        return any(fnmatch(file_name.lower(), pattern.lower()) for pattern in self.files)
