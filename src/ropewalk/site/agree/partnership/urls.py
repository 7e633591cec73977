"""Addresses of partnerships."""

from django.urls import path

from ropewalk.site.agree.partnership.views import belonging

app_name = "partnership"
urlpatterns = [
    path("", belonging.own, name="own"),
    path("<str:code>/", belonging.place, name="place"),
    path("<str:code>/members.csv", belonging.members_csv, name="members-csv"),
    path("<str:code>/schools/<int:urn>/", belonging.decision, name="decision"),
]
