"""The SafeTable: figures that may be shown.

Figures that a publisher has already released are for everyone. Figures from schools' own returns are for those who may
see these returns, and once they are protected or rounded for others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import InitVar, dataclass
from enum import StrEnum

from ropewalk.core.schema.figure import Figure

_KEY = object()


class Audience(StrEnum):
    """Whom protected figures are for.

    Partners, the schools and trusts of a place, see figures of schools; everyone sees those of the place and its
    phases. Both see the same table: what is hidden from everyone is hidden from partners.
    """

    PARTNERS = "partners"
    EVERYONE = "everyone"


@dataclass(frozen=True, slots=True)
class SafeTable:
    """Figures that may leave the core. Made by functions of this package only; ``audience`` says who may see them."""

    figures: tuple[Figure, ...]
    audience: str
    key: InitVar[object] = None

    def __post_init__(self, key: object) -> None:
        """Refuse to be made anywhere else, a changed copy of one that was made here included."""
        if key is not _KEY:
            raise TypeError("A SafeTable is made by ropewalk.core.disclosure, nowhere else.")

    def __iter__(self) -> Iterator[Figure]:
        """Figures in the order they were given."""
        return iter(self.figures)

    def only(self, wanted: Callable[[Figure], bool]) -> SafeTable:
        """Some of the figures, for the same audience."""
        return SafeTable(tuple(figure for figure in self.figures if wanted(figure)), self.audience, _KEY)

    def beside(self, other: SafeTable) -> SafeTable:
        """These figures and then those of another table. Raises ValueError when it is for another audience."""
        if other.audience != self.audience:
            raise ValueError("Tables for two audiences do not stand in one.")
        return SafeTable(self.figures + other.figures, self.audience, _KEY)

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


def for_those_who_see_returns(figures: Iterable[Figure]) -> SafeTable:
    """Figures as they are counted, small ones too: for whoever may see the returns they are counted from.

    Those are a school's or trust's own people for its figures, and local administrators for all; nobody else.
    """
    return SafeTable(tuple(figures), "whoever sees the returns", _KEY)


def for_the_school_itself(figures: Iterable[Figure], school: str) -> SafeTable:
    """A school's own figures as they are counted, for that school and nobody else.

    Raises ValueError when a figure is of another school, or of more than one: then it tells of others.
    """
    kept = tuple(figures)
    if any(figure.school != school for figure in kept):
        raise ValueError("A school sees its own true figures, and no others.")
    return SafeTable(kept, "the school itself", _KEY)


def rounded_for_analysts(figures: Iterable[Figure]) -> SafeTable:
    """Figures made of rounded counts, audited by ``exploring`` alone (a test sees to that)."""
    return SafeTable(tuple(figures), "analysts", _KEY)


def protected_for(audience: Audience, figures: Iterable[Figure]) -> SafeTable:
    """Figures of a table that was protected; for ``shares`` alone, which protects it (a test sees to that)."""
    return SafeTable(tuple(figures), audience.value, _KEY)
