"""All that could be true beside what was given out: counts of pupils no lower than 0 that fit every number shown.

A count belongs to a set of schools, to all pupils or one group of a family, and to the pupils a share is out of or to
those a measure counts. Schools that always stand together in what was given out are one block: nobody can tell them
apart. Families and measures are linked by the pupils they share, and no further: nobody ever counted two families at
once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ropewalk.core.disclosure.exploring.steps import Band

ALL = "all"
Schools = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What a count is of; without a ``measure`` the pupils measures are out of, without a ``family`` all pupils."""

    schools: Schools
    measure: str | None = None
    family: str | None = None
    group: str = ALL

    @property
    def pupils(self) -> Cell:
        """The pupils it is out of."""
        return Cell(self.schools, None, self.family, self.group)


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known: a sum of cells, some of them taken away, lies from ``low`` to ``high``."""

    cells: tuple[tuple[Cell, int], ...]
    low: int
    high: int

    @classmethod
    def of(cls, cell: Cell, band: Band) -> Fact:
        """A cell that was rounded to a band."""
        return cls(((cell, 1),), band.low, band.high)

    @property
    def schools(self) -> frozenset[str]:
        """The schools it tells of."""
        return frozenset(school for cell, _ in self.cells for school in cell.schools)


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """What an attacker knows without any number.

    ``families`` has for each family its groups, with the rest where there is any; ``within`` are pairs of measures of
    which the first counts only pupils whom the second counts too.
    """

    families: Mapping[str, tuple[str, ...]]
    measures: tuple[str, ...]
    within: tuple[tuple[str, str], ...] = ()

    def cuts(self) -> Iterator[tuple[str | None, str]]:
        """Family and group of every cell, all pupils first."""
        yield None, ALL
        yield from ((family, group) for family, groups in self.families.items() for group in groups)


def linked(sets: Sequence[frozenset[str]]) -> list[frozenset[str]]:
    """Sets of schools that have to do with each other, put together; each school is in one."""
    found: list[frozenset[str]] = []
    for one in sets:
        near = [other for other in found if other & one]
        found = [other for other in found if not other & one]
        found.append(frozenset().union(one, *near))
    return sorted(found, key=min)


def blocks(sets: Sequence[frozenset[str]]) -> list[Schools]:
    """Schools in blocks: those of a block stand together in every one of these sets or in none."""
    sides: dict[tuple[bool, ...], list[str]] = {}
    for school in sorted(frozenset().union(*sets)):
        sides.setdefault(tuple(school in one for one in sets), []).append(school)
    return [tuple(inside) for inside in sides.values()]
