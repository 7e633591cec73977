"""Moving a meeting to another time or place, and naming guests of it."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from ropewalk.core.errors import Problem
from ropewalk.site.agree.partnership.actions.running import may_run, named, write_down
from ropewalk.site.agree.partnership.deeds import GUEST_NAMED, MEETING_MOVED
from ropewalk.site.agree.partnership.models import Booking, Guest, Meeting
from ropewalk.site.agree.partnership.rules import refuse, slots
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.terms.sharing import hold

MOST_GUESTS = 100


@dataclass(frozen=True)
class NewTime:
    """When and where a meeting is held instead."""

    day: date
    starts: time
    ends: time
    where: str


@transaction.atomic
def move(wanted: NewTime, *, meeting: Meeting, by: Account, now: datetime) -> Meeting:
    """Move a meeting; calendars learn of it by a higher sequence.

    Raises InputRefused once it has begun or is called off, for times that make no sense, and where a booked slot of a
    surgery would fall away.
    """
    may_run(meeting.body.place, by, now)
    hold(meeting.body.place.code)
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    starts = timezone.make_aware(datetime.combine(wanted.day, wanted.starts))
    ends = timezone.make_aware(datetime.combine(wanted.day, wanted.ends))
    problems = named(wanted.where, "place or link")
    if locked.called_off_at is not None or locked.starts_at <= now:
        problems.append(Problem("The meeting has begun or is called off.", "Call another one."))
    if ends <= starts:
        problems.append(Problem("It would end before it starts.", "Choose a later end on the same day."))
    elif starts <= now:
        problems.append(Problem("The new time is over already.", "Choose a later one."))
    problems += _in_the_way(locked, starts, ends)
    if (locked.starts_at, locked.ends_at, locked.where) == (starts, ends, wanted.where.strip()):
        problems.append(Problem("It is held then and there already.", "Nothing needs to be done."))
    refuse(problems)
    locked.starts_at, locked.ends_at, locked.where = starts, ends, wanted.where.strip()
    locked.sequence += 1
    locked.save(update_fields=["starts_at", "ends_at", "where", "sequence"])
    write_down(MEETING_MOVED, meeting.body.place, f"meeting {locked.pk} to {wanted.day}", by=by, now=now)
    return locked


def _in_the_way(meeting: Meeting, starts: datetime, ends: datetime) -> list[Problem]:
    found = []
    if Meeting.objects.filter(body=meeting.body_id, starts_at=starts).exclude(pk=meeting.pk).exists():
        found.append(Problem("The body meets at this time already.", "Choose another time."))
    booked = Booking.objects.filter(meeting=meeting, cancelled_at=None).order_by("-number").first()
    if booked is not None and booked.number >= len(slots(starts, ends)):
        found.append(Problem("A slot that is booked would fall away.", "Choose a later end, or ask the school."))
    return found


@transaction.atomic
def name_guest(*, meeting: Meeting, name: str, email: str, by: Account, now: datetime) -> Guest:
    """Name somebody to be invited who is not on the body. Raises InputRefused for no address, or a second time."""
    may_run(meeting.body.place, by, now)
    hold(meeting.body.place.code)
    problems, email = named(name, "name"), email.strip()
    try:
        validate_email(email)
    except ValidationError:
        problems.append(Problem("This is no e-mail address.", "Write it like name@school.sch.uk."))
    there = list(Guest.objects.filter(meeting=meeting))
    if any(one.email.casefold() == email.casefold() for one in there):
        problems.append(Problem("They are a guest of this meeting already.", "Nothing needs to be done."))
    if len(there) >= MOST_GUESTS:
        problems.append(Problem(f"There are {MOST_GUESTS} guests already.", "Put them on the body instead."))
    refuse(problems)
    made = Guest.objects.create(meeting=meeting, name=name.strip(), email=email, by=by, at=now)
    write_down(GUEST_NAMED, meeting.body.place, f"meeting {meeting.pk}: guest {made.pk}", by=by, now=now)
    return made
