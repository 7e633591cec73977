"""A plan of the made-up place part way through, so that a demo shows one at work."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from ropewalk.core.errors import InputRefused
from ropewalk.site.agree.partnership.members import people_of
from ropewalk.site.agree.partnership.models import Body
from ropewalk.site.agree.plan.actions.changing import Why
from ropewalk.site.agree.plan.actions.items import Promise, Shown, change, report, show
from ropewalk.site.agree.plan.actions.kpis import Wanted, set_measure
from ropewalk.site.agree.plan.actions.plans import NewPlan, agree, draft, move, put
from ropewalk.site.agree.plan.kinds import Comes, EvidenceKind, ItemKind, State, Status
from ropewalk.site.agree.plan.models import Item, Plan
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.models import Place

TITLE, WAY = "Every child in school, belonging, achieving", "ten_targets"
BEGAN = 300
FIRST, LAST = "2022/23", "2026/27"
# KPIs of the template by their words: measure and target. What is not published in the made-up place stays unsaid.
KPIS = (
    ("Overall absence falls", "absence_overall", "6.5"),
    ("Fewer pupils are persistently absent", "persistent_absence", "16"),
    ("More pupils reach grade 4 in English and maths", "basics_4", "68"),
    ("Fewer suspensions", "suspension_rate", "8"),
)
# Days after the beginning on which each action is due, and how it stands by now.
ACTIONS = (
    (60, Status.DONE, "She began after half term and has met every head."),
    (250, Status.UNDER_WAY, "Two schools have not answered yet."),
    (400, Status.AT_RISK, "Plans of three schools wait for their governors."),
)


@transaction.atomic
def make_plan(*, place: str, coordinator: str, now: datetime) -> None:
    """Draft, agree and carry out a plan of a place: one action is done, one late; KPIs measure themselves."""
    found = Place.objects.get(code=place)
    by = Account.objects.get_by_natural_key(coordinator)
    began = now - timedelta(days=BEGAN)
    today = timezone.localtime(now).date()
    heads = [one.account for one in people_of(found, on=today) if one.role == "head" and one.account_id != by.pk][:3]
    plan = draft(NewPlan(TITLE, way=WAY), place=found, by=by, now=now)
    _kpis(plan, by, now)
    actions = list(Item.objects.filter(plan=plan, kind=ItemKind.ACTION).order_by("pk"))
    for (after, _, _), item, head in zip(ACTIONS, actions, [by, *heads], strict=False):
        due = timezone.localtime(began).date() + timedelta(days=after)
        said = Promise(words=item.words, parent=item.parent, owner=head, begins=due - timedelta(days=50), due=due)
        change(said, item=item, by=by, now=now)
    put(plan=plan, to=heads, by=by, now=now)
    for head in heads:
        agree(plan=plan, by=head, now=now)
    move(plan=plan, to=State.LIVE, by=by, now=now)
    _carried_out(plan, actions, today, by, now)


def _kpis(plan: Plan, by: Account, now: datetime) -> None:
    wanted = Wanted(comes=Comes.PUBLISHED, area=plan.place.code, phase="all", group="all", period=FIRST, by_period=LAST)
    for words, measure, target in KPIS:
        item = Item.objects.get(plan=plan, words=words)
        # What nothing was made up of for that year stays unsaid.
        with suppress(InputRefused), transaction.atomic():
            set_measure(replace(wanted, measure=measure, target=Decimal(target)), item=item, by=by, now=now)


def _carried_out(plan: Plan, actions: list[Item], today: date, by: Account, now: datetime) -> None:
    rows = {one.pk: one for one in Item.objects.filter(plan=plan).select_related("plan__place", "owner", "parent")}
    for (_, status, words), item in zip(ACTIONS, actions, strict=False):
        report(status, words, item=rows[item.pk], by=by, now=now)
    done, late = (rows[one.pk] for one in actions[:2])
    visit = Shown(EvidenceKind.VISIT, "The coordinator saw heads of eight schools.", today - timedelta(days=200))
    show(visit, item=done, by=by, now=now)
    board = Body.objects.filter(place=plan.place).order_by("pk").first()
    moved = Promise(
        words=late.words, parent=late.parent, owner=late.owner, begins=late.begins, due=today - timedelta(days=20)
    )
    change(moved, item=late, why=Why("Two schools change their system.", board), by=by, now=now)
