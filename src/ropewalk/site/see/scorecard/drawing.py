"""The charts of the page of a measure. Loads the drawing engines, so only addresses of charts import it."""

from ropewalk.core.publish.charts.by_group import by_group
from ropewalk.core.publish.charts.by_phase import by_phase
from ropewalk.core.publish.charts.chart import Chart, svg
from ropewalk.core.publish.charts.strip import strip
from ropewalk.core.publish.charts.trend import trend
from ropewalk.core.views.measure_detail import MeasureDetail

CHARTS = {"trend": trend, "by-phase": by_phase, "by-group": by_group, "councils": strip}


def drawn(detail: MeasureDetail, name: str) -> Chart:
    """The chart of one part of the page."""
    return CHARTS[name](detail)


__all__ = ["CHARTS", "drawn", "svg"]
