"""The charts of live pages. Loads the drawing engines, so only addresses of charts import it."""

from ropewalk.core.errors import NotFound
from ropewalk.core.publish.charts.by_group import by_group
from ropewalk.core.publish.charts.by_phase import by_phase
from ropewalk.core.publish.charts.caterpillar import caterpillar
from ropewalk.core.publish.charts.chart import Chart, svg
from ropewalk.core.publish.charts.child_rolls import child_rolls
from ropewalk.core.publish.charts.control_chart import control_chart
from ropewalk.core.publish.charts.funnel import funnel
from ropewalk.core.publish.charts.trend import trend
from ropewalk.core.publish.live_tables import as_detail
from ropewalk.core.views.live import LiveMeasure
from ropewalk.core.views.value_added import PlaceValueAdded


def drawn(live: LiveMeasure, name: str) -> Chart:
    """The chart of one part of the page. Raises NotFound for a part without one."""
    if name == "over-time":
        return control_chart(live.weekly) if live.weekly else trend(as_detail(live))
    if name == "by-phase":
        return by_phase(as_detail(live))
    if name == "by-group":
        return by_group(as_detail(live))
    chart = funnel(live.funnel) if name == "by-school" and live.funnel else None
    if chart is None:
        raise NotFound(f"There is no chart '{name}' here.")
    return chart


def estimates(shown: PlaceValueAdded) -> Chart:
    """Value added of schools. Raises NotFound where no school has an estimate."""
    chart = caterpillar(shown)
    if chart is None:
        raise NotFound("No school has an estimate here.")
    return chart


__all__ = ["child_rolls", "drawn", "estimates", "svg"]
