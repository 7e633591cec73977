"""Writing a disadvantage plan, approving it and reviewing it."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from ropewalk.core.errors import Problem
from ropewalk.site.agree.partnership.actions.running import named
from ropewalk.site.agree.partnership.rules import refuse
from ropewalk.site.agree.school_plans.actions.running import heads, write_down, writes
from ropewalk.site.agree.school_plans.approaches import BY_ID
from ropewalk.site.agree.school_plans.deeds import SPENDING, SPENDING_MOVED
from ropewalk.site.agree.school_plans.kinds import State
from ropewalk.site.agree.school_plans.models import Challenge, Choice, Spending
from ropewalk.site.agree.school_plans.models.claims import LONG, SHORT
from ropewalk.site.agree.school_plans.selectors.spending import counted
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.models import NAME

WHY = "an action that has just checked who may write for the school"
YEAR = re.compile(r"(20\d\d)/(\d\d)")


@dataclass(frozen=True)
class Amount:
    """Pupil premium of a year. ``measure`` names a published count; without one pupils are typed with their source."""

    year: str
    pence: int
    measure: str = ""
    pupils: int | None = None
    source: str = ""


def _is_year(text: str) -> bool:
    found = YEAR.fullmatch(text)
    return found is not None and (int(found.group(1)) + 1) % 100 == int(found.group(2))


@transaction.atomic
def begin(said: Amount, *, urn: int, by: Account, now: datetime) -> Spending:
    """Begin a disadvantage plan. Raises InputRefused for no academic year, or pupils without a source."""
    writes(urn, by, now)
    problems = []
    if not _is_year(said.year):
        problems.append(Problem("This is no academic year.", "Write it like 2026/27."))
    if Spending.objects.for_system_job(WHY).filter(urn=urn, year=said.year).exists():
        problems.append(Problem("There is one for this year already.", "Change that one."))
    known = {one.key: one for one in counted(urn)}
    if said.measure and said.measure not in known:
        problems.append(Problem("This count is not published.", "Type the number with its source."))
    if not said.measure:
        problems += named(said.source, "source of the number of pupils", most=SHORT)
        if said.pupils is None:
            problems.append(Problem("The number of pupils is missing.", "Type it, or choose a published count."))
    refuse(problems)
    pupils = known[said.measure].pupils if said.measure else said.pupils or 0
    source = known[said.measure].words if said.measure else said.source.strip()
    made: Spending = Spending.objects.create(
        urn=urn, year=said.year, pence=said.pence, pupils=pupils, source=source, by=by, at=now
    )
    write_down(SPENDING, urn, f"disadvantage plan {made.pk} begun", by=by, now=now)
    return made


def _open(spending: Spending, by: Account, now: datetime) -> Spending:
    writes(spending.urn, by, now)
    held: Spending = Spending.objects.for_system_job(WHY).get(pk=spending.pk)
    if held.stage is not State.DRAFT:
        refuse([Problem(f"The plan is {held.stage.words}.", "Only a draft is changed; write the next year’s.")])
    return held


@transaction.atomic
def challenge(words: str, *, spending: Spending, by: Account, now: datetime) -> Challenge:
    """Say what stands in the way of disadvantaged pupils."""
    held = _open(spending, by, now)
    refuse(named(words, "challenge", most=SHORT))
    made = Challenge.objects.create(spending=held, number=held.challenges.count() + 1, words=words.strip())
    write_down(SPENDING, held.urn, f"disadvantage plan {held.pk}: challenge {made.number}", by=by, now=now)
    return made


@dataclass(frozen=True)
class Chosen:
    """What is chosen about a challenge; evidence is what the school read of it, with its source."""

    approach: str
    words: str
    pence: int
    outcome: str
    measure: str = ""
    evidence: str = ""
    evidence_source: str = ""
    address: str = ""


@transaction.atomic
def choose(said: Chosen, *, challenge: Challenge, by: Account, now: datetime) -> Choice:
    """Choose an approach. Raises InputRefused for evidence without a source."""
    held = _open(challenge.spending, by, now)
    problems = [
        *named(said.words, "sentence on what is done", most=SHORT),
        *named(said.outcome, "intended outcome", most=SHORT),
    ]
    if said.approach not in BY_ID:
        problems.append(Problem("This approach is not in the list.", "Choose another, or “Something else”."))
    if said.evidence.strip():
        problems += named(said.evidence_source, "source of the evidence", most=NAME)
    refuse(problems)
    made = Choice.objects.create(challenge=challenge, **vars(said))
    write_down(SPENDING, held.urn, f"disadvantage plan {held.pk}: {said.approach}", by=by, now=now)
    return made


@transaction.atomic
def drop(*, choice: Choice, by: Account, now: datetime) -> None:
    """Strike a choice out of a draft."""
    held = _open(choice.challenge.spending, by, now)
    Choice.objects.filter(pk=choice.pk).update(struck_out=True)
    write_down(SPENDING, held.urn, f"disadvantage plan {held.pk}: choice {choice.pk} struck out", by=by, now=now)


@transaction.atomic
def move(
    to: State, *, spending: Spending, words: str = "", review_due: date | None = None, by: Account, now: datetime
) -> None:
    """Approve a draft, write the review a year later, close it: the head. Raises InputRefused for what is missing."""
    heads(spending.urn, by, now)
    held: Spending = Spending.objects.for_system_job(WHY).get(pk=spending.pk)
    problems = []
    if to not in held.stage.next or (held.stage is State.REVIEWED and to is State.APPROVED):
        problems.append(Problem(f"A plan that is {held.stage.words} does not become so.", "Take another step."))
    if to is State.APPROVED:
        if not Choice.objects.filter(challenge__spending=held, struck_out=False).exists():
            problems.append(Problem("Nothing is chosen yet.", "Add a challenge and a choice first."))
        if review_due is None or review_due <= now.date():
            problems.append(Problem("The day of review is missing or past.", "Choose a later day."))
    else:
        problems += named(words, "review", most=LONG)
    refuse(problems)
    if to is State.APPROVED:
        held.approved_at, held.approved_by, held.review_due = now, by, review_due
    else:
        held.review = words.strip() if to is State.REVIEWED else f"{held.review}\n\n{words.strip()}".strip()[:LONG]
    held.state = to
    held.save()
    write_down(SPENDING_MOVED, held.urn, f"disadvantage plan {held.pk}: {to}", by=by, now=now)
