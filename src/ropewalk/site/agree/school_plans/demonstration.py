"""Three schools of the made-up place with a self-evaluation, needs and a plan; one with a disadvantage plan."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from ropewalk.site.agree.partnership.members import people_of
from ropewalk.site.agree.plan.kinds import Status
from ropewalk.site.agree.school_plans.actions import claims, needs, plans, spending
from ropewalk.site.agree.school_plans.kinds import Agreed, Area, Judgement, State, Topic
from ropewalk.site.agree.school_plans.models import Claim
from ropewalk.site.agree.school_plans.selectors.figures import chosen, measurable, published_of
from ropewalk.site.agree.school_plans.selectors.plans import objectives_of
from ropewalk.site.agree.school_plans.selectors.spending import counted
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.models import Place
from ropewalk.site.foundation.permissions.models import Grant

SCHOOLS = 3
SAID = (
    (
        Area.ATTENDANCE,
        Judgement.DEVELOPING,
        "Most children come every day. Some families we do not reach before a term is lost.",
    ),
    (Area.EDUCATION, Judgement.SECURE, "Lessons are planned in order, and children remember what they were taught."),
    (Area.INCLUSION, Judgement.NEED, "Children who join during the year take too long to settle and catch up."),
)
NEED = "Children who arrive during the year come without their records, and we have nobody to receive them."
PRIORITY = "Every child who joins us is received, assessed and taught what is missing within three weeks."
CHALLENGES = (
    (
        "Many children begin with few words and little talk.",
        (
            spending.Chosen(
                "speaking",
                "Daily talk in small groups from reception to year 2.",
                3_840_000,
                "Children speak in sentences when they enter year 1.",
            ),
            spending.Chosen(
                "reading",
                "Two trained adults hear every child read each day.",
                2_750_000,
                "More children read fluently by the end of year 2.",
            ),
        ),
    ),
    (
        "Children who arrive during the year miss what came before.",
        (
            spending.Chosen(
                "moves",
                "A teacher assesses and teaches new children in their first weeks.",
                2_100_000,
                "Nobody waits longer than three weeks.",
            ),
        ),
    ),
)


@transaction.atomic
def make_school_plans(*, place: str, first: str, now: datetime) -> None:
    """Let three heads write what they know, need and plan; ``first`` is the name of one of them."""
    found = Place.objects.get(code=place)
    today = timezone.localtime(now).date()
    heads = [one for one in people_of(found, on=today) if one.role == "head" and one.organisation is not None]
    chosen_heads = sorted(heads, key=lambda one: one.account.name != first)[:SCHOOLS]
    for number, head in enumerate(chosen_heads):
        _school(head, chosen_heads[number - 1].account, number, now)


def _school(head: Grant, peer: Account, number: int, now: datetime) -> None:
    by, urn = head.account, int(head.organisation.key if head.organisation else 0)
    made = [claims.claim(area, claims.Said(words, how), urn=urn, by=by, now=now) for area, how, words in SAID]
    absence = next((key for key, _ in measurable(urn) if "|absence_overall|" in key), None)
    if absence is not None:
        claims.show(claims.Shown(chosen(absence)), claim=made[0], by=by, now=now)
    claims.show(claims.Shown(words="Books of twelve children, seen by two leaders."), claim=made[1], by=by, now=now)
    need = needs.name(Topic.MOBILITY, NEED, urn=urn, by=by, now=now)
    needs.share(True, need=need, by=by, now=now)
    if peer.pk != by.pk:
        due = timezone.localtime(now).date() + timedelta(days=21)
        asked = claims.ask(peer, due, claim=made[1], by=by, now=now)
        if number:
            words = "I saw six lessons and the books of twelve children. What was planned is what was remembered."
            claims.validate(Agreed.YES, words, validation=asked, by=peer, now=now)
    _plan(urn, made[2], by, number, now)
    if number == 0:
        _spending(urn, by, now)


def _plan(urn: int, claim: Claim, by: Account, number: int, now: datetime) -> None:
    today = timezone.localtime(now).date()
    plan = plans.draft(f"School plan {today.year} to {today.year + 2}", urn=urn, by=by, now=now)
    objective = next(iter(objectives_of(urn, on=today)), None)
    first = plans.Wanted(PRIORITY, "Nobody waits longer than three weeks.", [claim], objective)
    received = plans.prioritise(first, plan=plan, by=by, now=now)
    wanted = _measured(urn)
    if wanted is not None:
        plans.prioritise(wanted, plan=plan, by=by, now=now)
    said = plans.Promise(
        "A named adult receives each new child and family.",
        by, today - timedelta(days=60), today - timedelta(days=5), 240_000,
    )  # fmt: skip
    action = plans.act(said, priority=received, by=by, now=now)
    helped = plans.Helped(
        "Training in assessing new arrivals.", today - timedelta(days=50), today - timedelta(days=20), 12,
        who="The language service of the council",
    )  # fmt: skip
    plans.receive(helped, priority=received, by=by, now=now)
    if number == SCHOOLS - 1:
        # The third stays a draft: it waits for its head.
        return
    move = plans.Move(State.APPROVED, review_due=today + timedelta(days=200), chair="Ivo Lanyard")
    plans.move(move, plan=plan, by=by, now=now)
    plans.report(
        Status.UNDER_WAY, "She began in September; two year groups are covered.", action=action, by=by, now=now
    )


def _measured(urn: int) -> plans.Wanted | None:
    """A priority on persistent absence, where it is published of the school."""
    newest = next((one for one in published_of(urn, ["persistent_absence"]) if one.value), None)
    key = next((key for key, _ in measurable(urn) if "|persistent_absence|" in key), None)
    if newest is None or key is None:
        return None
    target = Decimal(str(round((newest.value or 0) * 0.8, 1)))
    start = int(newest.period[:4]) + 4
    words = "Children who miss a tenth of school or more are noticed by the third day."
    by_period = f"{start}/{(start + 1) % 100:02}"
    return plans.Wanted(words, figure=chosen(key), target=target, by_period=by_period)


def _spending(urn: int, by: Account, now: datetime) -> None:
    today = timezone.localtime(now).date()
    start = today.year if today.month >= 9 else today.year - 1
    known = next(iter(counted(urn)), None)
    typed = {} if known else {"pupils": 62, "source": "The school’s own list of pupils on the autumn census day"}
    amount = spending.Amount(f"{start}/{(start + 1) % 100:02}", 9_176_000, known.key if known else "", **typed)  # type: ignore[arg-type]
    plan = spending.begin(amount, urn=urn, by=by, now=now)
    for words, listed in CHALLENGES:
        made = spending.challenge(words, spending=plan, by=by, now=now)
        for said in listed:
            spending.choose(said, challenge=made, by=by, now=now)
    spending.move(State.APPROVED, spending=plan, review_due=today + timedelta(days=280), by=by, now=now)
