"""School phases, as the contracts name them."""

from __future__ import annotations

from enum import StrEnum


class Phase(StrEnum):
    """Phase of education a figure is about."""

    ALL = "all"
    PRIMARY = "primary"
    SECONDARY = "secondary"
    SPECIAL = "special"
    ALTERNATIVE = "alternative"

    @property
    def words(self) -> str:
        """Phase in words for a heading."""
        return _WORDS[self]


_WORDS = {
    Phase.ALL: "All schools",
    Phase.PRIMARY: "Primary schools",
    Phase.SECONDARY: "Secondary schools",
    Phase.SPECIAL: "Special schools",
    Phase.ALTERNATIVE: "Alternative provision",
}

# The phase names the Department writes in its files, in every wording met so far.
PUBLISHED_PHASES = {
    "Total": Phase.ALL,
    "All schools": Phase.ALL,
    "State-funded primary": Phase.PRIMARY,
    "State-funded secondary": Phase.SECONDARY,
    "Special": Phase.SPECIAL,
    "special": Phase.SPECIAL,
    "Primary": Phase.PRIMARY,
    "Secondary": Phase.SECONDARY,
    "State-funded special school": Phase.SPECIAL,
    "State-funded special": Phase.SPECIAL,
    "Pupil Referral Unit": Phase.ALTERNATIVE,
    "Pupil referral unit": Phase.ALTERNATIVE,
    "State-funded AP school": Phase.ALTERNATIVE,
    "Alternative provision": Phase.ALTERNATIVE,
    "State-funded alternative provision school": Phase.ALTERNATIVE,
}
