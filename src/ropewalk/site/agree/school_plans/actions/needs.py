"""Naming a need, sharing it with the partnership, ending it; and a joint objective made of needs of several schools."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from ropewalk.core.errors import Problem
from ropewalk.site.agree.partnership.actions.running import may_run, named
from ropewalk.site.agree.partnership.actions.running import write_down as write_down_at
from ropewalk.site.agree.partnership.rules import refuse
from ropewalk.site.agree.plan.actions.changing import Why
from ropewalk.site.agree.plan.actions.items import Promise, add
from ropewalk.site.agree.plan.kinds import ItemKind
from ropewalk.site.agree.plan.models import Item, Plan
from ropewalk.site.agree.school_plans.actions.running import heads, write_down, writes
from ropewalk.site.agree.school_plans.deeds import NEED, NEED_SHARED, OBJECTIVE
from ropewalk.site.agree.school_plans.kinds import Topic
from ropewalk.site.agree.school_plans.models import JointObjective, Need
from ropewalk.site.agree.school_plans.models.claims import SHORT
from ropewalk.site.agree.school_plans.rules import TOGETHER
from ropewalk.site.agree.school_plans.selectors.needs import place_needs
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.models import Place

WHY = "an action that has just checked who may write for the school"


@transaction.atomic
def name(topic: Topic, words: str, *, urn: int, by: Account, now: datetime) -> Need:
    """Name a need of the school in words; nobody else sees it until the head shares it."""
    writes(urn, by, now)
    refuse(named(words, "need", most=SHORT))
    made: Need = Need.objects.create(urn=urn, topic=topic, words=words.strip(), by=by, at=now)
    write_down(NEED, urn, f"need {made.pk}: {topic}", by=by, now=now)
    return made


def _held(need: Need) -> Need:
    held: Need = Need.objects.for_system_job(WHY).get(pk=need.pk)
    refuse([Problem("The need has ended.", "Name it anew.")] if held.ended_at else [])
    return held


@transaction.atomic
def share(shared: bool, *, need: Need, by: Account, now: datetime) -> None:
    """The head lets whoever runs the partnership see a need, or takes that back."""
    heads(need.urn, by, now)
    held = _held(need)
    held.shared_at, held.shared_by = (now, by) if shared else (None, None)
    held.save()
    write_down(NEED_SHARED, need.urn, f"need {need.pk}: {'shared' if shared else 'not shared'}", by=by, now=now)


@transaction.atomic
def end(*, need: Need, by: Account, now: datetime) -> None:
    """A need is one no longer; it stays on record."""
    writes(need.urn, by, now)
    held = _held(need)
    held.ended_at = now
    held.save()
    write_down(NEED, need.urn, f"need {need.pk} ended", by=by, now=now)


@dataclass(frozen=True)
class Wanted:
    """A joint objective: its words, in which plan, for which topic."""

    topic: Topic
    words: str
    plan: Plan


@transaction.atomic
def make_objective(wanted: Wanted, *, place: Place, by: Account, now: datetime) -> Item:
    """Make a joint objective of a need that enough schools share. Raises InputRefused where too few do."""
    may_run(place, by, now)
    lines = place_needs(place, on=timezone.localtime(now).date()).topics
    line = next((one for one in lines if one.topic is wanted.topic), None)
    problems = []
    if line is None or not line.is_suggested:
        problems.append(Problem(f"Fewer than {TOGETHER} schools share this need.", "Wait until more do."))
    if wanted.plan.place_id != place.pk:
        problems.append(Problem("The plan is of another place.", "Choose one of this place."))
    refuse(problems)
    schools = len(line.schools) if line else 0
    why = Why(f"{schools} schools have this need: {wanted.topic.words}.")
    item = add(ItemKind.OBJECTIVE, Promise(words=wanted.words), plan=wanted.plan, by=by, now=now, why=why)
    made = JointObjective(place=place, topic=wanted.topic, schools=schools, item=item, by=by, at=now)
    made.save()
    write_down_at(OBJECTIVE, place, f"{wanted.topic}, {schools} schools: plan {wanted.plan.pk}", by=by, now=now)
    return item
