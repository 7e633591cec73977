"""Addresses of board reports."""

from django.urls import path

from ropewalk.site.agree.board_report.views import public, reports

app_name = "board_report"
urlpatterns = [
    path("", reports.own, name="own"),
    path("<str:code>/", reports.reports, name="reports"),
    path("<str:code>/now/", reports.now, name="now"),
    path("<str:code>/now/report.pdf", reports.now_pdf, name="now-pdf"),
    path("<str:code>/now/report.pptx", reports.now_slides, name="now-slides"),
    path("<str:code>/make/", reports.make, name="make"),
    path("<str:code>/<int:number>/", reports.report, name="report"),
    path("<str:code>/<int:number>/report.pdf", reports.report_pdf, name="pdf"),
    path("<str:code>/<int:number>/report.pptx", reports.report_slides, name="slides"),
    path("<str:code>/<int:number>/report.json", reports.report_json, name="json"),
    path("<str:code>/<int:number>/publish/", reports.publish, name="publish"),
    path("<str:code>/<int:number>/withdraw/", reports.withdraw, name="withdraw"),
    path("<str:code>/public/", public.public_list, name="public-list"),
    path("<str:code>/public/<int:number>/", public.public, name="public"),
    path("<str:code>/public/<int:number>/report.pdf", public.public_pdf, name="public-pdf"),
    path("<str:code>/public/<int:number>/report.pptx", public.public_slides, name="public-slides"),
    path("<str:code>/public/<int:number>/report.json", public.public_json, name="public-json"),
]
