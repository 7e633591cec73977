"""Addresses of plans."""

from django.urls import path

from ropewalk.site.agree.plan.views import items, kpis, minutes, plans, targets

app_name = "plan"
urlpatterns = [
    path("<str:code>/", plans.plans, name="plans"),
    path("<str:code>/new/", plans.new_plan, name="new-plan"),
    path("<str:code>/<int:number>/", plans.plan, name="plan"),
    path("<str:code>/<int:number>/put/", plans.put, name="put"),
    path("<str:code>/<int:number>/agree/", plans.agree, name="agree"),
    path("<str:code>/<int:number>/state/", plans.move, name="move"),
    path("<str:code>/<int:number>/minutes/", minutes.bring_in, name="bring-in"),
    path("<str:code>/<int:number>/changes/", plans.changes, name="changes"),
    path("<str:code>/<int:number>/changes.csv", plans.changes_csv, name="changes-csv"),
    path("<str:code>/<int:number>/plan.xlsx", plans.plan_workbook, name="workbook"),
    path("<str:code>/<int:number>/items/", items.new_item, name="new-item"),
    path("<str:code>/items/<int:number>/", items.item, name="item"),
    path("<str:code>/items/<int:number>/change/", items.change_item, name="change-item"),
    path("<str:code>/items/<int:number>/under/", minutes.under, name="under"),
    path("<str:code>/items/<int:number>/status/", items.report, name="report"),
    path("<str:code>/items/<int:number>/evidence/", items.evidence, name="evidence"),
    path("<str:code>/items/<int:number>/strike-out/", items.strike_out, name="strike-out"),
    path("<str:code>/items/<int:number>/measure/", kpis.measure, name="measure"),
    path("<str:code>/items/<int:number>/value/", kpis.value, name="value"),
    path("<str:code>/items/<int:number>/values.csv", kpis.values_csv, name="values-csv"),
    path("<str:code>/items/<int:number>/chart.svg", kpis.chart_image, name="chart-image"),
    path("<str:code>/items/<int:number>/chart.json", kpis.chart_spec, name="chart-spec"),
    path("<str:code>/items/<int:number>/proposals/", targets.propose, name="propose"),
    path("<str:code>/proposals/<int:number>/", targets.answer, name="answer"),
    path("<str:code>/proposals/<int:number>/adopt/", targets.adopt, name="adopt"),
]
