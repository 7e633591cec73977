"""How large a kept file may be: ``PAPER_BYTES`` of the settings, for every room."""

from collections.abc import Callable
from typing import TypeVar

from django.conf import settings

View = TypeVar("View", bound=Callable[..., object])
MEGABYTE = 1024 * 1024
# What a form has besides its file: names, titles, and lines between the parts.
_AROUND = MEGABYTE


def most_bytes() -> int:
    """The most bytes of one file."""
    return int(settings.PAPER_BYTES)


def size_words() -> str:
    """``10 MB``."""
    return f"{most_bytes() // MEGABYTE:,} MB"


def takes_a_paper(view: View) -> View:
    """A view whose form takes one kept file: more is refused while it comes in, before it fills the disk."""
    view.most_bytes_sent = lambda: most_bytes() + _AROUND  # type: ignore[attr-defined]
    return view
