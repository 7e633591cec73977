"""Who speaks for a member: only its head, trust leader or officer, and only for their own."""

from datetime import datetime

from django.utils import timezone

from ropewalk.core.errors import NotAllowed, Problem
from ropewalk.site.agree.partnership.members import spoken_for
from ropewalk.site.agree.partnership.models.said import WORDS
from ropewalk.site.agree.partnership.selectors.belonging import members_on
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.audit.recording import Deed, record
from ropewalk.site.foundation.organisations.kinds import OrganisationKind
from ropewalk.site.foundation.organisations.models import Organisation, Place


def may_speak(organisation: Organisation, by: Account, now: datetime) -> None:
    """Raises NotAllowed for whoever does not speak for an organisation."""
    if organisation not in spoken_for(by, on=timezone.localtime(now).date()):
        raise NotAllowed("Only its head, trust leader or officer speaks for an organisation.")


def belong(place: Place, *organisations: Organisation, now: datetime) -> list[Problem]:
    """What is wrong with organisations that are no members today."""
    members = members_on(place, on=timezone.localtime(now).date())
    return [
        Problem(f"{one.name} is no member of the partnership today.", "Choose a member.")
        for one in organisations
        if one not in members
    ]


def too_long(words: str, what: str) -> list[Problem]:
    """What is wrong with words that may be left out."""
    long = len(words.strip()) > WORDS
    return [Problem(f"The {what} is too long.", f"Write at most {WORDS} characters.")] if long else []


def write_down(
    thing: str, place: Place, about: str, *, of: Organisation | None = None, by: Account, now: datetime
) -> None:
    """A line in the log of the place, and of a school; ``about`` names nobody."""
    school = int(of.key) if of is not None and of.kind == OrganisationKind.SCHOOL else None
    record(by=by, deed=Deed.CHANGED, thing=thing, now=now, school=school, place=place.code, about=about)
