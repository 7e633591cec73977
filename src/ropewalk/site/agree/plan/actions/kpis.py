"""How a KPI is measured, its target, values written in, and its baseline, which is frozen with the agreed plan."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from ropewalk.core.errors import InputRefused, NotFound, Problem
from ropewalk.core.measures import measure
from ropewalk.core.publish.wording import heading_words, period_words
from ropewalk.core.schema.periods import kind_of, sort_key
from ropewalk.site.agree.partnership.actions.running import named, write_down
from ropewalk.site.agree.partnership.models.said import WORDS
from ropewalk.site.agree.partnership.rules import refuse
from ropewalk.site.agree.plan.actions.changing import NO_REASON, Why, note, open_plan
from ropewalk.site.agree.plan.deeds import ITEM_CHANGED
from ropewalk.site.agree.plan.kinds import Comes, ItemKind
from ropewalk.site.agree.plan.models import Item, Kpi, Plan, Typed
from ropewalk.site.agree.plan.selectors.measuring import baseline_of
from ropewalk.site.foundation.accounts.models import Account

FROZEN = ("comes", "area", "measure", "phase", "group", "period", "unit")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a KPI measures, from which period on, and what it is to reach by which one."""

    comes: Comes
    area: str = ""
    measure: str = ""
    phase: str = ""
    group: str = ""
    period: str = ""
    unit: str = ""
    target: Decimal | None = None
    by_period: str = ""


@transaction.atomic
def set_measure(wanted: Wanted, *, item: Item, why: Why = NO_REASON, by: Account, now: datetime) -> Kpi:
    """Say how a KPI is measured. Raises InputRefused where its baseline is frozen and more than the target changes."""
    plan = open_plan(item.plan, by=by, now=now)
    there = Kpi.objects.filter(item=item).first()
    kpi = there or Kpi(item=item)
    was, before = _how(kpi) if there else "", kpi.target
    refuse(_wrong(wanted, item, there))
    for name, value in vars(wanted).items():
        setattr(kpi, name, value)
    if wanted.comes is not Comes.TYPED and baseline_of(kpi)[0] is None:
        what = f"There is no value of this in {kpi.period}, from which it is to begin."
        raise InputRefused([Problem(what, "Choose a period, phase and group for which there is one.")])
    kpi.save()
    note(plan, "measure", was, _how(kpi), item=item, why=why, by=by, now=now)
    note(plan, "target", before, kpi.target, item=item, why=why, by=by, now=now)
    if plan.agreed_at is not None and kpi.frozen_at is None:
        _freeze(kpi, now)
    write_down(ITEM_CHANGED, plan.place, f"plan {plan.pk}: {item.pk}: how it is measured", by=by, now=now)
    return kpi


def _how(kpi: Kpi) -> str:
    if kpi.source is Comes.TYPED:
        return f"{kpi.unit}, {kpi.source.words}"
    words = heading_words(measure(kpi.measure), kpi.phase, kpi.group)
    began, ends = period_words(kpi.period), period_words(kpi.by_period)
    return f"{words}: it begins from {began}, and its target is for {ends}; {kpi.source.words}"


def _wrong(wanted: Wanted, item: Item, there: Kpi | None) -> list[Problem]:
    found = []
    if item.sort is not ItemKind.KPI:
        found.append(Problem("This is no KPI.", "Add a KPI under it."))
    if there and there.frozen_at and any(getattr(there, name) != getattr(wanted, name) for name in FROZEN):
        begun = Problem("What it measures and where it begins was agreed.", "Add another KPI, and strike this one out.")
        found.append(begun)
    if wanted.comes is Comes.TYPED:
        return [*found, *named(wanted.unit, "unit", most=30)]
    try:
        measure(wanted.measure)
        kinds = [kind_of(one) for one in (wanted.period, wanted.by_period)]
    except NotFound as problem:
        return [*found, Problem(str(problem), "Choose a measure and periods that are known.")]
    if kinds[0] is not kinds[1] or sort_key(wanted.by_period) <= sort_key(wanted.period):
        found.append(Problem("The target’s period does not follow the first.", "Choose a later one as long as it."))
    return found


def freeze(plan: Plan, *, now: datetime) -> None:
    """Freeze the baselines of a plan's KPIs: what they were when it was agreed, whatever is published later."""
    for kpi in Kpi.objects.filter(item__plan=plan, item__struck_out=False, frozen_at=None).select_related("item"):
        _freeze(kpi, now)


def _freeze(kpi: Kpi, now: datetime) -> None:
    value, source = baseline_of(kpi)
    if value is None:
        return
    kpi.baseline, kpi.baseline_source, kpi.frozen_at = Decimal(str(round(value, 4))), source, now
    kpi.save()


@dataclass(frozen=True, kw_only=True)
class Written:
    """A value that somebody writes in, with what shows it; a share with its counts."""

    day: date
    value: Decimal
    source: str
    numerator: int | None = None
    denominator: int | None = None
    address: str = ""


@transaction.atomic
def write_in(said: Written, *, kpi: Kpi, by: Account, now: datetime) -> Typed:
    """Write in a value: whoever owns the KPI, or runs the plan. Raises InputRefused where a measure gives it."""
    owns = kpi.item.owner_id == by.pk and by.is_active
    plan = open_plan(kpi.item.plan, by=by, now=now, runs=not owns)
    problems = named(said.source, "source", most=WORDS)
    if kpi.source is not Comes.TYPED:
        problems.append(Problem("A measure gives its value.", "Nothing is written in here."))
    if said.day > timezone.localtime(now).date():
        problems.append(Problem("The day is still to come.", "Write it in once it is known."))
    counts = (said.numerator, said.denominator)
    if (None in counts) != (counts == (None, None)):
        problems.append(Problem("Half of the counts is missing.", "Give both numbers, or neither."))
    elif said.numerator is not None and said.denominator is not None and not 0 <= said.numerator <= said.denominator:
        problems.append(Problem("These counts are no share.", "Give the smaller number first."))
    refuse(problems)
    made = Typed(kpi=kpi, **{**vars(said), "source": said.source.strip()})
    made.by, made.at = by, now
    made.save()
    if plan.agreed_at is not None and kpi.frozen_at is None:
        _freeze(kpi, now)
    write_down(ITEM_CHANGED, plan.place, f"plan {plan.pk}: {kpi.item_id}: a value written in", by=by, now=now)
    return made
