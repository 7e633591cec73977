"""Addresses of returns. None holds anything about a child: schools by URN, uploads and receipts by number."""

from django.urls import path

from ropewalk.site.see.sharing.views import coverage

app_name = "sharing"
urlpatterns = [
    path("", coverage.coverage, name="coverage"),
    path("links/", coverage.coverage, name="links"),
]
