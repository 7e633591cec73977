"""Addresses of schools' plans."""

from django.urls import path

from ropewalk.site.agree.school_plans.views import needs, plans, schools, spending

app_name = "school_plans"
urlpatterns = [
    path("", schools.own, name="own"),
    path("places/<str:code>/", needs.place, name="place"),
    path("places/<str:code>/needs.csv", needs.place_csv, name="place-csv"),
    path("places/<str:code>/<str:topic>/objective/", needs.objective, name="objective"),
    path("<int:urn>/", schools.school, name="school"),
    path("<int:urn>/self-evaluation/", schools.evaluation_page, name="evaluation"),
    path("<int:urn>/self-evaluation.docx", schools.evaluation_file, name="evaluation-word"),
    path("<int:urn>/claims/", schools.new_claim, name="new-claim"),
    path("<int:urn>/claims/<int:number>/", schools.claim, name="claim"),
    path("<int:urn>/claims/<int:number>/change/", schools.change_claim, name="change-claim"),
    path("<int:urn>/claims/<int:number>/withdraw/", schools.withdraw_claim, name="withdraw-claim"),
    path("<int:urn>/claims/<int:number>/evidence/", schools.evidence, name="evidence"),
    path("<int:urn>/claims/<int:number>/ask/", schools.ask, name="ask"),
    path("<int:urn>/evidence/<int:number>/take-back/", schools.take_back, name="take-back"),
    path("<int:urn>/validations/<int:number>/", schools.validate, name="validate"),
    path("<int:urn>/needs/", needs.needs, name="needs"),
    path("<int:urn>/needs.csv", needs.needs_csv, name="needs-csv"),
    path("<int:urn>/needs/new/", needs.new_need, name="new-need"),
    path("<int:urn>/needs/<int:number>/share/", needs.share, name="share-need"),
    path("<int:urn>/needs/<int:number>/end/", needs.end_need, name="end-need"),
    path("<int:urn>/plans/", plans.new_plan, name="new-plan"),
    path("<int:urn>/plans/<int:number>/", plans.plan, name="plan"),
    path("<int:urn>/plans/<int:number>/plan.docx", plans.plan_word_file, name="plan-word"),
    path("<int:urn>/plans/<int:number>/plan.xlsx", plans.plan_sheet_file, name="plan-sheet"),
    path("<int:urn>/plans/<int:number>/state/", plans.move, name="move"),
    path("<int:urn>/plans/<int:number>/priorities/", plans.new_priority, name="new-priority"),
    path("<int:urn>/priorities/<int:number>/change/", plans.change_priority, name="change-priority"),
    path("<int:urn>/priorities/<int:number>/strike-out/", plans.strike_out, name="strike-out"),
    path("<int:urn>/priorities/<int:number>/actions/", plans.new_action, name="new-action"),
    path("<int:urn>/priorities/<int:number>/support/", plans.support, name="support"),
    path("<int:urn>/actions/<int:number>/change/", plans.change_action, name="change-action"),
    path("<int:urn>/actions/<int:number>/status/", plans.report, name="report"),
    path("<int:urn>/disadvantage/", spending.new_spending, name="new-spending"),
    path("<int:urn>/disadvantage/<int:number>/", spending.spending, name="spending"),
    path("<int:urn>/disadvantage/<int:number>/plan.docx", spending.spending_file, name="spending-word"),
    path("<int:urn>/disadvantage/<int:number>/state/", spending.move_spending, name="move-spending"),
    path("<int:urn>/disadvantage/<int:number>/challenges/", spending.challenge, name="challenge"),
    path("<int:urn>/challenges/<int:number>/choices/", spending.choose, name="choose"),
    path("<int:urn>/choices/<int:number>/strike-out/", spending.drop, name="drop"),
]
