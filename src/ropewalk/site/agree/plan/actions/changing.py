"""The one way in which a plan is changed, so that its history is whole."""

from dataclasses import dataclass
from datetime import datetime

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.site.agree.partnership.actions.running import may_run
from ropewalk.site.agree.partnership.models import Body
from ropewalk.site.agree.plan.kinds import State
from ropewalk.site.agree.plan.models import Change, Item, Plan
from ropewalk.site.agree.plan.rules import kept
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.terms.sharing import hold


@dataclass(frozen=True)
class Why:
    """Why something is changed, and in the name of which body of the partnership, if any."""

    because: str = ""
    body: Body | None = None


NO_REASON = Why()


def open_plan(plan: Plan, *, by: Account, now: datetime, runs: bool = True) -> Plan:
    """The plan, locked, for whoever runs it. Raises NotAllowed, and InputRefused while it may not be changed."""
    if runs:
        may_run(plan.place, by, now)
    hold(plan.place.code)
    locked: Plan = Plan.objects.select_related("place").get(pk=plan.pk)
    if locked.stage is State.PUT:
        asked = Problem("The plan is put to those who agree it.", "Take it back to a draft to change it.")
        raise InputRefused([asked])
    if locked.stage is State.CLOSED:
        raise InputRefused([Problem("The plan is closed.", "Begin the next one.")])
    return locked


def note(  # noqa: PLR0913 - what was changed, of what, from what, to what and why makes a change
    plan: Plan,
    what: str,
    before: object,
    after: object,
    *,
    item: Item | None = None,
    why: Why = NO_REASON,
    by: Account,
    now: datetime,
) -> bool:
    """Write down one change; nothing where nothing changed."""
    then, since = kept(before), kept(after)
    if then == since:
        return False
    made = Change(plan=plan, item=item, what=what, before=then, after=since, because=why.because.strip())
    made.body, made.by, made.at = why.body, by, now
    made.save()
    return True
