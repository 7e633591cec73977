"""The figure: one number about pupils, or the reason why there is none, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ropewalk.core.schema.missing import Missing


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure comes from: publication, edition, file, checksum of the uncompressed bytes, row.

    ``row`` counts as a spreadsheet does (the header is row 1). ``calculation`` says in words how a value
    was worked out when it is not one cell of the file.

    A figure from schools' own returns (``kind`` "returns") has no file: ``edition`` says when this was known, and
    ``submissions`` are the receipts it rests on.
    """

    kind: str
    publication: str
    title: str
    edition: str
    file: str
    sha256: str
    row: int | None
    calculation: str | None = None
    submissions: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Shape of the contract, with the calculation where there is one."""
        shape: dict[str, Any] = {
            "kind": self.kind,
            "publication": self.publication,
            "title": self.title,
            "edition": self.edition,
            "file": self.file,
            "sha256": self.sha256,
            "row": self.row,
        }
        if self.calculation:
            shape["calculation"] = self.calculation
        if self.kind == "returns":
            shape |= {"file": None, "sha256": None, "submissions": list(self.submissions)}
        return shape


@dataclass(frozen=True, slots=True)
class Figure:
    """A value in the measure's unit, or ``missing``; counts are whole numbers where the publication gives them.

    ``raw`` is the cell's text as published. ``school`` is the URN (or the LAESTAB where the publication has no URN).
    """

    place: str
    school: str | None
    measure: str
    phase: str
    group: str
    period: str
    value: float | None
    unit: str
    numerator: int | None
    denominator: int | None
    missing: Missing | None
    raw: str
    source: Source
    definition_version: int = 1

    def __post_init__(self) -> None:
        """A figure has a value or a reason, never both and never neither."""
        if (self.value is None) == (self.missing is None):
            raise ValueError(f"A figure needs a value or a reason, not both: {self.measure} {self.place} {self.period}")

    def as_json(self) -> dict[str, Any]:
        """Shape of the contract."""
        return {
            "place": self.place,
            "school": self.school,
            "measure": self.measure,
            "phase": self.phase,
            "group": self.group,
            "period": self.period,
            "value": self.value,
            "unit": self.unit,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "missing": self.missing.value if self.missing else None,
            "raw": self.raw,
            "source": self.source.as_json(),
            "definition": {"id": self.measure, "version": self.definition_version},
        }
