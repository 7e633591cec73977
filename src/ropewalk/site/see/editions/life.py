"""The life of an edition, as rules alone: where it stands, and what stands in the way of a step.

Draft → schools see their own figures first → two people check → released; or given up on the way. Nothing here asks a
database or a clock: pages, actions and tests ask the same questions.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ropewalk.site.foundation.numbers import long_date

# Besides whoever computed the draft.
CHECKERS = 2


class Stage(StrEnum):
    """Where an edition stands."""

    DRAFTING = "drafting"
    OWN_FIRST = "own first"
    CHECKING = "checking"
    RELEASED = "released"
    DROPPED = "dropped"

    @property
    def words(self) -> str:
        """As it stands on a page."""
        return {
            Stage.DRAFTING: "Being computed",
            Stage.OWN_FIRST: "Schools look at their own figures",
            Stage.CHECKING: "Being checked",
            Stage.RELEASED: "Released",
            Stage.DROPPED: "Given up",
        }[self]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What decides where an edition stands. People and schools by number.

    ``until`` is the last day on which schools may challenge; ``maker`` computed the newest draft, and ``content`` and
    ``checkers`` said so of it. ``agreed`` counts challenges of this draft that were found right.
    """

    released: bool = False
    dropped: bool = False
    drafted: bool = False
    maker: int = 0
    schools: frozenset[int] = frozenset()
    content: frozenset[int] = frozenset()
    until: date | None = None
    unanswered: int = 0
    agreed: int = 0
    checkers: frozenset[int] = frozenset()


def stage(it: Standing, *, today: date) -> Stage:
    """Where an edition stands on a day."""
    if it.released or it.dropped:
        return Stage.RELEASED if it.released else Stage.DROPPED
    if not it.drafted or it.until is None:
        return Stage.DRAFTING
    return Stage.CHECKING if today > it.until or is_content(it) else Stage.OWN_FIRST


def is_content(it: Standing) -> bool:
    """Whether every school that is counted has seen its figures and is content."""
    return bool(it.schools) and it.schools <= it.content


def hindrances(it: Standing, *, today: date) -> list[str]:
    """Everything that stands in the way of releasing an edition; empty when nothing does."""
    now = stage(it, today=today)
    if now in {Stage.RELEASED, Stage.DROPPED, Stage.DRAFTING}:
        return [_OVER[now]]
    found = []
    if now is Stage.OWN_FIRST:
        found.append(f"Schools may look at their own figures until {long_date(it.until)}.")
    if it.unanswered:
        waits = "1 challenge waits" if it.unanswered == 1 else f"{it.unanswered} challenges wait"
        found.append(f"{waits} for an answer.")
    if it.agreed:
        found.append("A school was found right: compute the figures anew.")
    if missing := CHECKERS - len(it.checkers - {it.maker}):
        people = "One more person" if missing == 1 else f"{missing} people"
        found.append(f"{people} must check it, other than whoever computed the figures.")
    return found


def why_not_challenge(it: Standing, *, today: date) -> str:
    """Why a school cannot say anything about its figures now; empty when it can."""
    now = stage(it, today=today)
    if now is Stage.OWN_FIRST:
        return ""
    return "The time for schools to look at this edition is over." if now is Stage.CHECKING else _OVER[now]


def why_not_check(it: Standing, *, by: int, today: date) -> str:
    """Why somebody cannot check an edition now; empty when they can."""
    now = stage(it, today=today)
    if now is Stage.OWN_FIRST:
        return f"Schools look at their own figures first, until {long_date(it.until)}."
    if now is not Stage.CHECKING:
        return _OVER[now]
    if it.unanswered or it.agreed:
        return "Challenges must be answered first, because an answer may change the figures."
    if by == it.maker:
        return "You computed these figures. Two other people must check them."
    return "You have checked this draft already." if by in it.checkers else ""


def why_not_compute_anew(it: Standing, *, today: date) -> str:
    """Why figures cannot be computed anew, nor the edition given up; empty when they can."""
    now = stage(it, today=today)
    return _OVER[now] if now in {Stage.RELEASED, Stage.DROPPED} else ""


_OVER = {
    Stage.DRAFTING: "The figures are not computed yet.",
    Stage.RELEASED: "This edition is released. What was released stays released; a correction is a new edition.",
    Stage.DROPPED: "This edition was given up. Make a new one.",
}
