"""Booking a slot of a surgery for one's school, and giving it back."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from ropewalk.core.errors import NotAllowed, Problem
from ropewalk.site.agree.partnership.actions.running import named
from ropewalk.site.agree.partnership.deeds import SLOT_BOOKED, SLOT_GIVEN_BACK
from ropewalk.site.agree.partnership.kinds import BodyKind
from ropewalk.site.agree.partnership.models import Booking, Meeting
from ropewalk.site.agree.partnership.models.said import WORDS
from ropewalk.site.agree.partnership.rules import refuse, slots
from ropewalk.site.agree.partnership.selectors.surgeries import may_give_back, schools_for
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.audit.recording import Deed, record
from ropewalk.site.foundation.organisations.models import Organisation


@transaction.atomic
def book(*, meeting: Meeting, number: int, school: Organisation, about: str, by: Account, now: datetime) -> Booking:
    """Book a slot for one's own school.

    Raises NotAllowed for another school; InputRefused for a slot that is taken, over or not there, and without words.
    """
    if school not in schools_for(by, meeting.body.place, on=timezone.localtime(now).date()):
        raise NotAllowed("A slot is booked by people of the school.")
    # Whoever books at the same time waits here, and then finds the slot taken.
    locked = Meeting.objects.select_for_update().select_related("body").get(pk=meeting.pk)
    there = slots(locked.starts_at, locked.ends_at)
    problems = named(about, "matter", most=WORDS)
    if locked.body.kind != BodyKind.SURGERY or number >= len(there):
        problems.append(Problem("There is no such slot.", "Choose one of the list."))
    elif locked.called_off_at is not None or there[number][0] <= now:
        problems.append(Problem("This slot is over, or the surgery is called off.", "Choose a later one."))
    held = Booking.objects.filter(meeting=locked, cancelled_at=None)
    if held.filter(number=number).exists():
        problems.append(Problem("This slot was just taken.", "Choose another one."))
    elif held.filter(school=school).exists():
        problems.append(Problem(f"{school.name} has a slot that day already.", "Give that one back first."))
    refuse(problems)
    made = Booking.objects.create(meeting=locked, number=number, school=school, about=about.strip(), by=by, at=now)
    _write_down(SLOT_BOOKED, made, by, now)
    return made


@transaction.atomic
def give_back(*, booking: Booking, by: Account, now: datetime) -> None:
    """Give a slot back. Raises NotAllowed for another school's; InputRefused a second time, and once it has begun."""
    locked = Booking.objects.select_for_update().get(pk=booking.pk)
    if not may_give_back(by, booking, on=timezone.localtime(now).date()):
        raise NotAllowed("A slot is given back by people of the school or whoever runs the partnership.")
    meeting = Meeting.objects.get(pk=booking.meeting_id)
    there = slots(meeting.starts_at, meeting.ends_at)
    if locked.cancelled_at is not None:
        refuse([Problem("It was given back already.", "Nothing needs to be done.")])
    if there[locked.number][0] <= now:
        refuse([Problem("This slot has begun.", "Nothing needs to be done.")])
    locked.cancelled_at, locked.cancelled_by = now, by
    locked.save(update_fields=["cancelled_at", "cancelled_by"])
    _write_down(SLOT_GIVEN_BACK, booking, by, now)


def _write_down(thing: str, booking: Booking, by: Account, now: datetime) -> None:
    place, about = booking.meeting.body.place.code, f"meeting {booking.meeting_id}, slot {booking.number}"
    record(by=by, deed=Deed.CHANGED, thing=thing, now=now, school=int(booking.school.key), place=place, about=about)
