"""The drawing of a KPI. Loads the drawing engines, so only addresses of drawings import it."""

from ropewalk.core.measures import measure
from ropewalk.core.publish.charts.chart import Chart, svg
from ropewalk.core.publish.charts.towards_target import towards_target
from ropewalk.site.agree.plan.models import Kpi
from ropewalk.site.agree.plan.selectors.measuring import described, in_order, line_points, measured, table_of


def drawn(kpi: Kpi) -> Chart | None:
    """A KPI over time with its line; ``None`` where there is nothing to draw."""
    table = table_of(kpi)
    if table is None:
        return None
    words = described(measured(kpi))
    return towards_target(table, words, measure=measure(kpi.measure), figures=in_order(kpi), line=line_points(kpi))


__all__ = ["drawn", "svg"]
