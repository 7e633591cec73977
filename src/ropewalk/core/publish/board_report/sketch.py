"""A small drawing of a KPI on its way: values, their intervals, and the line to the target.

Written by hand, so that a page needs no drawing engine. Values are filled circles on a solid line, the way to the
target is broken and ends in a hollow square: told apart without colour.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape

from ropewalk.core.publish.board_report.content import Kpi
from ropewalk.core.publish.board_report.sections import drawn_words

WIDTH, HEIGHT = 420, 190
LEFT, RIGHT, TOP, BOTTOM = 24, 70, 26, 34
INK, GREY, RUST = "#12233f", "#4d5663", "#a8410f"
TEXT = f'font-family="Liberation Sans, Arial, sans-serif" font-size="13" fill="{INK}"'


def can_be_drawn(kpi: Kpi) -> bool:
    """Whether there is a value to draw."""
    return bool(kpi.points)


def sketch(kpi: Kpi, *, number: int) -> str:
    """The drawing as SVG with title and description; ``number`` keeps the names of several in one page apart."""
    across, up = _scales(kpi)
    words = (
        f'<title id="kpi-title-{number}">{escape(kpi.label, quote=False)}: {escape(kpi.words, quote=False)}</title>'
        f'<desc id="kpi-words-{number}">{escape(drawn_words(kpi), quote=False)}</desc>'
    )
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="100%" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-labelledby="kpi-title-{number} kpi-words-{number}">'
    )
    return opening + words + "".join(_marks(kpi, across, up)) + "</svg>"


Scale = Callable[[float], float]


def _scales(kpi: Kpi) -> tuple[Scale, Scale]:
    times = [*(one.at for one in kpi.points), *(one.at for one in kpi.line)]
    values = [*(one.value for one in kpi.points), *(one.value for one in kpi.line)]
    values += [end for one in kpi.points for end in (one.lower, one.upper) if end is not None]
    return (
        _scale(min(times), max(times), LEFT, WIDTH - RIGHT),
        _scale(min(values), max(values), HEIGHT - BOTTOM - 8, TOP + 8),
    )


def _scale(low: float, high: float, start: float, end: float) -> Scale:
    """From values to pixels; where all values are alike, the middle."""
    if high == low:
        return lambda _value: (start + end) / 2
    return lambda value: round(start + (value - low) / (high - low) * (end - start), 1)


def _marks(kpi: Kpi, across: Scale, up: Scale) -> Iterator[str]:
    floor = HEIGHT - BOTTOM
    yield f'<line x1="{LEFT}" y1="{floor}" x2="{WIDTH - RIGHT}" y2="{floor}" stroke="{GREY}" stroke-width="1"/>'
    if len(kpi.line) > 1:
        first, last = kpi.line
        ends = f'x1="{across(first.at)}" y1="{up(first.value)}" x2="{across(last.at)}" y2="{up(last.value)}"'
        yield f'<line {ends} stroke="{RUST}" stroke-width="2" stroke-dasharray="6 4"/>'
        x, y = across(last.at), up(last.value)
        box = f'x="{x - 4.5}" y="{y - 4.5}" width="9" height="9"'
        yield f'<rect {box} fill="#ffffff" stroke="{RUST}" stroke-width="2"/>'
        yield f'<text x="{x + 9}" y="{y + 4.5}" {TEXT}>{escape(last.words)}</text>'
    yield from _values(kpi, across, up)
    yield from _labels(kpi, across, up)


def _values(kpi: Kpi, across: Scale, up: Scale) -> Iterator[str]:
    if len(kpi.points) > 1:
        path = " ".join(f"{across(one.at)},{up(one.value)}" for one in kpi.points)
        yield f'<polyline points="{path}" fill="none" stroke="{INK}" stroke-width="2.5"/>'
    for one in kpi.points:
        x = across(one.at)
        if one.lower is not None and one.upper is not None:
            whisker = f'x1="{x}" y1="{up(one.lower)}" x2="{x}" y2="{up(one.upper)}"'
            yield f'<line {whisker} stroke="{INK}" stroke-width="1.5"/>'
        yield f'<circle cx="{x}" cy="{up(one.value)}" r="4" fill="{INK}"/>'


def _labels(kpi: Kpi, across: Scale, up: Scale) -> Iterator[str]:
    """The latest value, and the first and the last moment."""
    first, latest = kpi.points[0], kpi.points[-1]
    y = max(TOP - 12, up(latest.value if latest.upper is None else latest.upper) - 9)
    yield f'<text x="{across(latest.at)}" y="{y}" text-anchor="middle" {TEXT}>{escape(latest.words)}</text>'
    last = kpi.line[-1] if kpi.line and kpi.line[-1].at >= latest.at else latest
    yield f'<text x="{across(first.at)}" y="{HEIGHT - 12}" text-anchor="start" {TEXT}>{escape(first.when)}</text>'
    if last.at > first.at:
        at = across(last.at)
        yield f'<text x="{at}" y="{HEIGHT - 12}" text-anchor="middle" {TEXT}>{escape(last.when)}</text>'
