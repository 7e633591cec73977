"""Drafting a plan, putting it to those who agree it, and taking it from one state to the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ropewalk.core.errors import InputRefused, NotAllowed, Problem
from ropewalk.site.agree.partnership.actions.running import may_run, named, write_down
from ropewalk.site.agree.partnership.members import people_of
from ropewalk.site.agree.partnership.models.said import WORDS
from ropewalk.site.agree.partnership.rules import refuse
from ropewalk.site.agree.plan.actions.changing import NO_REASON, Why, note
from ropewalk.site.agree.plan.actions.kpis import freeze
from ropewalk.site.agree.plan.deeds import PLAN_AGREED, PLAN_DRAFTED, PLAN_MOVED
from ropewalk.site.agree.plan.kinds import State
from ropewalk.site.agree.plan.models import Assent, Item, Plan
from ropewalk.site.agree.plan.rules import MADE
from ropewalk.site.agree.plan.ways import Part, way_called
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.models import Place
from ropewalk.site.foundation.terms.sharing import hold


@dataclass(frozen=True)
class NewPlan:
    """A plan as somebody begins it; ``way`` names the template it is filled from, if any."""

    title: str
    aim: str = ""
    way: str = ""


@transaction.atomic
def draft(wanted: NewPlan, *, place: Place, by: Account, now: datetime) -> Plan:
    """Begin a plan, filled from a template where one is named. Raises InputRefused for a title that is there."""
    may_run(place, by, now)
    hold(place.code)
    problems = named(wanted.title, "title")
    if len(wanted.aim) > WORDS:
        problems.append(Problem("The aim is too long.", f"Write at most {WORDS} characters."))
    if Plan.objects.filter(place=place, title=wanted.title.strip()).exists():
        problems.append(Problem("There is a plan of this title already.", "Choose another title."))
    refuse(problems)
    way = way_called(wanted.way)
    aim = wanted.aim.strip() or (way.aim if way else "")
    made = Plan(place=place, title=wanted.title.strip(), aim=aim, way=wanted.way, by=by, at=now)
    made.save()
    note(made, "state", "", State.DRAFT, by=by, now=now)
    if way:
        _fill(made, way.parts, None, by=by, now=now)
    write_down(PLAN_DRAFTED, place, f"plan {made.pk}, {wanted.way or 'empty'}", by=by, now=now)
    return made


def _fill(plan: Plan, parts: Sequence[Part], parent: Item | None, *, by: Account, now: datetime) -> None:
    for number, part in enumerate(parts, start=1):
        item = Item.objects.create(plan=plan, parent=parent, kind=part.kind, number=number, words=part.words)
        note(plan, MADE, "", part.words, item=item, by=by, now=now)
        _fill(plan, part.parts, item, by=by, now=now)


@transaction.atomic
def put(*, plan: Plan, to: Sequence[Account], by: Account, now: datetime) -> None:
    """Put a draft to those who agree it. Raises InputRefused for nobody, somebody from elsewhere, or no draft."""
    may_run(plan.place, by, now)
    hold(plan.place.code)
    locked = Plan.objects.get(pk=plan.pk)
    here = {grant.account_id for grant in people_of(plan.place, on=now.date())}
    problems = []
    if locked.stage is not State.DRAFT:
        problems.append(Problem("The plan is no draft.", "Only a draft is put to anybody."))
    if not to or any(one.pk not in here for one in to):
        problems.append(Problem("Nobody is asked, or somebody from elsewhere.", "Choose people of the place."))
    if not Item.objects.filter(plan=plan, struck_out=False).exists():
        problems.append(Problem("There is nothing in the plan.", "Add what it wants first."))
    refuse(problems)
    locked.round += 1
    Assent.objects.bulk_create(
        Assent(plan=locked, round=locked.round, account=one, by=by, at=now) for one in dict.fromkeys(to)
    )
    _move(locked, State.PUT, why=NO_REASON, by=by, now=now)


@transaction.atomic
def agree(*, plan: Plan, by: Account, now: datetime) -> Plan:
    """Somebody who is asked agrees the plan; with the last of them it is agreed, and baselines are frozen.

    Raises NotAllowed for whoever is not asked, and InputRefused for a plan that is not put to anybody.
    """
    hold(plan.place.code)
    locked: Plan = Plan.objects.select_related("place").get(pk=plan.pk)
    asked = Assent.objects.filter(plan=locked, round=locked.round)
    mine = asked.select_for_update().filter(account=by).first()
    if mine is None:
        raise NotAllowed("Only those who are asked agree a plan.")
    if locked.stage is not State.PUT or mine.agreed_at is not None:
        raise InputRefused([Problem("There is nothing for you to agree.", "Nothing needs to be done.")])
    mine.agreed_at = now
    mine.save(update_fields=["agreed_at"])
    write_down(PLAN_AGREED, locked.place, f"plan {locked.pk}, round {locked.round}", by=by, now=now)
    if not asked.filter(agreed_at=None).exists():
        locked.agreed_at = now
        freeze(locked, now=now)
        _move(locked, State.AGREED, why=NO_REASON, by=by, now=now)
    return locked


@transaction.atomic
def move(*, plan: Plan, to: State, why: Why = NO_REASON, by: Account, now: datetime) -> None:
    """Take a plan to its next state. Raises InputRefused for one that does not follow, or without a reason."""
    may_run(plan.place, by, now)
    hold(plan.place.code)
    locked = Plan.objects.select_related("place").get(pk=plan.pk)
    problems = named(why.because, "reason", most=WORDS) if to in {State.DRAFT, State.REVIEW, State.CLOSED} else []
    if to not in locked.stage.next:
        problems.append(Problem(f"A plan that is {locked.stage.words} does not become so.", "Take another step."))
    refuse(problems)
    _move(locked, to, why=why, by=by, now=now)


def _move(plan: Plan, to: State, *, why: Why, by: Account, now: datetime) -> None:
    note(plan, "state", plan.state, to, why=why, by=by, now=now)
    plan.state = to
    plan.save()
    write_down(PLAN_MOVED, plan.place, f"plan {plan.pk}: {to}", by=by, now=now)
