"""Addresses of the scorecard. They are meant to be kept and shared: none may change."""

from django.urls import include, path

from ropewalk.site.see.scorecard.views import catalogue, find, place, provenance

app_name = "scorecard"
urlpatterns = [
    path("", find.find, name="find"),
    path("places/<str:code>/", place.place, name="place"),
    path("figures/", provenance.figure, name="figure"),
    path("measures/", catalogue.measures, name="measures"),
    path("sources/", catalogue.sources, name="sources"),
]
