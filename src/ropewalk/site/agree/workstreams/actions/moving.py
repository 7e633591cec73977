"""What every action of a workstream does first: who may, whose turn it is, and whether a gate is in the way."""

from datetime import datetime

from django.utils import timezone

from ropewalk.site.agree.partnership.actions.running import may_run, write_down
from ropewalk.site.agree.workstreams.models import Workstream
from ropewalk.site.agree.workstreams.selectors.state import state_of
from ropewalk.site.agree.workstreams.stages import Asked, Move, State, moved
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.terms.sharing import hold


def turn(workstream: Workstream, move: Move | Asked, by: Account, now: datetime) -> State:
    """Take one's turn for a move; the state after it. Raises NotAllowed, and InputRefused where a gate is shut."""
    may_run(workstream.place, by, now)
    hold(workstream.place.code)
    asked = move if isinstance(move, Asked) else Asked(move, timezone.localtime(now).date())
    return moved(state_of(workstream), asked)


def wrote(thing: str, workstream: Workstream, about: str, *, by: Account, now: datetime) -> None:
    """A line in the log of the place; ``about`` names nobody."""
    write_down(thing, workstream.place, f"workstream {workstream.pk}{about}", by=by, now=now)
