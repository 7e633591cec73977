"""What rooms above the partnership are told of its meetings, and what they are asked for. It knows none of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from ropewalk.site.agree.partnership.models import Body, Outcome
from ropewalk.site.foundation.accounts.models import Account


@dataclass(frozen=True)
class Elsewhere:
    """How an action of a meeting stands in a room above, in words, and the address at which it is said."""

    words: str
    address: str
    is_over: bool


class RoomAbove(Protocol):
    """A room that takes up what meetings decide."""

    def minuted(self, outcome: Outcome, *, by: Account, now: datetime) -> None:
        """A decision or an action was written down."""

    def done(self, outcome: Outcome, *, by: Account, now: datetime) -> None:
        """An action was said to be done."""

    def standing(self, outcomes: Iterable[int]) -> Mapping[int, Elsewhere]:
        """How actions stand there, by the number of the action."""

    def to_be_spoken_of(self, body: Body, *, on: date) -> list[str]:
        """What the next meeting of a body might speak of."""


_ROOMS: list[RoomAbove] = []


def listen(room: RoomAbove) -> None:
    """Tell a room of every meeting from now on."""
    _ROOMS.append(room)


def tell_minuted(outcome: Outcome, *, by: Account, now: datetime) -> None:
    """Tell every room of a decision or action."""
    for room in _ROOMS:
        room.minuted(outcome, by=by, now=now)


def tell_done(outcome: Outcome, *, by: Account, now: datetime) -> None:
    """Tell every room that an action is done."""
    for room in _ROOMS:
        room.done(outcome, by=by, now=now)


def standing(outcomes: Iterable[Outcome]) -> dict[int, Elsewhere]:
    """How actions stand in the rooms above, where one has taken them up."""
    keys = [one.pk for one in outcomes if one.is_action]
    return {key: found for room in _ROOMS if keys for key, found in room.standing(keys).items()}


def to_be_spoken_of(body: Body, *, on: date) -> list[str]:
    """What the rooms above propose for the next meeting of a body, each once."""
    return list(dict.fromkeys(words for room in _ROOMS for words in room.to_be_spoken_of(body, on=on)))
