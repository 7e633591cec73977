"""The drawing of a comparison. Loads the drawing engines, so only addresses of charts import it."""

from ropewalk.core.errors import NotFound
from ropewalk.core.publish.charts.chart import Chart, svg
from ropewalk.core.publish.charts.comparison import comparison as lines
from ropewalk.core.views.comparing import Comparison
from ropewalk.site.see.scorecard.comparing.comparison_page import drawable


def lines_of(comparison: Comparison) -> Chart:
    """One measure over time as a chart. Raises NotFound when no measure was asked for."""
    chart = lines(drawable(comparison))
    if chart is None:
        raise NotFound("Nothing is drawn here: the address names no measure.")
    return chart


__all__ = ["lines_of", "svg"]
