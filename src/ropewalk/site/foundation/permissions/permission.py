"""What somebody may be allowed to do. A permission is only here when something asks for it."""

from enum import StrEnum


class Permission(StrEnum):
    """One thing somebody may do, always at a school or a place."""

    SEE_PUBLISHED_FIGURES = "see_published_figures"
    SEE_SCHOOL_FIGURES = "see_school_figures"
    SEE_RETURNS = "see_returns"
    SEND_RETURNS = "send_returns"
    SEE_PUPILS = "see_pupils"
    SEE_COVERAGE = "see_coverage"
    REMIND_SCHOOLS = "remind_schools"

    @property
    def words(self) -> str:
        """What one may do, as it follows “may”."""
        return _WORDS[self]


# What shows single pupils, or counts so small that they tell on them.
OF_PUPILS = frozenset(
    {Permission.SEE_SCHOOL_FIGURES, Permission.SEE_RETURNS, Permission.SEND_RETURNS, Permission.SEE_PUPILS}
)

_WORDS = {
    Permission.SEE_PUBLISHED_FIGURES: "see published figures",
    Permission.SEE_SCHOOL_FIGURES: "see figures counted from a school's own returns, small numbers too",
    Permission.SEE_RETURNS: "see what a school has sent, and its receipts",
    Permission.SEND_RETURNS: "send returns for a school",
    Permission.SEE_PUPILS: "see lines that name pupils of a school",
    Permission.SEE_COVERAGE: "see which schools of a place have sent what",
    Permission.REMIND_SCHOOLS: "remind schools of what is missing",
}
