"""Coverage of a place by purpose: how many schools share, and how many pupils they have.

Whether a school has sent anything, and how many pupils it has, is known to the room that reads returns. It stands above
this one and tells by putting a function into ``SOURCES``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ropewalk.site.foundation.numbers import quantity
from ropewalk.site.foundation.terms.purposes import Purpose


@dataclass(frozen=True)
class Headcount:
    """Pupils of a school, None where nobody knows, and whether it has sent what makes it covered."""

    pupils: int | None = None
    has_sent: bool = False


NOTHING_KNOWN = Headcount()
Headcounts = Mapping[int, Headcount]
# Headcounts by URN for the schools of a place (by code).
SOURCES: list[Callable[[str], Headcounts]] = []


@dataclass(frozen=True)
class Coverage:
    """Schools and pupils covered for one purpose: the school has accepted it and has sent its returns.

    ``pupils`` is None where those of some school are not known.
    """

    purpose: Purpose
    accepted: int
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

    @property
    def roughly(self) -> str:
        """``about 87% of pupils``, for whoever may not see how many children are on roll."""
        if not self.pupils:
            return ""
        return f"about {quantity(100 * self.covered_pupils / self.pupils, 'percent', decimals=0)} of pupils"


def headcounts(place: str) -> Headcounts:
    """What is known of the schools of a place."""
    return {urn: known for source in SOURCES for urn, known in source(place).items()}


def coverage(
    offered: frozenset[Purpose], shared: Mapping[int, frozenset[Purpose]], known: Headcounts
) -> list[Coverage]:
    """Coverage for each purpose that terms name, out of every school of the place that is known at all."""
    schools = {urn: known.get(urn, NOTHING_KNOWN) for urn in shared.keys() | known.keys()}
    pupils = [one.pupils for one in schools.values()]
    everyone = None if None in pupils else sum(number or 0 for number in pupils)
    found = []
    for purpose in (one for one in Purpose if one in offered):
        accepted = [one for urn, one in schools.items() if purpose in shared.get(urn, frozenset())]
        covered = [one.pupils or 0 for one in accepted if one.has_sent]
        found.append(Coverage(purpose, len(accepted), len(covered), len(schools), sum(covered), everyone))
    return found
