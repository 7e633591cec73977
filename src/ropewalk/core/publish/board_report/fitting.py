"""What fits into a box of a slide, by a rule: letters are taken to be as wide as Arial's broad ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import floor

from ropewalk.core.publish.board_report.sections import Block, Drawing, Table

# Of the size of the letters: an average letter of English text in Arial is 0.5 wide, with room for broader ones.
LETTER, LINE, AFTER = 0.56, 1.2, 4
# Room at both sides of a cell together, and below each block, in inches.
CELL, GAP = 0.12, 0.08
SIZES = (18, 16, 14, 12, 11, 10)


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


@dataclass(frozen=True, slots=True)
class Laid:
    """A block as it stands on a slide: lines, or a table with the widths of its columns and heights of its rows."""

    lines: tuple[str, ...]
    size: int
    height: float
    table: Table | None = None
    widths: tuple[float, ...] = ()
    heights: tuple[float, ...] = ()


def laid_out(blocks: Sequence[Block], *, width: float, height: float) -> list[Laid]:
    """Blocks below one another in the largest size in which all fit; else what fits, and that there is more."""
    for size in SIZES:
        found = [_laid(one, width=width, size=size) for one in blocks]
        if sum(one.height for one in found) <= height:
            return found
    kept: list[Laid] = []
    room = height - GAP - height_of([more(1000)], width=width, size=SIZES[-1])
    left_out = 0
    for one in found:
        part = one if left_out == 0 else replace(one, height=room + 1)
        if part.height <= room:
            kept.append(part)
            room -= part.height
            continue
        begun = _begun(part, room) if left_out == 0 else None
        left_out += _size_of(part) - (_size_of(begun) if begun else 0)
        if begun:
            kept.append(begun)
            room -= begun.height
    return [*kept, _words((more(left_out),), width=width, size=SIZES[-1])]


def _size_of(laid: Laid) -> int:
    return len(laid.table.rows) if laid.table else len(laid.lines)


def _begun(laid: Laid, room: float) -> Laid | None:
    """As many rows of a table as fit; of lines none, for they belong together."""
    if laid.table is None:
        return None
    rows = 0
    while sum(laid.heights[: rows + 2]) + GAP <= room:
        rows += 1
    if rows == 0:
        return None
    heights = laid.heights[: rows + 1]
    shown = replace(laid.table, rows=laid.table.rows[:rows])
    return replace(laid, table=shown, heights=heights, height=sum(heights) + GAP)


def _laid(block: Block, *, width: float, size: int) -> Laid:
    if isinstance(block, Drawing):
        return Laid((), size, 0.0)
    if not isinstance(block, Table):
        return _words(block.lines, width=width, size=size)
    widths = _widths(block, width)
    heights = tuple(_row_height(row, widths, size) for row in (block.head, *block.rows))
    return Laid((), size, sum(heights) + GAP, block, widths, heights)


def _words(lines: tuple[str, ...], *, width: float, size: int) -> Laid:
    return Laid(lines, size, height_of(lines, width=width, size=size) + GAP)


def _widths(table: Table, width: float) -> tuple[float, ...]:
    """Columns by their longest text, none narrower than eight letters nor wider than sixty."""
    longest = [
        min(60, max(8, *(len(row[number]) for row in (table.head, *table.rows)))) for number in range(len(table.head))
    ]
    return tuple(width * one / sum(longest) for one in longest)


def _row_height(row: Sequence[str], widths: Sequence[float], size: int) -> float:
    lines = max(lines_needed(text, width=wide - CELL, size=size) for text, wide in zip(row, widths, strict=True))
    return lines * size * LINE / 72 + 0.06
