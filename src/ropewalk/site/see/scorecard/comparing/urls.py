"""Addresses of comparisons. They are meant to be kept and shared: none may change."""

from django.urls import path

from ropewalk.site.see.scorecard.comparing import views

urlpatterns = [
    path("compare/", views.compare, name="compare"),
    path("compare/<slug:name>.<str:ending>", views.compare_file, name="compare-file"),
]
