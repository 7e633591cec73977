"""Addresses of collaboration."""

from django.urls import path

from ropewalk.site.agree.collaboration.views import collaboration, practice
from ropewalk.site.agree.collaboration.views import help as records

app_name = "collaboration"
urlpatterns = [
    path("", collaboration.own, name="own"),
    path("<str:code>/", collaboration.place, name="place"),
    path("<str:code>/members.csv", collaboration.members_csv, name="members-csv"),
    path("<str:code>/collaboration.xlsx", collaboration.place_workbook, name="workbook"),
    path("<str:code>/what-counts/", collaboration.what_counts, name="what-counts"),
    path("<str:code>/members/<int:number>/", collaboration.member, name="member"),
    path("<str:code>/help/", records.listed, name="help"),
    path("<str:code>/help.csv", records.help_csv, name="help-csv"),
    path("<str:code>/help/new/", records.new, name="new-help"),
    path("<str:code>/help/<int:number>/", records.record, name="record"),
    path("<str:code>/help/<int:number>/answer/", records.answer, name="answer"),
    path("<str:code>/help/<int:number>/came/", records.came, name="came"),
    path("<str:code>/practice/", practice.listed, name="practice"),
    path("<str:code>/practice.csv", practice.practice_csv, name="practice-csv"),
    path("<str:code>/practice/new/", practice.new, name="new-practice"),
    path("<str:code>/practice/<int:number>/", practice.take_up, name="take-up"),
]
