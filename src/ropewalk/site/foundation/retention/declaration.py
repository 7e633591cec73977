"""How a model says what its fields are about and how long a row is kept: the attribute ``kept`` of the model.

A test fails for a model without it, and for a field that stands in none of the classes or in two.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class DataClass(StrEnum):
    """How much a field says about a person."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SPECIAL = "special category"

    @property
    def words(self) -> str:
        """What it means."""
        return _WORDS[self]


_WORDS = {
    DataClass.PUBLIC: "anybody may know it: names and numbers of schools, trusts and places",
    DataClass.INTERNAL: "of use inside the site; says nothing about a person",
    DataClass.PERSONAL: "says something about a person: a member of staff who uses the site",
    DataClass.SPECIAL: "says something about a child, or about health, origin or belief",
}


@dataclass(frozen=True)
class Rule:
    """How long a row is kept, in words. With ``days`` the retention job deletes rows so long after ``since``.

    ``since`` is a field with a day or moment; a row in which it is empty is kept.
    """

    words: str
    since: str = ""
    days: int = 0


@dataclass(frozen=True)
class Kept:
    """What a model is for, the classes of its fields, and how long a row is kept."""

    purpose: str
    rule: Rule
    public: tuple[str, ...] = ()
    internal: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    special: tuple[str, ...] = ()

    @property
    def classes(self) -> Mapping[DataClass, tuple[str, ...]]:
        """Fields by class."""
        return {
            DataClass.PUBLIC: self.public,
            DataClass.INTERNAL: self.internal,
            DataClass.PERSONAL: self.personal,
            DataClass.SPECIAL: self.special,
        }


# As long as six years after it ended: the time within which a claim may be made (Limitation Act 1980, section 5).
SIX_YEARS = 6 * 366
ALWAYS = "as long as the site"
EMPTY = Rule("nothing is ever written here")
