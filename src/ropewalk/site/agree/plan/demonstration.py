"""A plan of the made-up place part way through, so that a demo shows one at work."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from ropewalk.core.errors import InputRefused
from ropewalk.site.agree.partnership.actions.meetings import Called, Resolved, call, resolve
from ropewalk.site.agree.partnership.kinds import OutcomeKind
from ropewalk.site.agree.partnership.members import people_of
from ropewalk.site.agree.partnership.models import Body
from ropewalk.site.agree.plan.actions.changing import Why
from ropewalk.site.agree.plan.actions.items import Promise, Shown, add, change, report, show
from ropewalk.site.agree.plan.actions.kpis import Wanted, set_measure
from ropewalk.site.agree.plan.actions.plans import NewPlan, agree, draft, move, put
from ropewalk.site.agree.plan.kinds import Comes, EvidenceKind, ItemKind, State, Status
from ropewalk.site.agree.plan.models import Item, Kpi, Plan
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.models import Place

TITLE, WAY = "Every child in school, belonging, achieving", "ten_targets"
EARLIER = "Recovery plan of the years before"
BEGAN = 730
FIRST, LAST = "2022/23", "2026/27"
# KPIs of the template by their words: measure and target. What is not published in the made-up place stays unsaid.
KPIS = (
    ("Overall absence falls", "absence_overall", "6.5"),
    ("Fewer pupils are persistently absent", "persistent_absence", "16"),
    ("More pupils reach grade 4 in English and maths", "basics_4", "72"),
    ("Fewer suspensions", "suspension_rate", "4"),
)
MOVED, MOVED_TO = "Fewer pupils are persistently absent", Decimal(18)
DECIDED = "The target for persistent absence moves from 16 to 18 per cent, for one year."
MINUTED = "Write to every governing board about the days of the school census"
# Days after the beginning on which each action is due, and how it stands by now.
ACTIONS = (
    (60, Status.DONE, "She began after half term and has met every head."),
    (680, Status.UNDER_WAY, "Two schools have not answered yet."),
    (830, Status.AT_RISK, "Plans of three schools wait for their governors."),
)


@transaction.atomic
def make_plan(*, place: str, coordinator: str, now: datetime) -> None:
    """Draft, agree and carry out a plan of a place: one action is done, one late; KPIs measure themselves."""
    found = Place.objects.get(code=place)
    by = Account.objects.get_by_natural_key(coordinator)
    began = now - timedelta(days=BEGAN)
    today = timezone.localtime(now).date()
    heads = [one.account for one in people_of(found, on=today) if one.role == "head" and one.account_id != by.pk][:3]
    _earlier_plan(found, heads, by, now)
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
    board = Body.objects.filter(place=found).order_by("pk").first()
    if board is not None:
        _decided(plan, board, today, by, now)


def _earlier_plan(place: Place, heads: list[Account], by: Account, now: datetime) -> None:
    """A plan that was carried out, looked back on and closed."""
    plan = draft(NewPlan(EARLIER, "Schools open safely, and no child is lost from sight."), place=place, by=by, now=now)
    strand = add(ItemKind.STRAND, Promise(words="Every child is back in school"), plan=plan, by=by, now=now)
    said = Promise(words="Ring every family that has not come back", parent=strand, owner=heads[0] if heads else by)
    item = add(ItemKind.ACTION, said, plan=plan, by=by, now=now)
    put(plan=plan, to=heads or [by], by=by, now=now)
    for head in heads or [by]:
        agree(plan=plan, by=head, now=now)
    move(plan=plan, to=State.LIVE, by=by, now=now)
    report(Status.DONE, "All but two were reached.", item=item, by=by, now=now)
    move(plan=plan, to=State.REVIEW, why=Why("Two years are over: what came of it?"), by=by, now=now)
    move(plan=plan, to=State.CLOSED, why=Why("What is left goes into the next plan."), by=by, now=now)


def _decided(plan: Plan, board: Body, today: date, by: Account, now: datetime) -> None:
    """The board met, moved a target and gave somebody something to do."""
    day = max(today - timedelta(days=14), board.begins)
    called = Called(day, time(9), time(10, 30), "Town hall")
    [meeting] = call(called, body=board, by=by, now=now)
    if meeting.starts_at > now:
        return
    resolve(Resolved(OutcomeKind.DECISION, DECIDED), meeting=meeting, by=by, now=now)
    due = today + timedelta(days=21)
    resolve(Resolved(OutcomeKind.ACTION, MINUTED, by.name, due), meeting=meeting, by=by, now=now)
    kpi = Kpi.objects.filter(item__plan=plan, item__words=MOVED).select_related("item__plan__place").first()
    if kpi is not None:
        names = ("area", "measure", "phase", "group", "period", "by_period")
        wanted = Wanted(comes=kpi.source, target=MOVED_TO, **{name: getattr(kpi, name) for name in names})
        set_measure(wanted, item=kpi.item, why=Why("We were too bold.", board), by=by, now=now)


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
