"""Two years of help between members of the made-up place, so that a demo shows how they work together."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from ropewalk.site.agree.collaboration.actions.counting import agree_what_counts
from ropewalk.site.agree.collaboration.kinds import Answered, Counted
from ropewalk.site.agree.collaboration.models import CameOfIt, Help, HelpAnswer, Practice, TakenUp
from ropewalk.site.agree.partnership.kinds import SIGN_HERE
from ropewalk.site.agree.partnership.selectors.belonging import members_on
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.models import Organisation, Place
from ropewalk.site.foundation.permissions.models import Grant

# How many days ago it ended, hours, with what, and what came of it; nothing where nobody has said yet.
HELP = (
    (700, 12, "A SENCO sat beside ours for two days.", "Plans of eleven children were written anew."),
    (640, 6, "A look at our timetable by somebody from outside.", "We moved maths to the morning."),
    (
        560,
        20,
        "An attendance lead came each Monday for a term.",
        "Calls go out before nine, and fewer children are late.",
    ),
    (480, 4, "A visit to see how tutor groups read together.", "Two year groups read each day since."),
    (400, 15, "Cover while our deputy was ill.", "The mocks took place."),
    (310, 8, "Governors of both schools met twice.", "It did not change what we do; we said so."),
    (220, 10, "Training in talking with families.", "Three meetings a week are held now."),
    (120, 6, "Two days of moderating writing.", "We mark alike."),
    (60, 3, "A look at our behaviour policy.", ""),
    (20, 5, "A visit by the reading lead.", ""),
    (9, 2, "A talk about phonics.", ""),
)
# What still waits to be confirmed, and what the other side says was not so, by their place in the list.
WAITS, DISPUTED = {10}, {8}
PRACTICE = (
    (610, "Calls before nine", "Somebody they know calls whoever is missing.", "Lateness fell by a fifth in a year."),
    (300, "Reading aloud in tutor time", "Twenty minutes a day, one book for all.", "The library lends twice as much."),
    (40, "One page for each child with a plan", "Teachers see what helps on one page.", "In May, 41 of 44 used it."),
)  # fmt: skip


@transaction.atomic
def make_collaboration(*, place: str, coordinator: str, now: datetime) -> None:
    """Help and practice of two years as rows of those days; what counts is agreed by whoever runs the partnership."""
    found, by = Place.objects.get(code=place), Account.objects.get_by_natural_key(coordinator)
    today = timezone.localtime(now).date()
    people = _speaking(found, today)
    members = list(people)
    if len(members) > len(PRACTICE):
        _help(found, people, members, now)
        _practice(found, people, members, now)
    words = "The board: what we give each other stands beside what we want together."
    agree_what_counts(list(Counted), words, day=today - timedelta(days=30), place=found, by=by, now=now)


def _speaking(place: Place, on: date) -> dict[Organisation, Account]:
    """Members with whoever speaks for them."""
    members = [one for one in members_on(place, on=on) if one.kind in SIGN_HERE]
    rows = Grant.objects.on(on).filter(organisation__in=members, role__in=("head", "trust_leader", "council_officer"))
    held = {grant.organisation_id: grant.account for grant in rows.select_related("account").order_by("-pk")}
    return {one: held[one.pk] for one in members if one.pk in held}


def _help(place: Place, people: dict[Organisation, Account], members: list[Organisation], now: datetime) -> None:
    for number, (ago, hours, what, came) in enumerate(HELP):
        giver, taker = members[(3 * number) % len(members)], members[(3 * number + 1) % len(members)]
        at = now - timedelta(days=ago - 1)
        until = timezone.localtime(at).date() - timedelta(days=1)
        made = Help(place=place, giver=giver, taker=taker, told_by=giver, what=what, minutes=hours * 60)
        made.begins, made.until, made.by, made.at = until - timedelta(days=hours), until, people[giver], at
        made.save()
        if number in WAITS:
            continue
        kind = Answered.DISPUTED if number in DISPUTED else Answered.CONFIRMED
        words = "It was a talk on the telephone." if number in DISPUTED else ""
        HelpAnswer(help=made, kind=kind, words=words, by=people[taker], at=at).save()
        if came:
            CameOfIt(help=made, words=came, by=people[taker], at=at).save()


def _practice(place: Place, people: dict[Organisation, Account], members: list[Organisation], now: datetime) -> None:
    for number, (ago, title, words, evidence) in enumerate(PRACTICE):
        giver, at = members[number], now - timedelta(days=ago)
        made = Practice(place=place, organisation=giver, title=title, words=words, evidence=evidence)
        made.by, made.at = people[giver], at
        made.save()
        for other in members[number + 1 : 2 * len(PRACTICE) - number]:
            TakenUp(
                practice=made, organisation=other, words="We began in one year group.", by=people[other], at=at
            ).save()
