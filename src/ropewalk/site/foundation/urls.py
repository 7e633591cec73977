"""Addresses of the frame's own pages."""

from django.urls import path

from ropewalk.site.foundation import views

app_name = "foundation"
urlpatterns = [
    path("about-the-figures/", views.about_the_figures, name="about-the-figures"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("healthz", views.health, name="health"),
]
