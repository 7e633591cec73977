"""Records of help and practice of a place, each with its answers, in a constant number of questions."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from ropewalk.site.agree.collaboration.kinds import Answered, Counted
from ropewalk.site.agree.collaboration.models import CameOfIt, Help, HelpAnswer, Practice, TakenUp, WhatCounts
from ropewalk.site.agree.collaboration.rules import SchoolYear, hours_words, year_of
from ropewalk.site.foundation.organisations.models import Organisation, Place


@dataclass(frozen=True)
class HelpLine:
    """A record of help, its answer if there is one, and what came of it in the words of who was helped."""

    help: Help
    answer: HelpAnswer | None
    came: str

    @property
    def hours(self) -> str:
        """``2.5 hours``."""
        return hours_words(self.help.minutes)

    @property
    def is_confirmed(self) -> bool:
        """Whether the other side confirmed it: only then it counts."""
        return self.answer is not None and self.answer.kind == Answered.CONFIRMED

    @property
    def standing(self) -> str:
        """How it stands, in words."""
        return self.answer.kind_words if self.answer else f"waits for {self.help.asked.name} to confirm it"

    @property
    def came_words(self) -> str:
        """What came of it, or that nothing is said yet."""
        return self.came or f"{self.help.taker.name} has not said yet"


def help_lines(place: Place, *, year: SchoolYear | None = None, of: Organisation | None = None) -> list[HelpLine]:
    """Help of a place, the latest last day first; of a school year or of one member where that is asked."""
    rows = Help.objects.filter(place=place).select_related("giver", "taker", "told_by", "answer", "by", "place")
    if year is not None:
        rows = rows.filter(until__range=(year.first, year.last))
    if of is not None:
        rows = rows.filter(Q(giver=of) | Q(taker=of))
    found = list(rows.order_by("-until", "-pk"))
    came = {one.help_id: one.words for one in CameOfIt.objects.filter(help__in=found).order_by("pk")}
    return [HelpLine(one, getattr(one, "answer", None), came.get(one.pk, "")) for one in found]


def help_line(record: Help) -> HelpLine:
    """One record of help."""
    came = record.came_of_it.order_by("-pk").first()
    return HelpLine(
        record, HelpAnswer.objects.filter(help=record).select_related("by").first(), came.words if came else ""
    )


@dataclass(frozen=True)
class PracticeLine:
    """Practice with the members that took it up."""

    practice: Practice
    taken_up: list[TakenUp]

    @property
    def day(self) -> date:
        """When it was shared."""
        return timezone.localtime(self.practice.at).date()


def practice_lines(place: Place) -> list[PracticeLine]:
    """Practice of a place, the newest first."""
    taken: defaultdict[int, list[TakenUp]] = defaultdict(list)
    for one in TakenUp.objects.filter(practice__place=place).select_related("organisation", "practice").order_by("pk"):
        taken[one.practice_id].append(one)
    rows = Practice.objects.filter(place=place).select_related("organisation", "by").order_by("-at", "-pk")
    return [PracticeLine(one, taken[one.pk]) for one in rows]


def what_counts(place: Place) -> list[WhatCounts]:
    """Every version of what counts, the newest first."""
    return list(WhatCounts.objects.filter(place=place).select_related("by").order_by("-number"))


def counted(versions: Iterable[WhatCounts]) -> list[Counted]:
    """What counts by the newest of some versions; while nothing was agreed, everything."""
    newest = max(versions, key=lambda one: one.number, default=None)
    return newest.kinds if newest else list(Counted)


def years_of(place: Place, *, on: date) -> list[SchoolYear]:
    """School years of which there is something to show, the newest first: this one, and back to the oldest record."""
    oldest = Help.objects.filter(place=place).order_by("until").values_list("until", flat=True).first()
    shared = Practice.objects.filter(place=place).order_by("at").values_list("at", flat=True).first()
    days = [on, *([oldest] if oldest else []), *([timezone.localtime(shared).date()] if shared else [])]
    first, now = year_of(min(days)).begins, year_of(on).begins
    return [SchoolYear(begins) for begins in range(now, first - 1, -1)]
