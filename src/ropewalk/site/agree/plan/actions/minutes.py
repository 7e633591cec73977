"""What meetings decide comes into the plan in force, and how an action stands is the same in both."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.site.agree.partnership.members import people_of
from ropewalk.site.agree.partnership.models import Body, Outcome
from ropewalk.site.agree.partnership.rooms_above import Elsewhere, listen
from ropewalk.site.agree.plan.actions.changing import Why, note, open_plan
from ropewalk.site.agree.plan.actions.items import MOST_ITEMS, Promise, add, change, promise_of
from ropewalk.site.agree.plan.kinds import ItemKind, Status
from ropewalk.site.agree.plan.models import Item, Origin, Plan
from ropewalk.site.agree.plan.models.origins import meeting_words
from ropewalk.site.agree.plan.rules import DECISION
from ropewalk.site.agree.plan.selectors.minutes import standing_in_plans, to_bring_in, worth_speaking_of
from ropewalk.site.agree.plan.selectors.plans import plan_in_force
from ropewalk.site.foundation.accounts.models import Account

GATHERING = "From meetings"


class _Plans:
    """What plans do about meetings."""

    def minuted(self, outcome: Outcome, *, by: Account, now: datetime) -> None:
        """It comes into the plan in force; a plan that is full goes without, so that minutes can be written."""
        plan = plan_in_force(outcome.meeting.body.place)
        # One more for the part it stands under.
        if plan is not None and Item.objects.filter(plan=plan).count() + 1 < MOST_ITEMS:
            _bring(outcome, plan, by=by, now=now)

    def done(self, outcome: Outcome, *, by: Account, now: datetime) -> None:
        """It is done in the plan too."""
        for origin in Origin.objects.filter(outcome=outcome, item__struck_out=False).select_related("item__plan"):
            item = origin.item
            if item is not None and item.plan.stage.is_in_force:
                why = Why(f"Said of the action of {meeting_words(outcome.meeting)}.")
                note(item.plan, "status", item.status, Status.DONE, item=item, why=why, by=by, now=now)
                item.status = Status.DONE.value
                item.save(update_fields=["status"])

    def standing(self, outcomes: Iterable[int]) -> Mapping[int, Elsewhere]:
        """How they stand in plans."""
        return standing_in_plans(outcomes)

    def to_be_spoken_of(self, body: Body, *, on: date) -> list[str]:
        """What the plan in force has late, at risk and behind."""
        return worth_speaking_of(body, on=on)


listen(_Plans())


def _bring(outcome: Outcome, plan: Plan, *, by: Account, now: datetime) -> None:
    meeting = outcome.meeting
    why = Why(f"Minuted by {meeting_words(meeting)}.", meeting.body)
    item = None
    if outcome.is_action:
        said = Promise(
            words=outcome.words, parent=_gathering(plan, by, now), due=outcome.due, owner=_called(outcome, now)
        )
        item = add(ItemKind.ACTION, said, plan=plan, by=by, now=now, why=why)
    else:
        note(plan, DECISION, "", outcome.words, why=why, by=by, now=now)
    Origin.objects.create(plan=plan, item=item, meeting=meeting, outcome=outcome)


def _gathering(plan: Plan, by: Account, now: datetime) -> Item:
    """The part under which actions of meetings land, added with the first of them."""
    there = Item.objects.filter(plan=plan, gathers_minutes=True, struck_out=False).first()
    if there is not None:
        return there
    made = add(ItemKind.OBJECTIVE, Promise(words=GATHERING), plan=plan, by=by, now=now)
    made.gathers_minutes = True
    made.save(update_fields=["gathers_minutes"])
    return made


def _called(outcome: Outcome, now: datetime) -> Account | None:
    """Whoever the minutes name, where exactly one person of the place is called so."""
    people = people_of(outcome.meeting.body.place, on=now.date())
    name = outcome.owner.casefold()
    found = {one.account_id: one.account for one in people if one.account.name.casefold() == name}
    return next(iter(found.values())) if len(found) == 1 else None


@transaction.atomic
def bring_in(*, plan: Plan, by: Account, now: datetime) -> int:
    """Bring in what meetings minuted and the plan does not have; gives how much. Refuses a plan not in force."""
    locked = open_plan(plan, by=by, now=now)
    if not locked.stage.is_in_force:
        raise InputRefused([Problem("The plan is not in force.", "Make it live first.")])
    found = to_bring_in(locked)
    for outcome in found:
        _bring(outcome, locked, by=by, now=now)
    return len(found)


def stand_under(parent: Item | None, *, item: Item, by: Account, now: datetime) -> None:
    """Let an action that came from a meeting stand under another part. Raises InputRefused where it cannot."""
    change(promise_of(item, parent=parent), item=item, by=by, now=now)
