"""The drawing of a funnel. Loads the drawing engines, so only addresses of charts import it."""

from ropewalk.core.errors import NotFound
from ropewalk.core.publish.charts.chart import Chart, svg
from ropewalk.core.publish.charts.funnel import funnel
from ropewalk.core.views.schools import SchoolFunnel


def funnel_chart(shown: SchoolFunnel) -> Chart:
    """The funnel as a chart. Raises NotFound when the view has none."""
    chart = funnel(shown)
    if chart is None:
        raise NotFound("Too few schools are published for a funnel.")
    return chart


__all__ = ["funnel_chart", "svg"]
