"""Help and practice between members of a partnership, through the same actions as its pages use."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone
from tests.site.partnership_cast import NOW, TODAY, URNS, Cast

from ropewalk.site.agree.collaboration.actions.help import NewHelp, tell_help
from ropewalk.site.agree.collaboration.actions.practice import NewPractice, share
from ropewalk.site.agree.collaboration.kinds import Side
from ropewalk.site.agree.collaboration.models import Help, Practice
from ropewalk.site.agree.partnership.actions.belonging import Choice, decide
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.kinds import OrganisationKind
from ropewalk.site.foundation.organisations.models import Organisation, Place

LAST = TODAY - timedelta(days=70)


def joined(cast: Cast) -> Cast:
    """Every school of the set joins; the trust leader and the officer of the council have accounts."""
    for urn in URNS:
        decide(Choice(urn, True, date(2024, 9, 1), "We join."), place=cast.place, by=cast.head(urn), now=NOW)
    cast.person("Tess", "trust_leader", cast.trust)
    cast.person("Olu", "council_officer", cast.council)
    cast.person("Cora", "coordinator", cast.place)
    return cast


def helped(cast: Cast, giver: int, taker: int, *, until: date = LAST, side: Side = Side.GAVE) -> Help:
    """One school helped another for six hours, as one side says."""
    own, other = (giver, taker) if side is Side.GAVE else (taker, giver)
    said = NewHelp(cast.schools[own], side, cast.schools[other], "Two visits", 360, until - timedelta(days=9), until)
    return tell_help(said, place=cast.place, by=cast.head(own), now=NOW)


def practised(cast: Cast, urn: int, title: str = "Calls before nine") -> Practice:
    """A school shares practice."""
    said = NewPractice(cast.schools[urn], title, "We ring families.", "Absence fell by a fifth.", "https://a.example/")
    return share(said, place=cast.place, by=cast.head(urn), now=NOW)


def parts_of_collaboration(place: Place, *, by: Account, urn: int, now: datetime) -> dict[str, object]:
    """A record of help and of practice, and the parts of the addresses."""
    school = Organisation.objects.get(kind=OrganisationKind.SCHOOL, key=str(urn))
    council = Organisation.objects.get(kind=OrganisationKind.COUNCIL, key=place.code)
    record = Help(place=place, giver=school, taker=council, told_by=school, what="A talk", minutes=60)
    record.begins = record.until = timezone.localtime(now).date()
    record.by, record.at = by, now
    record.save()
    practice = Practice(place=place, organisation=school, title="Calls", words="We ring.", evidence="It fell.")
    practice.by, practice.at = by, now
    practice.save()
    return {
        "collaboration:member number": council.pk,
        **{f"collaboration:{page} number": record.pk for page in ("record", "answer", "came")},
        "collaboration:take-up number": practice.pk,
    }
