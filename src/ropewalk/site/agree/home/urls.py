"""Addresses of the page on which people begin, and of their reminders."""

from django.urls import path

from ropewalk.site.agree.home.views import home, letters

app_name = "home"
urlpatterns = [
    path("", home.home, name="home"),
    path("letters/", letters.letters, name="letters"),
    path("letters/end/<str:secret>/", letters.end, name="end-letters"),
]
