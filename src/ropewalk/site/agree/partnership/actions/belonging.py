"""Joining the partnership of a place and leaving it: the head's decision."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from ropewalk.core.errors import NotAllowed, Problem
from ropewalk.site.agree.partnership.deeds import JOINED, LEFT
from ropewalk.site.agree.partnership.models import Decision
from ropewalk.site.agree.partnership.models.said import WORDS
from ropewalk.site.agree.partnership.rules import refuse
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.audit.recording import Deed, record
from ropewalk.site.foundation.numbers import long_date
from ropewalk.site.foundation.organisations.kinds import OrganisationKind
from ropewalk.site.foundation.organisations.membership import schools_of_places
from ropewalk.site.foundation.organisations.models import Organisation, Place
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.permissions.reach import reach
from ropewalk.site.foundation.terms.sharing import hold

AHEAD = timedelta(days=366)


@dataclass(frozen=True)
class Choice:
    """What a head decides for a school: to join or to leave, from which day, and why."""

    urn: int
    joins: bool
    day: date
    words: str


@transaction.atomic
def decide(choice: Choice, *, place: Place, by: Account, now: datetime) -> Decision:
    """Join the partnership of a place for a school, or leave it.

    Raises NotAllowed for anybody but its head; InputRefused for a school of another place, for what holds already, and
    for a day before the decision that went before.
    """
    today = timezone.localtime(now).date()
    if not reach(by, Permission.JOIN_PARTNERSHIP, on=today).holds_school(choice.urn):
        raise NotAllowed("Only the head decides for a school.")
    hold(place.code)
    school = Organisation.objects.get(kind=OrganisationKind.SCHOOL, key=str(choice.urn))
    latest = Decision.objects.filter(place=place, school=school).order_by("-number").first()
    refuse([*_problems(choice, latest, today), *_elsewhere(choice, place, today)])
    newest = Decision.objects.filter(place=place).order_by("-number").first()
    made = Decision(place=place, school=school, joins=choice.joins, day=choice.day, words=choice.words.strip())
    made.number, made.by, made.at = (newest.number + 1 if newest else 1), by, now
    made.save()
    thing, about = JOINED if choice.joins else LEFT, f"decision {made.number}, from {choice.day}"
    record(by=by, deed=Deed.CHANGED, thing=thing, now=now, school=choice.urn, place=place.code, about=about)
    return made


def _problems(choice: Choice, latest: Decision | None, today: date) -> list[Problem]:
    found = []
    if not choice.words.strip():
        found.append(Problem("No words are given.", "Say in a sentence or two what was decided and why."))
    if len(choice.words.strip()) > WORDS:
        found.append(Problem("The words are too long.", f"Write at most {WORDS} characters."))
    if choice.joins == (latest.joins if latest else False):
        is_so = "has joined already" if choice.joins else "does not belong to it"
        found.append(Problem(f"The school {is_so}.", "Nothing needs to be decided."))
    if latest is not None and choice.day < latest.day:
        found.append(Problem(f"The decision before holds from {long_date(latest.day)}.", "Choose that day or later."))
    if choice.day > today + AHEAD:
        found.append(Problem("The day is more than a year ahead.", "Choose an earlier one."))
    return found


def _elsewhere(choice: Choice, place: Place, today: date) -> list[Problem]:
    if not choice.joins or choice.urn in schools_of_places([place.pk], today):
        return []
    return [Problem("The school does not belong to this place.", "Join the partnership of a place it belongs to.")]
