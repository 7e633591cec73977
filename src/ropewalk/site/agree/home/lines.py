"""What stands on the page on which people begin, and how the files that know of it are found.

Each folder of this app (``waiting``, ``moved``, ``helping``, ``promised``) holds one small file per source of lines:
a module with a function ``found`` that is given who asks. A new source is a new file; nothing else names it.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ropewalk.site.foundation.numbers import MONTHS

# Given who asks, the lines of one source.
Source = Callable[[Any], Iterable[Any]]
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day_words(day: date, today: date) -> str:
    """``Friday 27 November``; with the year where it is another one."""
    year = f" {day.year}" if day.year != today.year else ""
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}{year}"


@dataclass(frozen=True)
class Waiting:
    """Something that waits for somebody: what, where it is done, and by when.

    ``letter`` says the same for an e-mail: in fixed words, names of places, bodies, plans and agreements, and never in
    what people typed of anybody. ``on`` says that the day is when it takes place, not by when it is to be done.
    """

    words: str
    address: str
    letter: str
    due: date | None = None
    on: bool = False

    def is_late(self, today: date) -> bool:
        """Whether it should have been done before today."""
        return self.due is not None and self.due < today

    def when(self, today: date) -> str:
        """``by Friday 27 November``."""
        if self.due is None:
            return "no day is set"
        named = "today, " if self.due == today else ""
        if self.on:
            return f"{named or 'on '}{day_words(self.due, today)}"
        return f"{'was due on' if self.is_late(today) else 'by'} {named}{day_words(self.due, today)}"

    @property
    def order(self) -> tuple[date, str]:
        """Late first, then by day; what has no day comes last."""
        return self.due or date.max, self.words


@dataclass(frozen=True)
class Line:
    """Something to know: what, more of it in a second sentence, and where it stands. ``day`` is when it happened."""

    words: str
    address: str
    more: str = ""
    day: date | None = None
    colour: str = ""
    tag: str = ""


def sources(name: str, path: Iterable[str]) -> dict[str, Source]:
    """The function ``found`` of every module of a folder, by the name of the module."""
    modules = sorted(one.name for one in pkgutil.iter_modules(path))
    return {one: importlib.import_module(f"{name}.{one}").found for one in modules}
