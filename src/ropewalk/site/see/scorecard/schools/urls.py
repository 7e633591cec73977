"""Addresses of schools. They are meant to be kept and shared: none may change."""

from django.urls import path

from ropewalk.site.see.scorecard.schools import neighbours_views, views

urlpatterns = [
    path("places/<str:code>/schools/", views.schools, name="schools"),
    path("places/<str:code>/schools/schools.<str:ending>", views.schools_file, name="schools-file"),
    path("places/<str:code>/schools/funnel/", views.funnel, name="funnel"),
    path("places/<str:code>/schools/funnel/points.<str:ending>", views.funnel_file, name="funnel-file"),
    path("places/<str:code>/schools/funnel/chart.svg", views.funnel_image, name="funnel-image"),
    path("places/<str:code>/schools/funnel/chart.json", views.funnel_spec, name="funnel-spec"),
    path("schools/", views.search, name="school-search"),
    path("schools/<str:reference>/", views.school, name="school"),
    path("schools/<str:reference>/figures.<str:ending>", views.school_file, name="school-file"),
    path("schools/<str:reference>/neighbours/", neighbours_views.neighbours, name="neighbours"),
    path(
        "schools/<str:reference>/neighbours/neighbours.<str:ending>",
        neighbours_views.neighbours_file,
        name="neighbours-file",
    ),
]
