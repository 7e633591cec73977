"""Reasons why a figure has no value. A missing value is a reason, never a blank and never a zero."""

from __future__ import annotations

from enum import StrEnum


class Missing(StrEnum):
    """Why there is no value; ids as in the contracts, words for readers in ``words``."""

    SUPPRESSED = "suppressed"
    NOT_APPLICABLE = "not_applicable"
    NOT_AVAILABLE = "not_available"
    LOW = "low"
    UNRELIABLE = "unreliable"
    NOT_COLLECTED = "not_collected"

    @property
    def words(self) -> str:
        """The reason as a reader meets it in a table cell."""
        return _WORDS[self][0]

    @property
    def explanation(self) -> str:
        """One sentence that says what the reason means."""
        return _WORDS[self][1]

    @property
    def meaning_in_returns(self) -> str:
        """The same where schools' own returns are counted: there is no publisher who could say it."""
        return _IN_RETURNS.get(self, self.explanation)


_WORDS = {
    Missing.SUPPRESSED: (
        "hidden",
        "Hidden by the publisher because so few children are counted that one could be recognised.",
    ),
    Missing.NOT_APPLICABLE: (
        "does not apply",
        "The measure does not apply here, for example tests that this school does not sit.",
    ),
    Missing.NOT_AVAILABLE: ("not available", "The publisher gives no value for this place and period."),
    Missing.LOW: ("rounds to 0", "More than none, but so few that it rounds to 0."),
    Missing.UNRELIABLE: (
        "not reliable",
        "The publisher holds the value back because too few children stand behind it.",
    ),
    Missing.NOT_COLLECTED: ("not collected", "Nobody collected this in that period, for example during the pandemic."),
}

_IN_RETURNS = {
    Missing.SUPPRESSED: "Hidden because so few children are counted that one could be recognised, or because it would "
    "give such a number away.",
    Missing.NOT_APPLICABLE: "There is nobody to count here, or the measure is not one for this column.",
    Missing.NOT_AVAILABLE: "No school has sent what is counted here, or the day of the January census is not reached.",
    Missing.UNRELIABLE: "Held back because too few children stand behind it.",
}
