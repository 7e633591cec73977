"""What is measured of collaboration, with the words that say how, and how a record of help is answered."""

from enum import StrEnum


class Counted(StrEnum):
    """What may be measured, in the order in which it is shown: giving help stands first."""

    HELP_GIVEN = "help_given"
    HELP_TAKEN = "help_taken"
    PRACTICE = "practice"
    ACTIONS = "actions"
    ATTENDANCE = "attendance"
    AGREEMENTS = "agreements"
    OBJECTIVES = "objectives"

    @property
    def words(self) -> str:
        """As a person writes it."""
        return _COUNTED[self][0]

    @property
    def definition(self) -> str:
        """What is counted, and what is not."""
        return _COUNTED[self][1]


_COUNTED = {
    Counted.HELP_GIVEN: (
        "Help given",
        "Records of help one member gave another, confirmed by the other side, by the school year of the last day. "
        "Hours are those written down. What is not confirmed yet is counted apart; what was disputed or withdrawn is "
        "not counted.",
    ),
    Counted.HELP_TAKEN: (
        "Help taken",
        "The same records, seen from the member that was helped. Taking help is no mark against anybody: for every "
        "member that gives, one takes.",
    ),
    Counted.PRACTICE: (
        "Practice shared",
        "Records of practice a member shared in the school year, each with its evidence, and how often others said "
        "that they took up a member’s practice.",
    ),
    Counted.ACTIONS: (
        "Actions kept in time",
        "Actions and milestones of live plans, and actions of meetings, that were due in the school year until today. "
        "Kept in time: done on the day due or before. Due days are those that stand now; the plan tells which were "
        "moved. Struck out or stopped parts are left out.",
    ),
    Counted.ATTENDANCE: (
        "Attendance at meetings",
        "Places on a body whose holder was present, out of those the minutes of the school year say anything of. "
        "Meetings that were called off, and those without minutes, are left out.",
    ),
    Counted.AGREEMENTS: (
        "Agreements kept",
        "What each member that signed says, in its own words, of its commitments in agreements in force today; the "
        "latest word counts. Nobody says it for another.",
    ),
    Counted.OBJECTIVES: (
        "Common objectives",
        "How each KPI of the live plan stands to its line, by the plan’s stated rule.",
    ),
}

# Giving help is never left out of what counts.
ALWAYS_COUNTED = frozenset({Counted.HELP_GIVEN})


class Answered(StrEnum):
    """How a record of help was answered."""

    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> str:
        """As a person writes it."""
        return _ANSWERED[self]


_ANSWERED = {
    Answered.CONFIRMED: "confirmed",
    Answered.DISPUTED: "not confirmed: the other side says it was not so",
    Answered.WITHDRAWN: "withdrawn by the side that wrote it down",
}


class Side(StrEnum):
    """On which side of help whoever writes it down stands."""

    GAVE = "gave"
    TOOK = "took"

    @property
    def words(self) -> str:
        """As a person writes it."""
        return "We gave help" if self is Side.GAVE else "We were helped"
