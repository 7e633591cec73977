"""Meetings of a partnership: the calendar, what is late, and one meeting with its minutes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from ropewalk.site.agree.partnership.kinds import OutcomeKind, Presence
from ropewalk.site.agree.partnership.models import Attendance, Body, Meeting, Outcome, Seat
from ropewalk.site.agree.partnership.rooms_above import Elsewhere, standing
from ropewalk.site.foundation.organisations.models import Place


@dataclass(frozen=True)
class ActionLine:
    """An action that is not done, whether it is late, and how it stands in the plan that took it up."""

    outcome: Outcome
    is_late: bool
    elsewhere: Elsewhere | None = None


@dataclass(frozen=True)
class Calendar:
    """Meetings to come, the next first; those that were, the latest first; actions that are not done."""

    coming: list[Meeting]
    past: list[Meeting]
    actions: list[ActionLine]


@dataclass(frozen=True)
class MeetingPage:
    """A meeting with everything its minutes hold; ``late`` are actions of its body to be spoken of."""

    meeting: Meeting
    has_begun: bool
    is_over: bool
    agenda: list[str]
    attendance: list[Attendance]
    decisions: list[Outcome]
    actions: list[Outcome]
    late: list[Outcome]
    elsewhere: Mapping[int, Elsewhere]

    @property
    def standings(self) -> list[tuple[Outcome, Elsewhere | None]]:
        """Actions, each with how it stands in the plan that took it up."""
        return [(one, self.elsewhere.get(one.pk)) for one in self.actions]

    @property
    def present(self) -> int:
        """How many were there."""
        return sum(one.presence == Presence.PRESENT for one in self.attendance)


def calendar_of(place: Place, *, now: datetime) -> Calendar:
    """All meetings of a place's bodies, side by side."""
    rows = Meeting.objects.filter(body__place=place).select_related("body").order_by("starts_at", "pk")
    day = timezone.localtime(now).date()
    actions = _open(Q(meeting__body__place=place))
    return Calendar(
        [one for one in rows if one.ends_at > now],
        [one for one in rows if one.ends_at <= now][::-1],
        [ActionLine(one, one.is_late(day), elsewhere) for one, elsewhere in actions],
    )


def _open(of: Q) -> list[tuple[Outcome, Elsewhere | None]]:
    """Actions that are not done, without those that were stopped where they were taken up."""
    rows = Outcome.objects.filter(of, kind=OutcomeKind.ACTION, done_on=None).select_related("meeting__body")
    listed = list(rows.order_by("due", "pk"))
    there = standing(listed)
    found = [(one, there.get(one.pk)) for one in listed]
    return [(one, elsewhere) for one, elsewhere in found if elsewhere is None or not elsewhere.is_over]


def meeting_page(meeting: Meeting, *, now: datetime) -> MeetingPage:
    """One meeting; while it is not over, with what its body should have done by now."""
    outcomes = list(meeting.outcomes.select_related("by", "done_by").order_by("pk"))
    there = meeting.attendance.select_related("seat__account", "seat__body")
    is_over, day = meeting.ends_at <= now, timezone.localtime(now).date()
    unfinished = [] if is_over else _open(Q(meeting__body=meeting.body))
    return MeetingPage(
        meeting,
        meeting.starts_at <= now,
        is_over,
        list(meeting.agenda.order_by("number").values_list("words", flat=True)),
        sorted(there, key=lambda one: (list(Presence).index(Presence(one.presence)), one.seat.who.casefold())),
        [one for one in outcomes if not one.is_action],
        [one for one in outcomes if one.is_action],
        [one for one, _ in unfinished if one.is_late(day)],
        standing(outcomes),
    )


def seats_at(body: Body, day: date) -> list[Seat]:
    """Who was on a body on a day, by name."""
    held = Seat.objects.filter(Q(until=None) | Q(until__gte=day), body=body, begins__lte=day).select_related("account")
    return sorted(held, key=lambda seat: (seat.who.casefold(), seat.pk))


def with_agenda(meetings: Sequence[Meeting]) -> list[tuple[Meeting, str]]:
    """Meetings with their body, place and numbered agenda as one text, in two questions."""
    keys = [one.pk for one in meetings]
    rows = Meeting.objects.filter(pk__in=keys).select_related("body__place").prefetch_related("agenda")
    found = {one.pk: one for one in rows}
    return [
        (found[key], "\n".join(str(item) for item in sorted(found[key].agenda.all(), key=lambda item: item.number)))
        for key in keys
    ]
