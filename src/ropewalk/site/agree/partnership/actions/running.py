"""Who keeps the bodies, agreements and money of a partnership."""

from datetime import datetime

from django.utils import timezone

from ropewalk.core.errors import NotAllowed, Problem
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.audit.recording import Deed, record
from ropewalk.site.foundation.organisations.models import NAME, Place
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.permissions.reach import reach


def may_run(place: Place, by: Account, now: datetime) -> None:
    """Raises NotAllowed for whoever does not run the partnership of a place."""
    day = timezone.localtime(now).date()
    if not reach(by, Permission.RUN_PARTNERSHIP, on=day).holds_place(place.code):
        raise NotAllowed("Only the coordinator or the council’s officer runs a partnership.")


def write_down(thing: str, place: Place, about: str, *, by: Account, now: datetime) -> None:
    """A line in the log of the place; ``about`` names nobody."""
    record(by=by, deed=Deed.CHANGED, thing=thing, now=now, place=place.code, about=about)


def named(words: str, what: str, *, most: int = NAME) -> list[Problem]:
    """What is wrong with a name or sentence that must be there."""
    if not words.strip():
        return [Problem(f"There is no {what}.", f"Write the {what}.")]
    if len(words.strip()) > most:
        return [Problem(f"The {what} is too long.", f"Write at most {most} characters.")]
    return []
