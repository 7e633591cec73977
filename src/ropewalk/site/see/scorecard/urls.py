"""Addresses of the scorecard. They are meant to be kept and shared: none may change."""

from django.urls import include, path

from ropewalk.site.see.scorecard.views import catalogue, downloads, find, measure, place, provenance

PLACE = "places/<str:code>/"
MEASURE = f"{PLACE}measures/<str:measure_id>/"

app_name = "scorecard"
urlpatterns = [
    path("", find.find, name="find"),
    path(PLACE, place.place, name="place"),
    path(f"{PLACE}data-book.pdf", downloads.data_book, name="data-book"),
    path(f"{PLACE}workbook.xlsx", downloads.workbook, name="workbook"),
    path(f"{PLACE}slides.pptx", downloads.slides, name="slides"),
    path(f"{PLACE}figures.csv", downloads.figures, name="place-figures"),
    path(MEASURE, measure.measure, name="measure"),
    path(f"{MEASURE}tables/<slug:name>.csv", measure.table_csv, name="measure-csv"),
    path(f"{MEASURE}tables/<slug:name>.xlsx", measure.table_xlsx, name="measure-xlsx"),
    path(f"{MEASURE}charts/<slug:name>.svg", measure.chart_image, name="chart-image"),
    path(f"{MEASURE}charts/<slug:name>.json", measure.chart_spec, name="chart-spec"),
    path("figures/", provenance.figure, name="figure"),
    path("measures/", catalogue.measures, name="measures"),
    path("sources/", catalogue.sources, name="sources"),
    path("", include("ropewalk.site.see.scorecard.schools.urls")),
    path("", include("ropewalk.site.see.scorecard.comparing.urls")),
]
