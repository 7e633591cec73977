"""Addresses of the scorecard. They are meant to be kept and shared: none may change."""

from django.urls import include, path

from ropewalk.site.see.scorecard.views import catalogue, downloads, find, measure, place, provenance

app_name = "scorecard"
urlpatterns = [
    path("", find.find, name="find"),
    path("places/<str:code>/", place.place, name="place"),
    path("places/<str:code>/data-book.pdf", downloads.data_book, name="data-book"),
    path("places/<str:code>/figures.csv", downloads.figures, name="place-figures"),
    path("places/<str:code>/measures/<str:measure_id>/", measure.measure, name="measure"),
    path("places/<str:code>/measures/<str:measure_id>/tables/<slug:name>.csv", measure.table, name="measure-table"),
    path("places/<str:code>/measures/<str:measure_id>/charts/<slug:name>.svg", measure.chart_image, name="chart-image"),
    path("places/<str:code>/measures/<str:measure_id>/charts/<slug:name>.json", measure.chart_spec, name="chart-spec"),
    path("figures/", provenance.figure, name="figure"),
    path("measures/", catalogue.measures, name="measures"),
    path("sources/", catalogue.sources, name="sources"),
    path("", include("ropewalk.site.see.scorecard.schools.urls")),
    path("", include("ropewalk.site.see.scorecard.comparing.urls")),
]
