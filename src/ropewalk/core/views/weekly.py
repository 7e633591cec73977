"""A measure week by week with its control chart, for one place or school."""

from __future__ import annotations

from dataclasses import dataclass

from ropewalk.core.compare.control_chart import ControlChart, control_chart
from ropewalk.core.disclosure import SafeTable
from ropewalk.core.measures import Measure
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.periods import PeriodKind, kind_of, sort_key, words


@dataclass(frozen=True, slots=True)
class Weekly:
    """Figures of one measure, phase and group by week, oldest first, under the ``name`` of the place or school.

    ``chart`` holds the weeks that have a value, named in words; weeks with a reason instead stand in ``figures`` only.
    """

    name: str
    measure: Measure
    phase: str
    group: str
    figures: tuple[Figure, ...]
    chart: ControlChart
    released: SafeTable


def weekly(name: str, measure: Measure, released: SafeTable, *, usual: int | None = None) -> Weekly | None:
    """The weeks of a table that holds one measure, phase and group of one place or school; ``None`` without a week.

    ``usual``: see ``control_chart``. Raises ValueError when the table holds figures of several, or two of one week.
    """
    figures = sorted((f for f in released if kind_of(f.period) is PeriodKind.WEEK), key=lambda f: sort_key(f.period))
    if not figures:
        return None
    if len({(f.place, f.school, f.measure, f.phase, f.group) for f in figures}) > 1:
        raise ValueError("A weekly chart shows one measure, phase and group of one place or school.")
    if len({f.period for f in figures}) < len(figures):
        raise ValueError("A weekly chart has one figure for each week.")
    known = [(words(f.period), f.value) for f in figures if f.value is not None]
    chart = control_chart(known, usual=usual if usual is None or usual <= len(known) else None)
    return Weekly(name, measure, figures[0].phase, figures[0].group, tuple(figures), chart, released)
