"""Addresses of exploring, by place."""

from django.urls import path

from ropewalk.site.see.exploring import views

app_name = "exploring"
urlpatterns = [
    path("", views.home, name="home"),
    path("<slug:code>/", views.place, name="place"),
    path("<slug:code>/table.csv", views.table, name="table"),
]
