"""Addresses of workstreams."""

from django.urls import path

from ropewalk.site.agree.workstreams.views import workstreams
from ropewalk.site.agree.workstreams.views.steps import STEPS, view_of

app_name = "workstreams"
urlpatterns = [
    path("", workstreams.own, name="own"),
    path("<str:code>/", workstreams.place, name="place"),
    path("<str:code>/workstreams.csv", workstreams.place_csv, name="place-csv"),
    path("<str:code>/new/", workstreams.new, name="new"),
    path("<str:code>/<int:number>/", workstreams.workstream, name="workstream"),
    path("<str:code>/<int:number>/baseline.csv", workstreams.figures_csv, name="figures-csv"),
    path("<str:code>/<int:number>/baseline.json", workstreams.baseline_json, name="baseline-json"),
    path("<str:code>/<int:number>/ideas.csv", workstreams.ideas_csv, name="ideas-csv"),
    path("<str:code>/<int:number>/impact.csv", workstreams.impact_csv, name="impact-csv"),
    path("<str:code>/<int:number>/workstream.xlsx", workstreams.whole_workbook, name="workbook"),
    path("<str:code>/<int:number>/impact.svg", workstreams.chart_image, name="chart-image"),
    path("<str:code>/<int:number>/impact.json", workstreams.chart_spec, name="chart-spec"),
    *(path(f"<str:code>/<int:number>/{step.name}/", view_of(step), name=step.name) for step in STEPS),
]
