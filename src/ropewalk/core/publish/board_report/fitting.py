"""What fits into a box of a slide, by a rule: letters are taken to be as wide as Arial's broad ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

# Of the size of the letters: an average letter of English text in Arial is 0.5 wide, with room for broader ones.
LETTER, LINE, AFTER = 0.56, 1.2, 4


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines that fit, and the size of letters in points."""

    lines: tuple[str, ...]
    size: int


def lines_needed(text: str, *, width: float, size: int) -> int:
    """Lines a paragraph takes in a box of a width in inches, words kept whole where they fit."""
    room = max(1, floor(width * 72 / (size * LETTER)))
    lines, used = 1, 0
    for word in text.split():
        length = len(word)
        if used and used + 1 + length > room:
            lines, used = lines + 1, 0
        lines += max(0, (length - 1) // room)
        used = (used + 1 if used else 0) + (length if length <= room else length % room or room)
    return lines


def height_of(lines: Sequence[str], *, width: float, size: int) -> float:
    """Inches that paragraphs take below one another."""
    return sum(lines_needed(one, width=width, size=size) * size * LINE + AFTER for one in lines) / 72


def fitted(lines: Sequence[str], *, width: float, height: float, sizes: Sequence[int]) -> Fitted:
    """All lines in the largest of some sizes in which they fit; else as many as fit, and how many more there are."""
    for size in sizes:
        if height_of(lines, width=width, size=size) <= height:
            return Fitted(tuple(lines), size)
    size = sizes[-1]
    for kept in range(len(lines) - 1, 0, -1):
        shown = (*lines[:kept], more(len(lines) - kept))
        if height_of(shown, width=width, size=size) <= height:
            return Fitted(shown, size)
    return Fitted((_cut(lines[0], width=width, height=height, size=size),), size)


def more(number: int) -> str:
    """What stands where not everything fits."""
    return f"… and {number:,} more {'line' if number == 1 else 'lines'}, in the notes of this slide."


def _cut(text: str, *, width: float, height: float, size: int) -> str:
    words = text.split()
    while len(words) > 1 and height_of([f"{' '.join(words)} …"], width=width, size=size) > height:
        words.pop()
    return text if len(words) == len(text.split()) else f"{' '.join(words)} …"
