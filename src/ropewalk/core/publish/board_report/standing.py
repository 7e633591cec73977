"""Where a plan stands, in plain words made by rule from the numbers and from nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from ropewalk.core.publish.board_report.content import Kpi, Part, Report

# As the plan says how its parts stand, in the order in which they are told.
STATUSES = ("done", "under way", "at risk", "not begun", "stopped")
VERDICTS = ("ahead", "on track", "behind", "cannot tell yet")
_TOLD = {
    "ahead": "ahead of {its} target",
    "on track": "on track",
    "behind": "behind {its} line",
}
NOT_PUBLIC = "not said in public"


def several(number: int, one: str, many: str = "") -> str:
    """``1 action``, ``3 actions``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(words: Sequence[str]) -> str:
    """``a, b and c``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def standing(report: Report) -> list[str]:
    """The sentences at the head of a report."""
    found = [f"This is how the plan “{report.plan}” of {report.place} stands on {report.day}. It is {report.state}."]
    found += [kpi_words(report.kpis), part_words(report.parts), coverage_words(report)]
    open_streams = [one for one in report.workstreams if one.stage != "Decided"]
    if open_streams:
        late = sum(one.late for one in open_streams)
        passed = f"; the end date of {late:,} has passed" if late else ""
        found.append(f"{several(len(open_streams), 'workstream')} {_are(len(open_streams))} at work{passed}.")
    if report.asks:
        needs = "needs" if len(report.asks) == 1 else "need"
        found.append(f"{several(len(report.asks), 'matter')} {needs} a decision of the board.")
    return found


def kpi_words(kpis: Sequence[Kpi]) -> str:
    """``Of 10 KPIs 1 is ahead of its target, 2 are on track and 1 is behind its line; of 6 nobody can tell yet.``"""
    if not kpis:
        return "The plan has no KPI."
    counted = Counter(one.verdict for one in kpis)
    told = [_told(counted[verdict], _TOLD[verdict]) for verdict in VERDICTS[:3] if counted[verdict]]
    unknown, hidden = counted["cannot tell yet"], counted[NOT_PUBLIC]
    of = several(len(kpis), "KPI")
    if unknown == len(kpis):
        return f"Of {of} nobody can tell yet how {'it stands' if unknown == 1 else 'they stand'}."
    first = f"Of {of} {listed(told)}" if told else f"There {_are(len(kpis))} {of}"
    rest = [f"of {unknown:,} nobody can tell yet"] if unknown else []
    rest += [f"how {hidden:,} {'stands' if hidden == 1 else 'stand'} is not public"] if hidden else []
    return "; ".join([first, *rest]) + "."


def _told(number: int, words: str) -> str:
    return f"{number:,} {_are(number)} {words.format(its='its' if number == 1 else 'their')}"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def part_words(parts: Sequence[Part]) -> str:
    """``Of 12 actions and milestones 3 are done, 4 are under way and 5 are not begun; 2 are late.``"""
    if not parts:
        return "The plan has no actions or milestones."
    counted = by_status(parts)
    told = [_told(counted[status], status) for status in STATUSES if counted[status]]
    late = sum(one.late for one in parts)
    # A plan of one part says “action or milestone” of it.
    of = several(len(parts), "action or milestone", "actions and milestones")
    return f"Of {of} {listed(told)}; {_told(late, 'late') if late else 'none is late'}."


def by_status(parts: Iterable[Part]) -> Counter[str]:
    """How many parts stand how."""
    return Counter(one.status for one in parts)


def coverage_words(report: Report) -> str:
    """``11 of 14 schools are in the partnership, and 9 share data.``"""
    found = report.coverage
    of = f"{found.members:,} of {several(found.schools, 'school')} {_are(found.schools)} in the partnership"
    if found.sharing is None:
        return f"{of}."
    return f"{of}, and {found.sharing:,} {'shares' if found.sharing == 1 else 'share'} data."
