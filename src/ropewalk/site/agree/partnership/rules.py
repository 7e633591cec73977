"""What follows from what was said: who belongs, what is covered, how money is written."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.site.agree.partnership.kinds import SLOT_MINUTES

MONEY = re.compile(r"£?\s*([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(\.[0-9]{1,2})?")
MOST_PENCE = 10**12


@dataclass(frozen=True)
class Step:
    """A decision: its number among those of the place, whether the school joins or leaves, and from which day."""

    number: int
    joins: bool
    day: date


def belongs_since(steps: Iterable[Step], *, on: date) -> date | None:
    """Since which day a school belongs on a day, after its decisions; None when it does not."""
    latest = max((step for step in steps if step.day <= on), key=lambda step: step.number, default=None)
    return latest.day if latest is not None and latest.joins else None


@dataclass(frozen=True)
class Coverage:
    """How many schools of an area are in a formal partnership."""

    where: str
    covered: int
    schools: int

    @property
    def words(self) -> str:
        """``11 of 14 schools``, or that all are."""
        if self.covered == self.schools > 1:
            return f"All {self.schools:,} schools"
        return f"{self.covered:,} of {self.schools:,} {'school' if self.schools == 1 else 'schools'}"

    @property
    def sentence(self) -> str:
        """``11 of 14 schools of Harbourmouth are in a formal partnership.``"""
        verb = "is" if 1 in (self.schools, self.covered) else "are"
        return f"{self.words} of {self.where} {verb} in a formal partnership."


def slots(starts: datetime, ends: datetime) -> list[tuple[datetime, datetime]]:
    """The slots of a surgery, one after the other; what is left at its end is too short for one."""
    step = timedelta(minutes=SLOT_MINUTES)
    return [(starts + number * step, starts + (number + 1) * step) for number in range((ends - starts) // step)]


def canonical(said: Mapping[str, object]) -> bytes:
    """What an agreement says, as it is hashed: JSON in UTF-8, keys in order, no spaces."""
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def text_lines(text: str) -> list[str]:
    """The lines of a text that say something, each without what stands around it."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def paragraphs(text: str) -> list[str]:
    """A text as its paragraphs, between which a line is left empty."""
    return [part.strip() for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if part.strip()]


def pence(text: str) -> int:
    """Pence from pounds as people write them: ``£1,250``, ``1250.5``. Raises InputRefused for anything else."""
    found = MONEY.fullmatch(text.strip())
    try:
        amount = Decimal(found.group(1).replace(",", "") + (found.group(2) or "")) if found else None
    except InvalidOperation:
        amount = None
    if amount is None or not 0 < amount * 100 <= MOST_PENCE:
        raise InputRefused([Problem("This is not an amount of money.", "Write pounds, such as 1,250 or 1250.50.")])
    return int(amount * 100)


def pounds(amount: int) -> str:
    """``£1,250`` or ``£1,250.50``; less than nothing with a real minus."""
    whole, rest = divmod(abs(amount), 100)
    return f"{'−' if amount < 0 else ''}£{whole:,}{f'.{rest:02}' if rest else ''}"


def added(amounts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Sums by name, the largest first."""
    sums: dict[str, int] = {}
    for name, amount in amounts:
        sums[name] = sums.get(name, 0) + amount
    return sorted(sums.items(), key=lambda one: (-one[1], one[0].casefold()))


def refuse(problems: Sequence[Problem]) -> None:
    """Raise InputRefused when there are any."""
    if problems:
        raise InputRefused(list(problems))
