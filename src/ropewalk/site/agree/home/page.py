"""What stands on the page on which somebody begins, part by part."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ropewalk.site.agree.home import helping, moved, promised, waiting
from ropewalk.site.agree.home.asking import Asking
from ropewalk.site.agree.home.lines import Line, Source, Waiting

# A part shows so many lines; what is more is told by number.
MOST = 20


@dataclass(frozen=True)
class Shown:
    """A line of what waits as the page shows it."""

    waiting: Waiting
    when: str
    is_late: bool


@dataclass(frozen=True)
class Part:
    """A part of the page: its lines, and how many are not shown."""

    lines: list[Line]
    more: int


@dataclass(frozen=True)
class HomePage:
    """The four parts, and what the person is here."""

    roles: list[str]
    waiting: list[Shown]
    more: int
    moved: Part
    helping: Part
    promised: Part
    next: str


def waiting_for(asking: Asking) -> list[Waiting]:
    """Everything that waits for somebody: late first, then by day, what has no day last."""
    return sorted((one for found in waiting.SOURCES.values() for one in found(asking)), key=lambda one: one.order)


def home_page(asking: Asking) -> HomePage:
    """The page of somebody at a moment."""
    found = waiting_for(asking)
    return HomePage(
        [f"{one.title}, {one.where}" for one in asking.grants],
        [_shown(one, asking.today) for one in found[:MOST]],
        max(0, len(found) - MOST),
        _part(_newest_first(_lines(moved.SOURCES, asking))),
        _part(_lines(helping.SOURCES, asking)),
        _part(_lines(promised.SOURCES, asking)),
        next_for(asking),
    )


def _shown(one: Waiting, today: date) -> Shown:
    return Shown(one, one.when(today), one.is_late(today))


def _lines(sources: Mapping[str, Source], asking: Asking) -> list[Line]:
    return [line for found in sources.values() for line in found(asking)]


def _newest_first(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda one: one.day or date.max, reverse=True)


def _part(lines: list[Line]) -> Part:
    return Part(lines[:MOST], max(0, len(lines) - MOST))


# What each role does next when nothing waits.
NEXT = {
    "head": "Look at your school’s live figures, or at the plan your school is part of.",
    "data_lead": "Send this week’s register when it is there: it keeps your school’s figures up to date.",
    "senco": "Look at your school’s figures by special educational need under “Live figures”.",
    "attendance_lead": "Look at this week’s attendance under “Live figures”.",
    "trust_leader": "Look at the figures of your schools under “Live figures”, or at the plans of their places.",
    "council_officer": "See under “Returns” which schools have sent nothing yet, and how the plan stands.",
    "coordinator": "Call the next meeting, go through the plan, or see under “Returns” who has sent nothing yet.",
    "reviewer": "Read the released figures under “Editions” before your next visit.",
    "provider": "See in “Partnership” who works on what, and whom you could help.",
    "regional_lead": "Look at how the workstreams of your places stand.",
    "evaluator": "Ask your own questions under “Explore”, or read how workstreams froze their baselines.",
    "partner": "See in “Partnership” when bodies meet, and what was agreed.",
}
CARETAKER = "See under “People” who holds which role, and under “Organisations” which places there are."
NOBODY = "You hold no role yet. Ask whoever looks after this site to give you one."


def next_for(asking: Asking) -> str:
    """What to do when nothing waits, by the first role."""
    if asking.looks_after_site:
        return CARETAKER
    return next((NEXT[one.role] for one in asking.grants if one.role in NEXT), NOBODY)
