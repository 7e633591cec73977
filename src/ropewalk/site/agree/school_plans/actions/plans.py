"""Writing a school's plan, approving it, carrying it out; every change becomes a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from ropewalk.core.errors import InputRefused, NotFound, Problem
from ropewalk.core.measures import measure as measure_called
from ropewalk.core.publish.wording import heading_words, period_words
from ropewalk.core.schema.periods import PeriodKind, kind_of, sort_key
from ropewalk.site.agree.partnership.actions.running import named
from ropewalk.site.agree.partnership.rules import pounds, refuse
from ropewalk.site.agree.plan.kinds import Status
from ropewalk.site.agree.plan.models import Item
from ropewalk.site.agree.school_plans.actions.running import heads, write_down, writes
from ropewalk.site.agree.school_plans.deeds import PLAN, PLAN_MOVED
from ropewalk.site.agree.school_plans.kinds import State
from ropewalk.site.agree.school_plans.models import (
    Action,
    Change,
    Claim,
    Priority,
    PriorityClaim,
    SchoolPlan,
    Support,
)
from ropewalk.site.agree.school_plans.models.claims import LONG, SHORT
from ropewalk.site.agree.school_plans.selectors.figures import Chosen, published_of
from ropewalk.site.agree.school_plans.selectors.plans import series_of
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.numbers import long_date
from ropewalk.site.foundation.organisations.models import NAME, Organisation

WHY = "an action that has just checked who may write for the school"
MOST_PRIORITIES, MOST_ACTIONS = 8, 60


@transaction.atomic
def draft(title: str, *, urn: int, by: Account, now: datetime) -> SchoolPlan:
    """Begin a plan. Raises InputRefused for a title the school has already."""
    writes(urn, by, now)
    problems = named(title, "title")
    if SchoolPlan.objects.for_system_job(WHY).filter(urn=urn, title=title.strip()).exists():
        problems.append(Problem("There is a plan of this title already.", "Choose another title."))
    refuse(problems)
    made: SchoolPlan = SchoolPlan.objects.create(urn=urn, title=title.strip(), by=by, at=now)
    _note(made, "The plan was begun", by, now)
    return made


def _note(plan: SchoolPlan, words: str, by: Account, now: datetime, thing: str = PLAN) -> None:
    Change(plan=plan, words=words[:LONG], after_approval=plan.approved_at is not None, by=by, at=now).save()
    write_down(thing, plan.urn, f"plan {plan.pk}", by=by, now=now)


def _open(plan: SchoolPlan, by: Account, now: datetime) -> SchoolPlan:
    """The plan as it stands, for whoever writes it; once it was approved, for the head alone."""
    writes(plan.urn, by, now)
    held = _held(plan)
    if held.stage is not State.DRAFT:
        heads(plan.urn, by, now)
    return held


def _held(plan: SchoolPlan) -> SchoolPlan:
    """The plan as it stands now. Raises InputRefused for a closed one."""
    held: SchoolPlan = SchoolPlan.objects.for_system_job(WHY).get(pk=plan.pk)
    refuse([Problem("The plan is closed.", "Begin the next one.")] if held.stage is State.CLOSED else [])
    return held


@dataclass(frozen=True)
class Wanted:
    """A priority as the school writes it; ``figure`` is the value its measure begins from."""

    words: str
    expected: str = ""
    claims: Sequence[Claim] = ()
    objective: Item | None = None
    figure: Chosen | None = None
    target: Decimal | None = None
    by_period: str = ""


def _wrong(wanted: Wanted, plan: SchoolPlan, own: Priority | None) -> list[Problem]:
    found = named(wanted.words, "priority", most=SHORT)
    if any(one.urn != plan.urn for one in wanted.claims):
        found.append(Problem("A claim is of another school.", "Choose claims of this school."))
    if len(wanted.expected) > SHORT:
        found.append(Problem("The expected change is too long.", f"Write at most {SHORT} characters."))
    if own is not None and own.frozen_at is not None:
        same = (own.measure, own.phase, own.group, own.period)
        if (wanted.figure.cut if wanted.figure else ("", "", "", "")) != same:
            found.append(Problem("Its measure was frozen when the plan was approved.", "Add another priority."))
    if wanted.figure is None:
        return found
    return [*found, *_no_course(wanted.figure, wanted)]


def _no_course(figure: Chosen, wanted: Wanted) -> list[Problem]:
    if kind_of(figure.period) is not PeriodKind.YEAR or wanted.target is None:
        return [Problem("A measure needs a target.", "Give the value it is to reach, and the year.")]
    try:
        is_later = sort_key(wanted.by_period) > sort_key(figure.period)
        is_year = kind_of(wanted.by_period) is PeriodKind.YEAR
    except NotFound:
        is_later = is_year = False
    if is_later and is_year:
        return []
    return [Problem("The target needs a later academic year.", "Write it like 2027/28.")]


@transaction.atomic
def prioritise(wanted: Wanted, *, plan: SchoolPlan, by: Account, now: datetime) -> Priority:
    """Add a priority. Raises InputRefused for what makes no sense, and for more than a few."""
    held = _open(plan, by, now)
    problems = _wrong(wanted, held, None)
    if held.priorities.filter(struck_out=False).count() >= MOST_PRIORITIES:
        problems.append(Problem(f"The plan has {MOST_PRIORITIES} priorities.", "Few are followed; strike one out."))
    refuse(problems)
    made = Priority(plan=held, number=held.priorities.count() + 1)
    _fill(made, wanted, held, now)
    _note(held, f"Priority {made.number} (“{made.words}”) was added{_how(made)}", by, now)
    return made


def _fill(made: Priority, wanted: Wanted, plan: SchoolPlan, now: datetime) -> None:
    made.words, made.expected = wanted.words.strip(), wanted.expected.strip()
    made.objective = wanted.objective
    made.measure, made.phase, made.group, made.period = wanted.figure.cut if wanted.figure else ("", "", "", "")
    made.target, made.by_period = (wanted.target, wanted.by_period) if wanted.figure else (None, "")
    made.save()
    made.links.all().delete()
    PriorityClaim.objects.bulk_create(PriorityClaim(priority=made, claim=one) for one in dict.fromkeys(wanted.claims))
    if plan.approved_at is not None and made.frozen_at is None:
        _freeze(made, plan.urn, now)


def _how(one: Priority) -> str:
    if not one.measure:
        return ""
    heading = heading_words(measure_called(one.measure), one.phase, one.group)
    target = format((one.target or Decimal(0)).normalize(), "f")
    return (
        f", measured by {heading} from {period_words(one.period)}, to reach {target} by {period_words(one.by_period)}"
    )


@transaction.atomic
def change_priority(wanted: Wanted, *, priority: Priority, by: Account, now: datetime) -> None:
    """Say a priority anew. Raises InputRefused for another measure once the plan is approved."""
    held = _open(priority.plan, by, now)
    own = Priority.objects.get(pk=priority.pk)
    refuse([*_wrong(wanted, held, own), *_gone(own)])
    before = own.words
    _fill(own, wanted, held, now)
    _note(held, f"Priority {own.number} was changed from “{before}” to “{own.words}”{_how(own)}", by, now)


def _gone(row: Priority | Action) -> list[Problem]:
    return [Problem("This is struck out.", "Add it again if it is wanted after all.")] if row.struck_out else []


@transaction.atomic
def strike_out(*, priority: Priority, because: str, by: Account, now: datetime) -> None:
    """Strike a priority out, with a reason; it stays on record."""
    held = _open(priority.plan, by, now)
    own = Priority.objects.get(pk=priority.pk)
    refuse([*named(because, "reason", most=SHORT), *_gone(own)])
    own.struck_out = True
    own.save()
    _note(held, f"Priority {own.number} (“{own.words}”) was struck out. Why: {because.strip()}", by, now)


@dataclass(frozen=True)
class Promise:
    """An action as the school writes it; ``pence`` is its cost."""

    words: str
    owner: Account | None = None
    begins: date | None = None
    due: date | None = None
    pence: int | None = None


def _wrong_action(said: Promise) -> list[Problem]:
    found = named(said.words, "action", most=SHORT)
    if said.begins and said.due and said.due < said.begins:
        found.append(Problem("It is due before it begins.", "Choose a later day."))
    return found


@transaction.atomic
def act(said: Promise, *, priority: Priority, by: Account, now: datetime) -> Action:
    """Add an action to a priority. Raises InputRefused for what makes no sense."""
    held = _open(priority.plan, by, now)
    problems = [*_wrong_action(said), *_gone(Priority.objects.get(pk=priority.pk))]
    if Action.objects.filter(priority__plan=held).count() >= MOST_ACTIONS:
        problems.append(Problem(f"The plan has {MOST_ACTIONS} actions.", "Begin the next plan."))
    refuse(problems)
    made = Action(priority=priority, **{one.name: getattr(said, one.name) for one in fields(said)})
    made.words = said.words.strip()
    made.save()
    _note(held, f"Action “{made.words}” was added to priority {priority.number}{_promised(made)}", by, now)
    return made


def _promised(one: Action) -> str:
    due = f", due {long_date(one.due)}" if one.due else ""
    return f"{due}{f', cost {pounds(one.pence)}' if one.pence is not None else ''}"


@transaction.atomic
def change_action(said: Promise, *, action: Action, by: Account, now: datetime) -> None:
    """Say an action anew."""
    held = _open(action.priority.plan, by, now)
    own = Action.objects.get(pk=action.pk)
    refuse([*_wrong_action(said), *_gone(own)])
    before = f"“{own.words}”{_promised(own)}"
    for one in fields(said):
        setattr(own, one.name, getattr(said, one.name))
    own.words = said.words.strip()
    own.save()
    _note(held, f"Action {before}, is now “{own.words}”{_promised(own)}", by, now)


@transaction.atomic
def report(status: Status, words: str, *, action: Action, by: Account, now: datetime) -> None:
    """Say how an action stands: whoever owns it and still writes for the school, or the head."""
    urn = action.priority.plan.urn
    writes(urn, by, now)
    if action.owner_id != by.pk:
        heads(urn, by, now)
    held, own = _held(action.priority.plan), Action.objects.get(pk=action.pk)
    refuse([*named(words, "sentence on how it stands", most=SHORT), *_gone(own)])
    own.status, own.note = status, words.strip()
    own.save()
    _note(held, f"Action “{own.words}” is {status.words}: {words.strip()}", by, now)


@dataclass(frozen=True)
class Helped:
    """Support that a school received: from whom, what, whole hours, from when to when."""

    words: str
    begins: date
    until: date | None = None
    hours: int | None = None
    organisation: Organisation | None = None
    who: str = ""


@transaction.atomic
def receive(said: Helped, *, priority: Priority, by: Account, now: datetime) -> Support:
    """Write down support. Raises InputRefused where it is not said from whom."""
    writes(priority.plan.urn, by, now)
    held = _held(priority.plan)
    problems = [*named(said.words, "sentence on what it was", most=SHORT), *_gone(Priority.objects.get(pk=priority.pk))]
    if said.organisation is None:
        problems += named(said.who, "name of who helped", most=NAME)
    if said.until is not None and said.until < said.begins:
        problems.append(Problem("It ended before it began.", "Choose a later day."))
    refuse(problems)
    made = Support(priority=priority, **{**vars(said), "words": said.words.strip(), "who": said.who.strip()})
    made.by, made.at = by, now
    made.save()
    _note(held, f"Support for priority {priority.number} was written down: {made.words}", by, now)
    return made


@dataclass(frozen=True)
class Move:
    """Where the head takes a plan: approved needs a day of review, anything else words."""

    to: State
    words: str = ""
    review_due: date | None = None
    chair: str = ""


@transaction.atomic
def move(said: Move, *, plan: SchoolPlan, by: Account, now: datetime) -> None:
    """Take a plan on. With the first approval baselines are frozen. Raises InputRefused for what does not follow."""
    heads(plan.urn, by, now)
    held: SchoolPlan = SchoolPlan.objects.for_system_job(WHY).get(pk=plan.pk)
    refuse(_cannot(said, held, now))
    was = held.stage
    if said.to is State.APPROVED:
        held.review_due, held.chair = said.review_due, said.chair.strip()
        if held.approved_at is None:
            held.approved_at, held.approved_by = now, by
            for one in held.priorities.filter(struck_out=False, frozen_at=None):
                _freeze(one, held.urn, now)
    held.state = said.to
    held.save()
    why = f" {said.words.strip()}" if said.words.strip() else ""
    _note(held, f"The plan became {said.to.words}, was {was.words}.{why}", by, now, PLAN_MOVED)


def _cannot(said: Move, plan: SchoolPlan, now: datetime) -> list[Problem]:
    found = []
    if said.to not in plan.stage.next:
        found.append(Problem(f"A plan that is {plan.stage.words} does not become so.", "Take another step."))
    if said.to is not State.APPROVED:
        return [*found, *named(said.words, "sentence on what came of it", most=SHORT)]
    if not plan.priorities.filter(struck_out=False).exists():
        found.append(Problem("The plan has no priority.", "Add one first."))
    if said.review_due is None or said.review_due <= now.date():
        found.append(Problem("The day of review is missing or past.", "Choose a later day."))
    return found


def _freeze(one: Priority, urn: int, now: datetime) -> None:
    if not one.measure:
        return
    series = series_of(one, published_of(urn, [one.measure]))
    first = next((figure for figure in series if figure.period == one.period), None)
    if first is None or first.value is None:
        what = f"Nothing is published of priority {one.number} for {period_words(one.period)} any more."
        raise InputRefused([Problem(what, "Choose its measure again.")])
    one.baseline, one.frozen_at = Decimal(str(round(first.value, 4))), now
    one.baseline_source = f"{period_words(one.period)}, {first.source.title}"[:SHORT]
    one.save()
