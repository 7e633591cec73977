"""Which groups a pupil belongs to, said once for every engine.

A family is one attribute of an enrolment and the group each of its values stands for. A value without a group, and a
blank, belong to no group of the family: neither to the one side nor to the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ropewalk.core.schema.groups import ETHNICITIES

ALL = "all"
# Wider groups that publications use, and the word for 'not known': no pupil's own code.
_NO_CODE_OF_A_PUPIL = frozenset({"UNCL", "WHIT", "MIXD", "ASIA", "BLAC", "ETHM"})


@dataclass(frozen=True)
class Family:
    """An attribute of an enrolment: its column, the group of each value, the group of every other known value.

    ``unknown`` are values that say the attribute is not known.
    """

    column: str
    groups: Mapping[Any, str]
    other: str | None = None
    unknown: frozenset[str] = frozenset()

    @property
    def ids(self) -> tuple[str, ...]:
        """The groups of the family, each once, in a fixed order."""
        return tuple(dict.fromkeys([*self.groups.values(), *([self.other] if self.other else [])]))


FAMILIES = {
    family.column: family
    for family in (
        Family("disadvantaged", {True: "disadvantaged", False: "not_disadvantaged"}),
        Family("fsm", {True: "fsm", False: "not_fsm"}),
        Family("sen", {"K": "sen_support", "E": "ehcp", "N": "no_sen"}),
        Family("looked_after", {True: "looked_after"}),
        Family("child_in_need", {True: "children_in_need"}),
        Family("sex", {"F": "girls", "M": "boys"}),
        Family(
            "first_language",
            {"ENG": "not_eal", "ENB": "not_eal"},
            other="eal",
            # Refused, not obtained, and the census's code for a language that is not known.
            unknown=frozenset({"REF", "NOT", "ZZZ"}),
        ),
        Family(
            "year_group",
            {
                "N1": "nursery",
                "N2": "nursery",
                "R": "reception",
                **{str(year): f"year_{year}" for year in range(1, 15)},
            },
        ),
        Family("ethnicity", {code: code for code in ETHNICITIES if code not in _NO_CODE_OF_A_PUPIL}),
    )
}
GROUP_IDS: tuple[str, ...] = (ALL, *(group for family in FAMILIES.values() for group in family.ids))
CODES = {group: code for code, group in enumerate(GROUP_IDS)}

# Attributes that SQL engines sum together before they sum by group: few combinations stand in a school at once, so
# most of the adding is done once for all families of a slice. Which attributes share a slice changes no figure.
SLICES: dict[str, tuple[str, ...]] = {
    "slice_1": ("disadvantaged", "fsm", "sex", "looked_after"),
    "slice_2": ("sen", "first_language", "child_in_need"),
    "slice_3": ("year_group",),
    "slice_4": ("ethnicity",),
}


def groups_of(enrolment: Mapping[str, Any] | None) -> frozenset[str]:
    """Groups a pupil is in by an enrolment's attributes; without an enrolment only ``all``."""
    found = {ALL}
    for family in FAMILIES.values() if enrolment else ():
        value = enrolment[family.column] if enrolment else None
        if value is None or value in family.unknown:
            continue
        group = family.groups.get(value, family.other)
        if group is not None:
            found.add(group)
    return frozenset(found)
