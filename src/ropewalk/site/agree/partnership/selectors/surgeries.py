"""Slots of a surgery: which are free, and what a booking is about for those it concerns."""

from dataclasses import dataclass
from datetime import date, datetime

from ropewalk.site.agree.partnership.kinds import BodyKind
from ropewalk.site.agree.partnership.models import Booking, Meeting
from ropewalk.site.agree.partnership.rules import slots
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.kinds import OrganisationKind
from ropewalk.site.foundation.organisations.models import Organisation, Place, PlaceMembership
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.permissions.reach import reach


@dataclass(frozen=True)
class SlotLine:
    """A slot; ``booking`` stands there only for those who may read it."""

    number: int
    starts: datetime
    ends: datetime
    is_taken: bool
    booking: Booking | None
    is_free: bool
    is_over: bool


def schools_for(viewer: Account, place: Place, *, on: date) -> list[Organisation]:
    """Schools of a place for which somebody may book: their own."""
    urns = reach(viewer, Permission.BOOK_SURGERY, on=on).schools
    rows = PlaceMembership.objects.on(on).filter(
        place=place, organisation__kind=OrganisationKind.SCHOOL, organisation__key__in=[str(urn) for urn in urns]
    )
    return sorted({row.organisation for row in rows.select_related("organisation")}, key=lambda one: one.name)


def may_give_back(viewer: Account, booking: Booking, *, on: date) -> bool:
    """Whether somebody may read a booking and give it back: the school's people, and whoever runs the partnership."""
    place = booking.meeting.body.place
    return reach(viewer, Permission.RUN_PARTNERSHIP, on=on).holds_place(place.code) or booking.school in schools_for(
        viewer, place, on=on
    )


def slots_of(meeting: Meeting, *, viewer: Account, may_run: bool, on: date, now: datetime) -> list[SlotLine]:
    """The slots of a surgery; none of another meeting."""
    if meeting.body.kind != BodyKind.SURGERY:
        return []
    mine = {one.pk for one in schools_for(viewer, meeting.body.place, on=on)}
    rows = Booking.objects.filter(meeting=meeting, cancelled_at=None).select_related("school", "by")
    booked = {one.number: one for one in rows}
    lines = []
    for number, (starts, ends) in enumerate(slots(meeting.starts_at, meeting.ends_at)):
        found, is_over = booked.get(number), starts <= now
        is_free = found is None and not is_over and meeting.called_off_at is None
        shown = found if found is not None and (may_run or found.school_id in mine) else None
        lines.append(SlotLine(number, starts, ends, found is not None, shown, is_free, is_over))
    return lines
