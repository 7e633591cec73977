"""Addresses of partnerships."""

from django.urls import path

from ropewalk.site.agree.partnership.views import agreements, belonging, bodies, funding, meetings, signing

app_name = "partnership"
urlpatterns = [
    path("", belonging.own, name="own"),
    path("<str:code>/", belonging.place, name="place"),
    path("<str:code>/members.csv", belonging.members_csv, name="members-csv"),
    path("<str:code>/schools/<int:urn>/", belonging.decision, name="decision"),
    path("<str:code>/members/new/", belonging.new_member, name="new-member"),
    path("<str:code>/members/<int:number>/end/", belonging.end_member, name="end-member"),
    path("<str:code>/bodies/", bodies.bodies, name="bodies"),
    path("<str:code>/bodies/new/", bodies.new_body, name="new-body"),
    path("<str:code>/bodies/<int:number>/", bodies.body, name="body"),
    path("<str:code>/bodies/<int:number>/end/", bodies.end_body, name="end-body"),
    path("<str:code>/bodies/<int:number>/terms/", bodies.terms, name="terms"),
    path("<str:code>/bodies/<int:number>/seats/", bodies.new_seat, name="new-seat"),
    path("<str:code>/seats/<int:number>/end/", bodies.end_seat, name="end-seat"),
    path("<str:code>/bodies/<int:number>/meetings/", meetings.new_meeting, name="new-meeting"),
    path("<str:code>/meetings/", meetings.meetings, name="meetings"),
    path("<str:code>/meetings/<int:number>/", meetings.meeting, name="meeting"),
    path("<str:code>/meetings/<int:number>/agenda/", meetings.agenda, name="agenda"),
    path("<str:code>/meetings/<int:number>/attendance/", meetings.attendance, name="attendance"),
    path("<str:code>/meetings/<int:number>/outcomes/", meetings.outcome, name="outcome"),
    path("<str:code>/meetings/<int:number>/off/", meetings.off, name="off"),
    path("<str:code>/actions/<int:number>/", meetings.done, name="done"),
    path("<str:code>/agreements/", agreements.agreements, name="agreements"),
    path("<str:code>/agreements/new/", agreements.new_agreement, name="new-agreement"),
    path("<str:code>/agreements/<int:number>/", agreements.agreement, name="agreement"),
    path("<str:code>/agreements/<int:number>/draft/", agreements.draft, name="draft"),
    path("<str:code>/versions/<int:number>/", agreements.version, name="version"),
    path("<str:code>/versions/<int:number>/text.json", agreements.version_json, name="version-json"),
    path("<str:code>/versions/<int:number>/put/", agreements.put, name="put"),
    path("<str:code>/versions/<int:number>/begin/", agreements.begin, name="begin"),
    path("<str:code>/versions/<int:number>/sign/", signing.sign, name="sign"),
    path("<str:code>/signatures/<int:number>/", signing.receipt, name="receipt"),
    path("<str:code>/commitments/<int:number>/", signing.mark, name="mark"),
    path("<str:code>/money/", funding.money, name="money"),
    path("<str:code>/money/spendings.csv", funding.money_csv, name="money-csv"),
    path("<str:code>/money/new/", funding.new_line, name="new-line"),
    path("<str:code>/money/lines/<int:number>/", funding.new_spending, name="new-spending"),
    path("<str:code>/money/spendings/<int:number>/", funding.strike_out, name="strike-out"),
]
