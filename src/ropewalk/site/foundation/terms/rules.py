"""What follows from answers: whose latest counts, and what of it still holds under the version in force."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from ropewalk.site.foundation.terms.purposes import Purpose, that_stand
from ropewalk.site.foundation.terms.wording import Wording


@dataclass(frozen=True)
class Said:
    """An answer: its number, when it was given, to which version, and the purposes it accepts."""

    number: int
    at: datetime
    version: int
    purposes: frozenset[Purpose]


def latest(answers: Iterable[Said], *, at: datetime) -> Said | None:
    """The answer that counts at a moment: of those given by then, the one with the highest number."""
    return max((one for one in answers if one.at <= at), key=lambda one: one.number, default=None)


def shared_for(said: Said | None, versions: Mapping[int, Wording], current: int) -> frozenset[Purpose]:
    """Purposes for which a school shares under a version, after what it said to this one or one before.

    What it accepted holds on under a later version where nothing about the purpose has changed to the school's cost.
    """
    if said is None:
        return frozenset()
    asked, now = versions[said.version], versions[current]
    return that_stand(one for one in said.purposes if now.promises_as_much(asked, one))
