"""How a worked example is declared: small tables in, figures out, both as text that people read too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ropewalk.core.engines.plan import Count, Level, Plan, over_returns, span
from ropewalk.core.engines.relations import RELATIONS, Rows
from ropewalk.core.schema.calendar import academic_year

COUNTED = ("level", "key", "measure", "phase", "group", "period", "numerator", "denominator")
# What a row need not say: most pupils have one record, and a day tells its year.
_YEAR_OF = {"attendance": "week", "suspension": "start", "move": "start"}


@dataclass(frozen=True, kw_only=True)
class Example:
    """A made-up handful of pupils and every figure that follows for some measures, groups, periods and levels.

    ``tables`` holds a text table for each relation: a line of column names, then a line for each row, cells with ``|``
    between them; an empty cell has no value. A record's number is that of its child, and the year that of the day,
    where no column says otherwise. ``figures`` is such a table too, with the columns of ``Count``. ``says`` are
    paragraphs of Markdown. ``sent`` as in ``Plan``.
    """

    title: str
    says: Sequence[str]
    tables: Mapping[str, str]
    figures: str
    today: date = date(2025, 9, 1)
    sent: frozenset[tuple[int, str]] | None = None

    def __post_init__(self) -> None:
        """Refuse tables of no relation and columns none has."""
        for name, text in self.tables.items():
            unknown = set(_split(text.strip().splitlines()[0])) - RELATIONS.get(name, {}).keys()
            if unknown:
                raise ValueError(f"example '{self.title}': the relation '{name}' has no {', '.join(sorted(unknown))}")

    @property
    def rows(self) -> Rows:
        """The tables as every engine reads them."""
        return {name: [_row(name, cells) for cells in read(self.tables.get(name, ""))] for name in RELATIONS}

    @property
    def counts(self) -> list[Count]:
        """The figures that must come out."""
        return [_count(cells) for cells in read(self.figures)]

    @property
    def plan(self) -> Plan:
        """What is asked: the measures, groups, periods and levels of the figures, nothing else."""
        wanted = self.counts
        return Plan(
            measures=over_returns(sorted({count.measure for count in wanted})),
            spans=tuple(span(period) for period in sorted({count.period for count in wanted})),
            today=self.today,
            levels=frozenset(Level(count.level) for count in wanted),
            phases=frozenset(count.phase for count in wanted),
            groups=frozenset(count.group for count in wanted),
            sent=self.sent,
        )


def read(text: str) -> list[dict[str, str]]:
    """Rows of a text table."""
    lines = [_split(line) for line in text.strip().splitlines() if line.strip()]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def _split(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def _row(name: str, cells: Mapping[str, str]) -> dict[str, Any]:
    row = {column: _value(cells.get(column, ""), kind) for column, kind in RELATIONS[name].items()}
    if "record" in row and row["record"] is None:
        row["record"] = row["child"]
    if name in _YEAR_OF and row["year"] is None:
        row["year"] = academic_year(row[_YEAR_OF[name]])
    if name == "attendance":
        row |= {column: 0 for column, value in row.items() if value is None}
    return row


def _value(cell: str, kind: str) -> Any:  # noqa: ANN401 - a cell is of the type its column says
    if not cell:
        return None
    if kind == "DATE":
        return date.fromisoformat(cell)
    if kind == "BOOLEAN":
        return cell == "Y"
    if kind == "DOUBLE":
        return float(cell)
    return int(cell) if kind in ("INTEGER", "SMALLINT") else cell


def _count(cells: Mapping[str, str]) -> Count:
    numbers = {name: int(cells[name]) if cells[name] else None for name in COUNTED[-2:]}
    words = {name: cells.get(name, "all") for name in COUNTED[:-2]}
    return Count(**words, **numbers)  # type: ignore[arg-type]
