"""Addresses of terms: places by code, schools by URN, receipts by number."""

from django.urls import path

from ropewalk.site.foundation.terms.views import answers, keeping, reading

PLACE = "places/<slug:code>/"
SCHOOL = f"{PLACE}schools/<int:urn>/"
RECEIPT = "receipts/<int:number>"

app_name = "terms"
urlpatterns = [
    path("", reading.own, name="own"),
    path(PLACE, reading.place, name="place"),
    path(f"{PLACE}versions/<int:version>/", reading.version, name="version"),
    path(f"{PLACE}versions/<int:version>.json", reading.version_json, name="version-json"),
    path(f"{PLACE}draft/", keeping.draft, name="draft"),
    path(f"{PLACE}put-in-force/", keeping.put_in_force, name="put-in-force"),
    path(f"{PLACE}answers/", keeping.answers, name="answers"),
    path(f"{PLACE}answers.csv", keeping.answers_csv, name="answers-csv"),
    path(SCHOOL, answers.school, name="school"),
    path(f"{SCHOOL}answer/", answers.answer, name="answer"),
    path(f"{RECEIPT}/", answers.receipt, name="receipt"),
    path(f"{RECEIPT}.txt", answers.receipt_text, name="receipt-text"),
]
