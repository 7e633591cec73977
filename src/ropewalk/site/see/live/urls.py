"""Addresses of live figures: places by code, trusts by name, schools by URN.

None holds anything about a child but the number of its record, which is of use inside the store alone.
"""

from django.urls import URLPattern, path

from ropewalk.site.see.live.views import children, figure, measure, movement, overview, places, value_added

SCOPES = {"place": "places/<str:code>/", "trust": "trusts/<slug:trust>/", "school": "schools/<str:urn>/"}


def _pages(kind: str, start: str) -> list[URLPattern]:
    """Pages that places, trusts and schools all have."""
    one = f"{start}measures/<str:measure_id>/"
    return [
        path(start, overview.overview, name=kind),
        path(f"{start}tables/<slug:name>.<str:ending>", overview.table, name=f"{kind}-table"),
        path(one, measure.measure, name=f"{kind}-measure"),
        path(f"{one}tables/<slug:name>.<str:ending>", measure.table, name=f"{kind}-measure-table"),
        path(f"{one}charts/<slug:name>.svg", measure.chart_image, name=f"{kind}-chart-image"),
        path(f"{one}charts/<slug:name>.json", measure.chart_spec, name=f"{kind}-chart-spec"),
    ]


app_name = "live"
urlpatterns = [
    path("", places.places, name="places"),
    path("figures/", figure.figure, name="figure"),
    path("places/<str:code>/movement/", movement.movement, name="movement"),
    path("places/<str:code>/movement/<slug:phase>.<str:ending>", movement.table, name="movement-table"),
    path("places/<str:code>/children/", children.listed, name="children"),
    path("places/<str:code>/children/<int:number>/", children.child, name="child"),
    path("places/<str:code>/children/<int:number>/rolls.svg", children.chart_image, name="child-chart-image"),
    path("places/<str:code>/children/<int:number>/rolls.json", children.chart_spec, name="child-chart-spec"),
    path("places/<str:code>/value-added/", value_added.value_added, name="value-added"),
    path("places/<str:code>/value-added/schools.<str:ending>", value_added.table, name="value-added-table"),
    path("places/<str:code>/value-added/chart.svg", value_added.chart_image, name="value-added-chart-image"),
    path("places/<str:code>/value-added/chart.json", value_added.chart_spec, name="value-added-chart-spec"),
    *(page for kind, start in SCOPES.items() for page in _pages(kind, start)),
]
