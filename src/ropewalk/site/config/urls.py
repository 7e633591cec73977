"""Addresses of the site."""

from django.urls import include, path

urlpatterns = [
    path("", include("ropewalk.site.see.scorecard.urls")),
    path("", include("ropewalk.site.foundation.urls")),
]
