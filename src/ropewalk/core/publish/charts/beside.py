"""Drawing charts in a process beside this one: the drawing engine holds Python still while it draws."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context

from ropewalk.core.publish.charts.chart import Chart, drawing

Draw = Callable[[Chart], "Future[str]"]


@contextmanager
def drawn_beside() -> Iterator[Draw]:
    """Gives a function that has a chart drawn as SVG elsewhere; its Future has the text.

    The process is started fresh, not forked: a fork of a server with threads and an open database may hang.
    """
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        yield lambda chart: pool.submit(drawing, chart.title, chart.description, chart.spec)
