"""Addresses of erasing a person."""

from django.urls import path

from ropewalk.site.foundation.erasing import views

app_name = "erasing"
urlpatterns = [
    path("<int:number>/erase/", views.person, name="person"),
    path("<int:number>/erase/export/", views.export, name="export"),
    path("<int:number>/erase/now/", views.erase, name="erase"),
]
