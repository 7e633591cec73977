"""Adding parts of a plan, changing them, saying how they stand, striking them out, and what shows it."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.site.agree.partnership.actions.meetings import follow
from ropewalk.site.agree.partnership.actions.running import named, write_down
from ropewalk.site.agree.partnership.models import Meeting
from ropewalk.site.agree.partnership.models.said import WORDS
from ropewalk.site.agree.partnership.rules import refuse
from ropewalk.site.agree.plan.actions.changing import NO_REASON, Why, note, open_plan
from ropewalk.site.agree.plan.deeds import EVIDENCE_ADDED, ITEM_ADDED, ITEM_CHANGED
from ropewalk.site.agree.plan.kinds import EvidenceKind, ItemKind, Status
from ropewalk.site.agree.plan.models import Evidence, Item, Origin, Plan
from ropewalk.site.agree.plan.rules import MADE, may_stand
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.models import Organisation

MOST_ITEMS = 500


@dataclass(frozen=True, kw_only=True)
class Promise:
    """What a part of a plan says: the words, who promised it, when, what it costs, what comes first."""

    words: str
    parent: Item | None = None
    number: int | None = None
    owner: Account | None = None
    organisation: Organisation | None = None
    begins: date | None = None
    due: date | None = None
    pence: int | None = None
    waits_for: Item | None = None


def promise_of(item: Item, **other: Any) -> Promise:
    """What a part says now, with something said otherwise."""
    return Promise(**{one.name: getattr(item, one.name) for one in fields(Promise)} | other)


@transaction.atomic
def add(kind: ItemKind, said: Promise, *, plan: Plan, by: Account, now: datetime, why: Why = NO_REASON) -> Item:
    """Add a part to a plan. Raises InputRefused for one that makes no sense where it is to stand."""
    locked = open_plan(plan, by=by, now=now)
    problems = _wrong(kind, said, locked, None)
    if Item.objects.filter(plan=locked).count() >= MOST_ITEMS:
        problems.append(Problem(f"The plan has {MOST_ITEMS} parts already.", "Make another plan."))
    refuse(problems)
    last = Item.objects.filter(plan=locked, parent=said.parent).aggregate(last=Max("number"))["last"] or 0
    made = Item(plan=locked, kind=kind, **{one.name: getattr(said, one.name) for one in fields(said)})
    made.words, made.number = said.words.strip(), said.number or last + 1
    made.save()
    note(locked, MADE, "", made.words, item=made, why=why, by=by, now=now)
    write_down(ITEM_ADDED, locked.place, f"plan {locked.pk}: {kind} {made.pk}", by=by, now=now)
    return made


@transaction.atomic
def change(said: Promise, *, item: Item, by: Account, now: datetime, why: Why = NO_REASON) -> list[str]:
    """Change what a part says; gives what changed. Raises InputRefused for what makes no sense."""
    plan = open_plan(item.plan, by=by, now=now)
    locked = Item.objects.get(pk=item.pk)
    refuse([*_wrong(locked.sort, said, plan, locked), *_gone(locked)])
    changed = []
    for name in (one.name for one in fields(said)):
        new = getattr(said, name)
        new = new.strip() if name == "words" else new
        if name == "number" and new is None:
            continue
        if note(plan, name, getattr(locked, name), new, item=locked, why=why, by=by, now=now):
            setattr(locked, name, new)
            changed.append(name)
    locked.save()
    if changed:
        write_down(ITEM_CHANGED, plan.place, f"plan {plan.pk}: {item.pk}: {', '.join(changed)}", by=by, now=now)
    return changed


def _gone(item: Item) -> list[Problem]:
    gone = Problem("This is struck out.", "Add it again if it is wanted after all.")
    return [gone] if item.struck_out else []


def _wrong(kind: ItemKind, said: Promise, plan: Plan, own: Item | None) -> list[Problem]:
    found = named(said.words, "words", most=WORDS)
    others = [one for one in (said.parent, said.waits_for) if one is not None]
    if any(one.plan_id != plan.pk or one.struck_out for one in others):
        found.append(Problem("It stands under or waits for something else.", "Choose parts of this plan."))
    if not may_stand(kind, said.parent):
        found.append(Problem(f"A {kind.words} does not stand there.", "Choose something wider, or nothing."))
    if said.begins and said.due and said.due < said.begins:
        found.append(Problem("It is due before it begins.", "Choose a later day."))
    if own is not None and _waits_for_itself(own, said.waits_for):
        found.append(Problem("It would wait for itself.", "Choose something that does not wait for it."))
    return found


def _waits_for_itself(own: Item, first: Item | None) -> bool:
    seen: set[int] = set()
    while first is not None and first.pk not in seen:
        if first.pk == own.pk:
            return True
        seen.add(first.pk)
        first = first.waits_for
    return False


@transaction.atomic
def report(status: Status, words: str, *, item: Item, by: Account, now: datetime) -> None:
    """Say how a part stands: whoever owns it, or runs the plan. Raises NotAllowed for anybody else."""
    plan = _open_for_owner(item, by, now)
    locked = Item.objects.get(pk=item.pk)
    refuse([*named(words, "sentence on how it stands", most=WORDS), *_gone(locked)])
    why = Why(words.strip())
    moved = note(plan, "status", locked.status, status, item=locked, why=why, by=by, now=now)
    noted = note(plan, "note", locked.note, words.strip(), item=locked, by=by, now=now)
    locked.status, locked.note = status, words.strip()
    locked.save()
    origin = Origin.objects.filter(item=locked, outcome__isnull=False).select_related("outcome__meeting__body").first()
    if origin is not None and origin.outcome is not None:
        follow(outcome=origin.outcome, is_done=status is Status.DONE, by=by, now=now)
    if moved or noted:
        write_down(ITEM_CHANGED, plan.place, f"plan {plan.pk}: {item.pk}: {status}", by=by, now=now)


def _open_for_owner(item: Item, by: Account, now: datetime) -> Plan:
    owns = item.owner_id == by.pk and by.is_active
    return open_plan(item.plan, by=by, now=now, runs=not owns)


@transaction.atomic
def strike_out(*, item: Item, why: Why, by: Account, now: datetime) -> None:
    """Strike a part out, and with it what stands under it; it stays on record. Raises InputRefused without a reason."""
    plan = open_plan(item.plan, by=by, now=now)
    refuse([*named(why.because, "reason", most=WORDS), *_gone(Item.objects.get(pk=item.pk))])
    waiting = [item.pk]
    while waiting:
        for one in Item.objects.filter(pk__in=waiting, struck_out=False):
            note(plan, "struck_out", "", "yes", item=one, why=why, by=by, now=now)
            one.struck_out = True
            one.save()
        waiting = list(Item.objects.filter(parent__in=waiting, struck_out=False).values_list("pk", flat=True))
    write_down(ITEM_CHANGED, plan.place, f"plan {plan.pk}: {item.pk}: struck out", by=by, now=now)


@dataclass(frozen=True)
class Shown:
    """What shows that something was done."""

    kind: EvidenceKind
    words: str
    day: date | None = None
    address: str = ""
    meeting: Meeting | None = None


@transaction.atomic
def show(said: Shown, *, item: Item, by: Account, now: datetime) -> Evidence:
    """Add evidence: whoever owns the part, or runs the plan. Raises InputRefused for half of it."""
    plan = _open_for_owner(item, by, now)
    problems = named(said.words, "words", most=WORDS)
    if said.kind is EvidenceKind.LINK and not said.address:
        problems.append(Problem("There is no address.", "Give the address of the page."))
    if said.kind is EvidenceKind.VISIT and said.day is None:
        problems.append(Problem("It is not said when the visit was.", "Give the day."))
    if said.kind is EvidenceKind.MINUTES and said.meeting is None:
        problems.append(Problem("It is not said of which meeting.", "Choose the meeting."))
    if said.meeting is not None and said.meeting.body.place_id != plan.place_id:
        raise InputRefused([Problem("The meeting is of another place.", "Choose one of this place.")])
    refuse(problems)
    made = Evidence(item=item, kind=said.kind, words=said.words.strip(), day=said.day, address=said.address)
    made.meeting, made.by, made.at = said.meeting, by, now
    made.save()
    write_down(EVIDENCE_ADDED, plan.place, f"plan {plan.pk}: {item.pk}: {said.kind}", by=by, now=now)
    return made
