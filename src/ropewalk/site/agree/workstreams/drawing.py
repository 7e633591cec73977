"""The drawing of an impact. Loads the drawing engines, so only addresses of drawings import it."""

from ropewalk.core.compare.intervals import Interval, share_interval
from ropewalk.core.measures import Measure
from ropewalk.core.publish.charts.chart import Chart, svg
from ropewalk.core.publish.charts.then_and_now import NOW, THEN, Spot, then_and_now
from ropewalk.core.publish.shown_table import Column, ShownTable, text_cell
from ropewalk.core.use_cases.following import Reading, counts_children
from ropewalk.site.agree.workstreams.selectors.impact import Impact, described


def drawn(impact: Impact, heading: str) -> Chart:
    """The frozen baseline and now, here and elsewhere, each with its interval where children are counted."""
    declared = impact.measure
    spots = [
        Spot(line.where, when, reading.value, _interval(reading, declared), f"{line.where}: {words}")
        for line in impact.lines
        for when, reading, words in ((THEN, line.before, line.then), (NOW, line.after, line.now))
        if reading is not None
    ]
    columns = (Column("Where"), Column("Frozen baseline"), Column("Now"), Column("Change"), Column("95% interval"))
    rows = tuple(
        tuple(text_cell(words) for words in (one.where, one.then, one.now, one.change, one.interval))
        for one in impact.lines
    )
    table = ShownTable(heading, columns, rows, impact.released)
    return then_and_now(table, described(impact, heading), measure=declared, spots=spots)


def _interval(reading: Reading, declared: Measure) -> Interval | None:
    return share_interval(*reading.counts) if reading.counts and counts_children(declared) else None


__all__ = ["drawn", "svg"]
