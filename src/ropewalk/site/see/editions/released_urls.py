"""Addresses of released editions: for everybody, without signing in."""

from django.urls import path

from ropewalk.site.see.editions.views import released

app_name = "released"
urlpatterns = [
    path("<slug:code>/", released.place, name="place"),
    path("<slug:code>/<int:number>/", released.edition, name="edition"),
    path("<slug:code>/<int:number>/figures.<str:ending>", released.file, name="file"),
]
