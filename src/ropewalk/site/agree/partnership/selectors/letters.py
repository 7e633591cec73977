"""Who is to be told of a meeting, and who has heard what."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from ropewalk.site.agree.partnership.models import Guest, Letter, Meeting
from ropewalk.site.agree.partnership.selectors.meetings import seats_at
from ropewalk.site.foundation.accounts.models import Account


@dataclass(frozen=True)
class Told:
    """Somebody a meeting is about, and how far they have heard of it."""

    to: Account | Guest
    name: str
    email: str
    sent_at: datetime | None
    was_told: bool
    is_off: bool

    @property
    def is_to_be_told(self) -> bool:
        """Whether a letter would tell them something new. That a meeting is off concerns only those who knew of it."""
        return bool(self.email) and self.sent_at is None and (self.was_told or not self.is_off)

    @property
    def words(self) -> str:
        """How far they have heard, where no day says it."""
        if not self.email:
            return "no e-mail address is known"
        return "has heard only how it was before" if self.was_told else "has heard nothing yet"


def told_of(meeting: Meeting) -> list[Told]:
    """Members of the body on the day of the meeting who have an account, and guests; by name. Each address once."""
    people: list[Account | Guest] = []
    for seat in seats_at(meeting.body, timezone.localtime(meeting.starts_at).date()):
        if seat.account is not None and seat.account.is_active and seat.account not in people:
            people.append(seat.account)
    known = {one.email.casefold() for one in people if one.email}
    guests = Guest.objects.filter(meeting=meeting).order_by("pk")
    people += [one for one in guests if one.email.casefold() not in known]
    heard: defaultdict[tuple[bool, int], dict[int, datetime]] = defaultdict(dict)
    for one in Letter.objects.filter(meeting=meeting, sent_at__isnull=False):
        key = (one.account_id is not None, one.account_id or one.guest_id or 0)
        if one.sent_at is not None:
            heard[key][one.sequence] = one.sent_at
    found = []
    for person in people:
        said = heard[(isinstance(person, Account), person.pk)]
        is_off = meeting.called_off_at is not None
        found.append(Told(person, person.name, person.email, said.get(meeting.sequence), bool(said), is_off))
    return sorted(found, key=lambda one: one.name.casefold())
