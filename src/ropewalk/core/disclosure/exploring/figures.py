"""Figures of an answer: two rounded counts, and a rate made of nothing but these."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ropewalk.core.disclosure.exploring.answering import PHASE, SCHOOL, TRUST
from ropewalk.core.disclosure.exploring.known import ALL
from ropewalk.core.disclosure.exploring.ledger import COUNTED, OF, Answer
from ropewalk.core.disclosure.exploring.steps import STEP, Band
from ropewalk.core.disclosure.safe_table import SafeTable, rounded_for_analysts
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.missing import Missing

# A rate of fewer says little; of counts in wider steps, less.
FEWEST_FOR_A_RATE = 19
WIDEST_FOR_A_RATE = 2 * STEP


@dataclass(frozen=True, slots=True)
class Line:
    """What is shown of a unit and a group: the bands of the two counts, and their figure."""

    level: str
    unit: str
    counted: Band | None
    of: Band | None
    figure: Figure


@dataclass(frozen=True)
class Exploration:
    """An answer as it leaves. ``new`` is whether it was given for the first time."""

    answer: Answer
    lines: tuple[Line, ...]
    released: SafeTable
    new: bool


def exploration(answer: Answer, frame: Figure, *, new: bool) -> Exploration:
    """An answer with its figures; ``frame`` is a figure of the place without a value."""
    lines = tuple(_lines(answer, frame))
    return Exploration(answer, lines, rounded_for_analysts(line.figure for line in lines), new)


def _lines(answer: Answer, frame: Figure) -> Iterator[Line]:
    level = answer.question.level
    groups = dict.fromkeys([ALL, *(group for _, _, group in answer.bands)])
    for unit in answer.units:
        for group in groups:
            counted, of = answer.bands[unit, COUNTED, group], answer.bands[unit, OF, group]
            yield Line(
                level, unit, counted, of, _figure(replace(_of_unit(frame, level, unit), group=group), counted, of)
            )


def _of_unit(frame: Figure, level: str, unit: str) -> Figure:
    if level == SCHOOL:
        return replace(frame, school=unit)
    if level == PHASE:
        return replace(frame, phase=unit)
    if level == TRUST:
        # Figures of two trusts of a place have nothing else that tells them apart.
        return replace(frame, source=replace(frame.source, title=f"{frame.source.title}: {unit}"))
    return frame


def _figure(frame: Figure, counted: Band | None, of: Band | None) -> Figure:
    if of == Band(0, 0):
        return replace(frame, value=None, numerator=0, denominator=0, missing=Missing.NOT_APPLICABLE)
    raw = " of ".join(band.words if band else "withheld" for band in (counted, of))
    shown = replace(
        frame, numerator=counted.shown if counted else None, denominator=of.shown if of else None, raw=raw, value=None
    )
    if counted is None or of is None:
        return replace(shown, missing=Missing.SUPPRESSED)
    if of.low < FEWEST_FOR_A_RATE or max(band.high - band.low for band in (counted, of)) >= WIDEST_FOR_A_RATE:
        return replace(shown, missing=Missing.UNRELIABLE)
    return replace(shown, value=float(round(100 * min(counted.shown, of.shown) / of.shown)), missing=None)
