"""The baselining workshop of a workstream: its papers, and which contributors were there."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from ropewalk.site.agree.partnership.kinds import Presence
from ropewalk.site.agree.partnership.models import Meeting, Seat
from ropewalk.site.agree.workstreams.models import Workshop, Workstream
from ropewalk.site.foundation.numbers import long_date
from ropewalk.site.foundation.organisations.kinds import PlaceKind
from ropewalk.site.foundation.organisations.models import Place, PlaceNesting

MOST = 60
# Meetings of longer ago are hardly the beginning of what is proposed now.
BACK = timedelta(days=366)


@dataclass(frozen=True)
class ContributorThere:
    """A contributor, and how those who come from it were at the workshop, in words."""

    contributor: str
    words: str


@dataclass(frozen=True)
class WorkshopShown:
    """The workshop: its meeting, its papers (the agenda), and contributors' presence by its minutes."""

    meeting: Meeting
    papers: list[str]
    there: list[ContributorThere]
    others: list[str]

    @property
    def title(self) -> str:
        """``Education Board, 4 March 2026``."""
        return meeting_words(self.meeting)

    @property
    def is_off(self) -> bool:
        """Whether it was called off."""
        return self.meeting.called_off_at is not None


def meeting_words(meeting: Meeting) -> str:
    """A meeting by its body and day."""
    return f"{meeting.body.name}, {long_date(timezone.localtime(meeting.starts_at).date())}"


def meetings_for(place: Place, *, on: date) -> list[Meeting]:
    """Meetings that may be the workshop of a workstream: of bodies of the place, or of places of a region."""
    rows = Meeting.objects.filter(called_off_at=None, starts_at__date__gte=on - BACK).select_related("body__place")
    return list(rows.filter(body__place__in=[place.pk, *places_within(place, on=on)]).order_by("-starts_at")[:MOST])


def places_within(place: Place, *, on: date) -> list[int]:
    """The places of a region, by id; none for any other place."""
    if place.kind != PlaceKind.REGION:
        return []
    return list(PlaceNesting.objects.on(on).filter(region=place).values_list("place", flat=True))


def workshop_of(workstream: Workstream) -> WorkshopShown | None:
    """The workshop that was named last; None while none is."""
    rows = Workshop.objects.filter(workstream=workstream).select_related("meeting__body__place")
    row = rows.order_by("-pk").first()
    if row is None:
        return None
    meeting: Meeting = row.meeting
    by_name: dict[str, list[tuple[Seat, str]]] = {}
    for one in meeting.attendance.select_related("seat__account", "seat__body"):
        by_name.setdefault(one.seat.organisation.strip().casefold(), []).append((one.seat, one.presence))
    there = [
        ContributorThere(one.name, _words(by_name.pop(one.name.casefold(), [])))
        for one in sorted(workstream.contributors.all(), key=lambda one: one.name.casefold())
    ]
    others = [
        f"{seat.who}{f', {seat.organisation}' if seat.organisation else ''}"
        for seats in by_name.values()
        for seat, presence in seats
        if presence == Presence.PRESENT
    ]
    papers = list(meeting.agenda.order_by("number").values_list("words", flat=True))
    return WorkshopShown(meeting, papers, there, sorted(others, key=str.casefold))


def _words(seats: list[tuple[Seat, str]]) -> str:
    present = sorted(seat.who for seat, presence in seats if presence == Presence.PRESENT)
    if present:
        return f"present: {', '.join(present)}"
    return "; ".join(sorted(f"{seat.who}: {Presence(presence).words}" for seat, presence in seats)) or (
        "the minutes name nobody who comes from it"
    )
