"""What is measured of collaboration in a school year, for each member and for all together."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils import timezone

from ropewalk.site.agree.collaboration.kinds import Counted
from ropewalk.site.agree.collaboration.models import WhatCounts
from ropewalk.site.agree.collaboration.rules import Kept, Present, Promise, SchoolYear, hours_words, kept
from ropewalk.site.agree.collaboration.selectors.promises import (
    Whose,
    Word,
    agreements_of,
    attendance_of,
    objectives_of,
    promises_of,
)
from ropewalk.site.agree.collaboration.selectors.records import (
    HelpLine,
    PracticeLine,
    counted,
    help_lines,
    practice_lines,
    what_counts,
)
from ropewalk.site.agree.partnership.kinds import Standing
from ropewalk.site.agree.partnership.selectors.belonging import members_on
from ropewalk.site.agree.plan.selectors.measuring import Measured
from ropewalk.site.foundation.organisations.models import Organisation, Place


@dataclass(frozen=True)
class Times:
    """Help on one side: how often confirmed, how long, to, from or by how many; how often it waits to be confirmed."""

    times: int = 0
    minutes: int = 0
    others: int = 0
    waiting: int = 0
    way: str = "to"

    @property
    def words(self) -> str:
        """``3 times, 12 hours, to 2 members; 1 waits to be confirmed``."""
        waits = f"{self.waiting} {'waits' if self.waiting == 1 else 'wait'} to be confirmed" if self.waiting else ""
        if not self.times:
            return waits or "none written down"
        times = f"{self.times:,} {'time' if self.times == 1 else 'times'}, {hours_words(self.minutes)}"
        others = f"{self.way} {self.others} {'member' if self.others == 1 else 'members'}"
        return "; ".join(part for part in (f"{times}, {others}", waits) if part)


@dataclass(frozen=True)
class Shared:
    """Practice a member shared, how often others took it up, and how often it took up theirs; None for the whole."""

    shared: int = 0
    by_others: int = 0
    of_others: int | None = 0

    @property
    def words(self) -> str:
        """``2 shared, taken up 3 times; took up 1 of others``."""
        if not (self.shared or self.by_others or self.of_others):
            return "none written down"
        taken = f"taken up {self.by_others} {'time' if self.by_others == 1 else 'times'}"
        others = "" if self.of_others is None else f"; took up {self.of_others} of others"
        return f"{self.shared} shared, {taken}{others}"


@dataclass(frozen=True)
class MemberLine:
    """A member and what is measured of it; ``member`` is None where nobody can tell whose it is."""

    member: Organisation | None
    given: Times = field(default_factory=Times)
    taken: Times = field(default_factory=Times)
    practice: Shared = field(default_factory=Shared)
    actions: Kept = field(default_factory=Kept)
    attendance: Present = field(default_factory=Present)
    agreements: Word | None = None

    def words_of(self, kind: Counted) -> str:
        """What is measured, in words; where there is nothing, why."""
        return {
            Counted.HELP_GIVEN: self.given.words,
            Counted.HELP_TAKEN: self.taken.words,
            Counted.PRACTICE: self.practice.words,
            Counted.ACTIONS: self.actions.words,
            Counted.ATTENDANCE: self.attendance.words,
            Counted.AGREEMENTS: self.agreements.words if self.agreements else "has signed nothing that asks it",
        }[kind]


@dataclass(frozen=True)
class Collaboration:
    """A school year of a partnership: the whole, each member by name, common objectives, and what counts."""

    year: SchoolYear
    whole: MemberLine
    members: list[MemberLine]
    unknown: MemberLine | None
    objectives: list[Measured]
    kinds: list[Counted]
    versions: list[WhatCounts]
    help: list[HelpLine]

    @property
    def of_members(self) -> list[Counted]:
        """What counts and is measured member by member, in order."""
        return [one for one in self.kinds if one is not Counted.OBJECTIVES]

    @property
    def table(self) -> list[tuple[MemberLine, list[str]]]:
        """Lines with their cells: the whole, then members, then what cannot be put to one."""
        lines = [(ALL, self.whole), *((line.member.name if line.member else "", line) for line in self.members)]
        lines += [(NOBODYS, self.unknown)] if self.unknown else []
        return [(line, [name, *(line.words_of(kind) for kind in self.of_members)]) for name, line in lines]

    @property
    def rows(self) -> list[list[str]]:
        """Members as a table, after the whole, as the page shows them."""
        return [cells for _, cells in self.table]

    @property
    def standings(self) -> list[tuple[str, int]]:
        """How many objectives stand how, in words."""
        return list(Counter(str(one.judged.verdict) for one in self.objectives).items())


ALL, NOBODYS = "The partnership as a whole", "Cannot be put to a member"


def collaboration_of(place: Place, *, year: SchoolYear, on: date) -> Collaboration:
    """What is measured of a school year as it is known on a day."""
    records = help_lines(place, year=year)
    members = _members(place, records, min(year.last, on))
    whose, versions = Whose(members, on=on), what_counts(place)
    practice = practice_lines(place)
    promises: defaultdict[int | None, list[Promise]] = defaultdict(list)
    known = {one.pk for one in members}
    for one in promises_of(place, year=year, whose=whose, on=on):
        promises[one.who if one.who in known else None].append(one)
    there, agreed = attendance_of(place, year=year, whose=whose), agreements_of(place)
    lines = [
        MemberLine(
            one,
            times(records, giver=one.pk),
            times(records, taker=one.pk),
            shared(practice, year, one.pk),
            kept(promises[one.pk], until=on),
            there.get(one.pk, Present()),
            agreed.get(one.pk),
        )
        for one in members
    ]
    nobodys = MemberLine(None, actions=kept(promises[None], until=on), attendance=there.get(None, Present()))
    return Collaboration(
        year,
        _whole(lines, nobodys, records, practice, year),
        lines,
        nobodys if nobodys.actions.due or nobodys.attendance.asked else None,
        objectives_of(place),
        counted(versions),
        versions,
        records,
    )


def _members(place: Place, records: Iterable[HelpLine], on: date) -> list[Organisation]:
    members = members_on(place, on=on)
    gone = {side for one in records for side in (one.help.giver, one.help.taker)} - set(members)
    return [*members, *sorted(gone, key=lambda one: one.name.casefold())]


def times(records: Iterable[HelpLine], *, giver: int | None = None, taker: int | None = None) -> Times:
    """Help given by a member, taken by one, or all of it."""
    mine = [one for one in records if giver in (None, one.help.giver_id) and taker in (None, one.help.taker_id)]
    confirmed = [one.help for one in mine if one.is_confirmed]
    others = {one.giver_id if taker is not None else one.taker_id for one in confirmed}
    waiting = sum(one.answer is None for one in mine)
    way = "from" if taker is not None else "to"
    return Times(len(confirmed), sum(one.minutes for one in confirmed), len(others), waiting, way)


def shared(practice: Iterable[PracticeLine], year: SchoolYear, member: int | None = None) -> Shared:
    """Practice of a member in a school year, or of all of them."""
    lines = list(practice)
    own = [one for one in lines if member in (None, one.practice.organisation_id)]
    taken = [(line, one) for line in lines for one in line.taken_up if year.holds(timezone.localdate(one.at))]
    return Shared(
        sum(year.holds(one.day) for one in own),
        sum(member in (None, line.practice.organisation_id) for line, _ in taken),
        None if member is None else sum(member == one.organisation_id for _, one in taken),
    )


def _whole(
    lines: list[MemberLine],
    nobodys: MemberLine,
    records: list[HelpLine],
    practice: list[PracticeLine],
    year: SchoolYear,
) -> MemberLine:
    everybody = [*lines, nobodys]
    kept_ones = [line.actions for line in everybody]
    present = [line.attendance for line in everybody]
    taken = times(records)
    said = [line.agreements for line in lines if line.agreements]
    counts: Mapping[str, int] = {one: sum(word.counts.get(one, 0) for word in said) for one in Standing}
    givers = {one.help.giver_id for one in records if one.is_confirmed}
    return MemberLine(
        None,
        replace(taken, others=len(givers), way="by"),
        replace(taken, way="by"),
        shared(practice, year),
        Kept(sum(o.in_time for o in kept_ones), sum(o.late for o in kept_ones), sum(o.undone for o in kept_ones)),
        Present(sum(one.there for one in present), sum(one.asked for one in present)),
        Word(counts, sum(word.silent for word in said)) if said else None,
    )
