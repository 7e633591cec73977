"""The SafeTable: figures that may be shown.

Figures that a publisher has already released are for everyone. Figures from schools' own returns are for local
administrators, who may see every school's returns; protected ones will be for others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ropewalk.core.schema.figure import Figure

_KEY = object()


@dataclass(frozen=True, slots=True)
class SafeTable:
    """Figures that may leave the core. Made by functions of this package only; ``audience`` says who may see them."""

    figures: tuple[Figure, ...]
    audience: str
    key: object = None

    def __post_init__(self) -> None:
        """Refuse to be made anywhere else."""
        if self.key is not _KEY:
            raise TypeError("A SafeTable is made by ropewalk.core.disclosure, nowhere else.")

    def __iter__(self) -> Iterator[Figure]:
        """Figures in the order they were given."""
        return iter(self.figures)

    def __len__(self) -> int:
        """Number of figures."""
        return len(self.figures)


def already_published(figures: Iterable[Figure]) -> SafeTable:
    """Figures whose source is a publication: released to everyone by its publisher, who hid what had to be hidden.

    Raises ValueError when a figure comes from anywhere else.
    """
    kept = tuple(figures)
    for figure in kept:
        if figure.source.kind != "published":
            raise ValueError(f"A figure of {figure.measure} is not published; it must be protected before it is shown.")
    return SafeTable(kept, "everyone", _KEY)


def for_local_administrator(figures: Iterable[Figure]) -> SafeTable:
    """Figures as they are counted, small ones too: for whoever may see every school's returns, and nobody else."""
    return SafeTable(tuple(figures), "local administrators", _KEY)
