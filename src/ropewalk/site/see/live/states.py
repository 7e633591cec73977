"""What returns say, counted once for each state of the facts and held in this process's memory, nowhere else."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from ropewalk.core.use_cases.facts_store import Facts
from ropewalk.core.use_cases.live_state import LiveState, state_token
from ropewalk.site.foundation.facts_store import open_facts
from ropewalk.site.foundation.store import current_state

# Seconds within which a new return shows.
CHECK_EVERY = 1.0
# Now, and a few days that somebody looks back at.
MOST_STATES = 3


@dataclass
class _Held:
    """A state with what it was counted from."""

    token: str
    looked_at: float
    state: LiveState


class LiveStates:
    """The states pages were asked for most recently."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._held: OrderedDict[tuple[Path, str], _Held] = OrderedDict()

    def get(self, as_of: str | None) -> LiveState:
        """What is known now, or was at the end of a day. The first to ask waits until it is counted."""
        folder = Path(settings.ROPEWALK_STORE)
        name = (folder, as_of or "")
        with self._lock:
            held = self._held.get(name)
            if held is None or self._clock() - held.looked_at >= CHECK_EVERY:
                held = self._held[name] = self._fresh(held, as_of)
            self._held.move_to_end(name)
            while len(self._held) > MOST_STATES:
                # Not closed: a page may still be made from it. Its memory goes with the last one.
                self._held.popitem(last=False)
            return held.state

    def _fresh(self, held: _Held | None, as_of: str | None) -> _Held:
        facts, today = _facts(), timezone.localdate()
        # Names of schools are those of the imported register; the day decides which census days are reached.
        token = f"{state_token(facts, as_of)} {current_state().token} {today}"
        if held is not None and held.token == token:
            return _Held(token, self._clock(), held.state)
        return _Held(token, self._clock(), LiveState(facts, today=today, as_of=as_of))


def _facts() -> Facts:
    return open_facts(Path(settings.ROPEWALK_STORE), settings.FACTS_ENVIRONMENT)


STATES = LiveStates()
