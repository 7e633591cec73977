"""Addresses of returns. None holds anything about a child: schools by URN, uploads and receipts by number."""

from django.urls import path

from ropewalk.site.see.sharing.views import coverage, links, looks, receipts, schools, uploads

SCHOOL = "schools/<int:urn>/"
UPLOAD = "uploads/<uuid:upload>/"

app_name = "sharing"
urlpatterns = [
    path("", coverage.coverage, name="coverage"),
    path("coverage.csv", coverage.coverage_csv, name="coverage-csv"),
    path("templates/returns.xlsx", schools.template_workbook, name="template-workbook"),
    path("templates/<slug:kind>.csv", schools.template_file, name="template"),
    path(SCHOOL, schools.school, name="school"),
    path(f"{SCHOOL}send/", uploads.send, name="send"),
    path(f"{SCHOOL}who-looked/", looks.who_looked, name="who-looked"),
    path(f"{SCHOOL}who-looked.csv", looks.who_looked_csv, name="who-looked-csv"),
    path(f"{SCHOOL}reminder/", schools.reminder, name="reminder"),
    path(UPLOAD, uploads.upload, name="upload"),
    path(f"{UPLOAD}progress/", uploads.progress, name="progress"),
    path(f"{UPLOAD}problems.csv", uploads.problems, name="problems"),
    path(f"{UPLOAD}set-aside/<int:number>.csv", uploads.refused, name="refused"),
    path(f"{UPLOAD}submit/", uploads.submit, name="submit"),
    path(f"{UPLOAD}check-again/", uploads.check_again, name="check-again"),
    path(f"{UPLOAD}delete/", uploads.give_up, name="give-up"),
    path("receipts/<slug:receipt>/", receipts.receipt, name="receipt"),
    path("receipts/<slug:receipt>/set-aside/<int:number>.csv", receipts.set_aside, name="set-aside"),
    path("links/", links.links, name="links"),
    path("links/look/", links.look, name="look"),
    path("links/decide/", links.decide, name="decide"),
    path("links/undo/", links.undo, name="undo"),
]
