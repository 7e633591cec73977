"""How often somebody is reminded, and what became of a letter."""

from enum import StrEnum


class Often(StrEnum):
    """How often somebody is reminded of what waits for them."""

    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"

    @property
    def words(self) -> str:
        """As a person reads it."""
        return _OFTEN[self]


_OFTEN = {
    Often.DAILY: "Every day on which something waits",
    Often.WEEKLY: "On Mondays, when something waits",
    Often.NEVER: "Never",
}
# Whoever has not said anything is reminded once a week.
USUAL = Often.WEEKLY


class Became(StrEnum):
    """What became of the letter of a day. ``UNDER_WAY`` also stands for one whose program was stopped meanwhile."""

    UNDER_WAY = "under_way"
    SENT = "sent"
    FAILED = "failed"
    UNSURE = "unsure"
