"""How a set of codes is declared: each code with its words and the academic years in which it may be used."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """One code. ``since`` and ``until`` are the first and last academic year it may be used; ``None`` is open."""

    code: str
    words: str
    since: str | None = None
    until: str | None = None

    def in_force(self, academic_year: str) -> bool:
        """Whether the code may be used in an academic year such as ``2024/25``."""
        return (self.since is None or self.since <= academic_year) and (
            self.until is None or academic_year <= self.until
        )


@dataclass(frozen=True, slots=True)
class CodeSet:
    """Codes of one kind. ``source`` names where they are set down; ``id`` is the name of its module."""

    id: str
    title: str
    source: str
    codes: tuple[Code, ...]

    def __post_init__(self) -> None:
        """Refuse a set in which a code is declared twice."""
        names = [code.code for code in self.codes]
        if len(names) != len(set(names)):
            raise ValueError(f"code set '{self.id}' declares a code twice")

    def in_force(self, academic_year: str) -> tuple[Code, ...]:
        """The codes that may be used in an academic year."""
        return tuple(code for code in self.codes if code.in_force(academic_year))

    def known(self) -> frozenset[str]:
        """Every code that was ever in the set."""
        return frozenset(code.code for code in self.codes)
