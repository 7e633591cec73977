"""Giving, reviewing and ending grants: each whole or not at all, with who did it and when, and a line in the log."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.audit.looks import DEEDS
from ropewalk.site.foundation.audit.recording import Deed, record
from ropewalk.site.foundation.organisations.kinds import OrganisationKind, PlaceKind
from ropewalk.site.foundation.organisations.models import Organisation, Place
from ropewalk.site.foundation.permissions.models import Grant
from ropewalk.site.foundation.permissions.roles import ROLES

# A grant ends of itself after a year, and somebody looks at it in the middle.
LASTS = timedelta(days=365)
REVIEWED_AFTER = timedelta(days=182)
GIVEN, REVIEWED, ENDED = "grants:given", "grants:reviewed", "grants:ended"
DEEDS.update(
    {GIVEN: "who holds a role: given", REVIEWED: "who holds a role: confirmed", ENDED: "who holds a role: ended"}
)


@dataclass(frozen=True)
class Wanted:
    """A grant as somebody asks for it; without a last day it lasts a year."""

    account: Account
    role: str
    where: Organisation | Place
    reason: str
    begins: date
    until: date | None = None


@transaction.atomic
def give(wanted: Wanted, *, by: Account, now: datetime) -> Grant:
    """Give a role. Raises InputRefused when it cannot be held there, twice, for no reason or for more than a year."""
    until = wanted.until or wanted.begins + LASTS
    problems = [*_problems(wanted, until), *_held_already(wanted, until)]
    if problems:
        raise InputRefused(problems)
    where = wanted.where
    grant = Grant.objects.create(
        account=wanted.account,
        role=wanted.role,
        organisation=where if isinstance(where, Organisation) else None,
        place=where if isinstance(where, Place) else None,
        begins=wanted.begins,
        until=until,
        reason=wanted.reason.strip(),
        given_by=by,
        given_at=now,
        review_due=min(wanted.begins + REVIEWED_AFTER, until),
    )
    _write_down(GIVEN, grant, by=by, now=now)
    return grant


def _write_down(deed: str, grant: Grant, *, by: Account, now: datetime) -> None:
    """In the log of the school or place: which grant it was. Whose it is, its own row says until it is deleted."""
    where = grant.where
    school = int(where.key) if isinstance(where, Organisation) and where.kind == OrganisationKind.SCHOOL else None
    place = where.code if isinstance(where, Place) else ""
    about = f"grant {grant.pk}: {grant.title}"
    record(by=by, deed=Deed.CHANGED, thing=deed, now=now, school=school, place=place, about=about)


def _problems(wanted: Wanted, until: date) -> list[Problem]:
    role, where = ROLES[wanted.role], wanted.where
    kind = PlaceKind(where.kind) if isinstance(where, Place) else OrganisationKind(where.kind)
    found = []
    if not role.may_be_held_at(kind):
        places = ", ".join(sorted([*(one.words for one in role.at), *(one.words for one in role.at_places)]))
        found.append(Problem(f"A {role.title.lower()} is not held at a {kind.words}.", f"It is held at a {places}."))
    if not wanted.reason.strip():
        found.append(Problem("No reason is given.", "Say in a sentence why this person needs it."))
    if until < wanted.begins or until - wanted.begins > LASTS:
        found.append(Problem("It would last less than a day or more than a year.", "Choose a last day within a year."))
    return found


def _held_already(wanted: Wanted, until: date) -> list[Problem]:
    # Two who give at once wait for each other here.
    Account.objects.select_for_update().get(pk=wanted.account.pk)
    at = {"place": wanted.where} if isinstance(wanted.where, Place) else {"organisation": wanted.where}
    same = Grant.objects.filter(
        account=wanted.account,
        role=wanted.role,
        ended_on__isnull=True,
        begins__lte=until,
        until__gte=wanted.begins,
        **at,
    )
    if not same.exists():
        return []
    return [
        Problem(f"{wanted.account.name} has this role there already.", "Choose days on which it does not hold yet.")
    ]


@transaction.atomic
def review(*, grant: Grant, by: Account, now: datetime) -> Grant:
    """Say that a grant is still right; it is due again in half a year. Raises InputRefused when it has ended."""
    day = timezone.localtime(now).date()
    locked = _in_force(grant, day)
    locked.reviewed_on, locked.reviewed_by = day, by
    locked.review_due = min(day + REVIEWED_AFTER, locked.until)
    locked.save(update_fields=["reviewed_on", "reviewed_by", "review_due"])
    _write_down(REVIEWED, locked, by=by, now=now)
    return locked


@transaction.atomic
def end(*, grant: Grant, reason: str, by: Account, now: datetime) -> Grant:
    """End a grant at once; it is kept. Raises InputRefused for no reason, or when it ended before."""
    day = timezone.localtime(now).date()
    if not reason.strip():
        raise InputRefused([Problem("No reason is given.", "Say in a sentence why it ends.")])
    locked = _in_force(grant, day)
    locked.ended_on, locked.ended_by, locked.ended_reason = day, by, reason.strip()
    locked.save(update_fields=["ended_on", "ended_by", "ended_reason"])
    _write_down(ENDED, locked, by=by, now=now)
    return locked


def _in_force(grant: Grant, day: date) -> Grant:
    locked = Grant.objects.select_for_update().get(pk=grant.pk)
    if locked.ended_on is not None or locked.until < day:
        raise InputRefused([Problem("This ended already.", "Give it anew if it is still needed.")])
    return locked
