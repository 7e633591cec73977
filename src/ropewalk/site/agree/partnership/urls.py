"""Addresses of partnerships."""

from django.urls import path

from ropewalk.site.agree.partnership.views import belonging, bodies

app_name = "partnership"
urlpatterns = [
    path("", belonging.own, name="own"),
    path("<str:code>/", belonging.place, name="place"),
    path("<str:code>/members.csv", belonging.members_csv, name="members-csv"),
    path("<str:code>/schools/<int:urn>/", belonging.decision, name="decision"),
    path("<str:code>/bodies/", bodies.bodies, name="bodies"),
    path("<str:code>/bodies/new/", bodies.new_body, name="new-body"),
    path("<str:code>/bodies/<int:number>/", bodies.body, name="body"),
    path("<str:code>/bodies/<int:number>/end/", bodies.end_body, name="end-body"),
    path("<str:code>/bodies/<int:number>/terms/", bodies.terms, name="terms"),
    path("<str:code>/bodies/<int:number>/seats/", bodies.new_seat, name="new-seat"),
    path("<str:code>/seats/<int:number>/end/", bodies.end_seat, name="end-seat"),
]
