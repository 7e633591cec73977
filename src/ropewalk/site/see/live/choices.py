"""Links that show the same page for another phase, group, kind of period or period."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ropewalk.core.publish.wording import period_words
from ropewalk.core.schema.groups import GROUPS
from ropewalk.core.schema.periods import PeriodKind
from ropewalk.core.schema.phases import Phase
from ropewalk.core.views.live import LiveMeasure, LiveOverview
from ropewalk.site.see.live.addresses import Address, cut
from ropewalk.site.see.scorecard.measure_page import Choice, Family

KIND_WORDS = {
    PeriodKind.YEAR: "Years",
    PeriodKind.TERM: "Terms",
    PeriodKind.HALF_TERM: "Half terms",
    PeriodKind.WEEK: "Weeks",
}


@dataclass(frozen=True)
class Chosen:
    """What is chosen on a page, and where its address begins."""

    here: Address
    tail: str
    phase: str
    group: str
    more: tuple[tuple[str, str], ...] = ()

    def to(self, **other: str) -> str:
        """The same page with one choice made differently."""
        return self.here.to(self.tail, **{**dict(self.more), **cut(self.phase, self.group), **other})


def of_overview(here: Address, shown: LiveOverview) -> Chosen:
    """What is chosen on the page of a place, trust or school."""
    return Chosen(here, "", shown.phase, shown.group)


def of_measure(here: Address, live: LiveMeasure) -> Chosen:
    """What is chosen on the page of a measure."""
    by = "" if live.kind is live.kinds[0] else live.kind.value
    period = "" if live.period == live.periods[0] else live.period
    return Chosen(here, f"measures/{live.measure.id}/", live.phase, live.group, (("by", by), ("period", period)))


def phases(chosen: Chosen, known: Sequence[str]) -> list[Choice]:
    """Phases to choose from."""
    return [
        Choice(Phase(phase).words, chosen.to(phase="" if phase == "all" else phase), phase == chosen.phase)
        for phase in known
    ]


def families(chosen: Chosen, known: Iterable[str]) -> list[Family]:
    """Groups to choose from, by kind."""
    found: dict[str, list[Choice]] = {}
    for name in known:
        group = GROUPS[name]
        words = "Everybody" if group.family == "all" else group.family.capitalize()
        choice = Choice(group.words, chosen.to(group="" if name == "all" else name), name == chosen.group)
        found.setdefault(words, []).append(choice)
    return [Family(words, tuple(listed)) for words, listed in found.items()]


def kinds(chosen: Chosen, live: LiveMeasure) -> list[Choice]:
    """Kinds of period to show over time."""
    return [Choice(KIND_WORDS[kind], f"{chosen.to(by=kind.value)}#over-time", kind is live.kind) for kind in live.kinds]


def periods(chosen: Chosen, live: LiveMeasure) -> list[Choice]:
    """Periods for which phases, groups, trusts and schools are shown."""
    return [
        Choice(period_words(period), f"{chosen.to(period=period)}#at-one-period", period == live.period)
        for period in live.periods
    ]
