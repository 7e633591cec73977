"""Coverage of a place by purpose: how many schools share, and how many pupils they have.

How many pupils a school has is known to the room that reads returns. It stands above this one and tells by putting a
function into ``SOURCES``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ropewalk.site.foundation.numbers import quantity
from ropewalk.site.foundation.terms.purposes import Purpose

# Pupils by URN for the schools of a place (by code); None where nobody knows.
Headcounts = Mapping[int, int | None]
SOURCES: list[Callable[[str], Headcounts]] = []


@dataclass(frozen=True)
class Coverage:
    """Schools and pupils covered for one purpose; ``pupils`` is None where those of some school are not known."""

    purpose: Purpose
    covered_schools: int
    schools: int
    covered_pupils: int
    pupils: int | None

    @property
    def of_schools(self) -> str:
        """``12 of 14 schools``."""
        return f"{self.covered_schools:,} of {self.schools:,} school{'' if self.schools == 1 else 's'}"

    @property
    def of_pupils(self) -> str:
        """``6,120 of 7,000 pupils (87.4%)``."""
        if not self.pupils:
            return f"{self.covered_pupils:,} pupils, of how many is not known"
        share = quantity(100 * self.covered_pupils / self.pupils, "percent")
        return f"{self.covered_pupils:,} of {self.pupils:,} pupils ({share})"


def headcounts(place: str) -> Headcounts:
    """Pupils of the schools of a place, as far as anybody knows."""
    return {urn: pupils for source in SOURCES for urn, pupils in source(place).items()}


def coverage(
    offered: frozenset[Purpose], shared: Mapping[int, frozenset[Purpose]], pupils: Headcounts
) -> list[Coverage]:
    """Coverage for each purpose that terms name, out of every school of the place that is known at all."""
    schools = shared.keys() | pupils.keys()
    known = [pupils.get(urn) for urn in schools]
    everyone = None if None in known else sum(number or 0 for number in known)
    found = []
    for purpose in (one for one in Purpose if one in offered):
        covered = [urn for urn in schools if purpose in shared.get(urn, frozenset())]
        counted = sum(pupils.get(urn) or 0 for urn in covered)
        found.append(Coverage(purpose, len(covered), len(schools), counted, everyone))
    return found
