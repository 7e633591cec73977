"""Addresses of organisations and places."""

from django.urls import path

from ropewalk.site.foundation.organisations import views

app_name = "organisations"
urlpatterns = [
    path("", views.places, name="places"),
    path("bring-in/", views.bring_in_place, name="bring-in"),
    path("new/", views.new_organisation, name="new"),
    path("places/new/", views.new_place, name="new-place"),
    path("places/<str:code>/", views.place, name="place"),
    path("places/<str:code>/add/", views.add_school, name="add"),
    path("places/<str:code>/members/<int:number>/end/", views.end_membership, name="end"),
]
