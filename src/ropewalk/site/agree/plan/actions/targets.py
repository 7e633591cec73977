"""Targets by agreement: proposed, spoken of, revised, agreed by name, and then made the target."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from ropewalk.core.errors import InputRefused, NotAllowed, Problem
from ropewalk.site.agree.partnership.actions.running import named, write_down
from ropewalk.site.agree.partnership.members import places_seen
from ropewalk.site.agree.partnership.models.said import WORDS
from ropewalk.site.agree.partnership.rules import refuse
from ropewalk.site.agree.plan.actions.changing import Why, note, open_plan
from ropewalk.site.agree.plan.deeds import TARGET_ANSWERED, TARGET_PROPOSED
from ropewalk.site.agree.plan.kinds import State
from ropewalk.site.agree.plan.models import Answer, Item, Kpi, Plan, Proposal
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.terms.sharing import hold


@transaction.atomic
def propose(target: Decimal, words: str, *, item: Item, by: Account, now: datetime) -> Proposal:
    """Propose a target, or revise the one proposed before. Raises NotAllowed for whoever does not see the plan."""
    plan = _speaks(item.plan, by, now)
    problems = named(words, "reason", most=WORDS)
    if not Kpi.objects.filter(item=item).exists() or item.struck_out:
        problems.append(Problem("It is not said how this is measured.", "Say so first; then propose its target."))
    refuse(problems)
    number = Proposal.objects.filter(item=item).count() + 1
    made = Proposal(item=item, number=number, target=target, words=words.strip(), by=by, at=now)
    made.save()
    write_down(TARGET_PROPOSED, plan.place, f"plan {plan.pk}: {item.pk}: proposal {number}", by=by, now=now)
    return made


def _speaks(plan: Plan, by: Account, now: datetime) -> Plan:
    """The plan, for whoever sees it: talk goes on while it is put to people, and ends when it is closed."""
    if plan.place not in places_seen(by, on=timezone.localtime(now).date()):
        raise NotAllowed("Only members of the partnership speak of its targets.")
    hold(plan.place.code)
    locked: Plan = Plan.objects.select_related("place").get(pk=plan.pk)
    if locked.stage is State.CLOSED:
        raise InputRefused([Problem("The plan is closed.", "Begin the next one.")])
    return locked


def _newest(proposal: Proposal) -> list[Problem]:
    later = Proposal.objects.filter(item=proposal.item, number__gt=proposal.number).exists()
    return [Problem("This was revised since.", "Answer the newest proposal.")] if later else []


@transaction.atomic
def answer(agrees: bool, words: str, *, proposal: Proposal, by: Account, now: datetime) -> Answer:
    """Comment on the newest proposal, or agree it: each person once. Local administrators agree nothing."""
    plan = _speaks(proposal.item.plan, by, now)
    if agrees and by.is_local_administrator:
        raise NotAllowed("Looking after the site gives no right to agree a target.")
    problems = _newest(proposal)
    if not agrees:
        problems += named(words, "comment", most=WORDS)
    if agrees and Answer.objects.filter(proposal=proposal, by=by, agrees=True).exists():
        problems.append(Problem("You have agreed it already.", "Nothing needs to be done."))
    refuse(problems)
    made = Answer(proposal=proposal, agrees=agrees, words=words.strip(), by=by, at=now)
    made.save()
    write_down(TARGET_ANSWERED, plan.place, f"plan {plan.pk}: proposal {proposal.pk}", by=by, now=now)
    return made


@transaction.atomic
def adopt(*, proposal: Proposal, by: Account, now: datetime) -> None:
    """Make an agreed proposal the target. Raises InputRefused where nobody has agreed it, or it was revised."""
    plan = open_plan(proposal.item.plan, by=by, now=now)
    agreed = Answer.objects.filter(proposal=proposal, agrees=True).count()
    problems = _newest(proposal)
    if not agreed:
        problems.append(Problem("Nobody has agreed this target yet.", "Ask members to say so first."))
    refuse(problems)
    kpi = Kpi.objects.get(item=proposal.item)
    people = "1 person" if agreed == 1 else f"{agreed} people"
    why = Why(f"Proposal {proposal.number}, agreed by {people}.")
    note(plan, "target", kpi.target, proposal.target, item=proposal.item, why=why, by=by, now=now)
    kpi.target = proposal.target
    kpi.save()
    write_down(TARGET_ANSWERED, plan.place, f"plan {plan.pk}: proposal {proposal.pk} adopted", by=by, now=now)
