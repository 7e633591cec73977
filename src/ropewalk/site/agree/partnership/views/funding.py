"""Money of a partnership: funding lines, what was spent on what, what is left."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ropewalk.site.agree.partnership.actions import funding as actions
from ropewalk.site.agree.partnership.forms import BecauseForm, LineForm, SpendingForm
from ropewalk.site.agree.partnership.models import FundingLine, Spending
from ropewalk.site.agree.partnership.rules import pounds
from ropewalk.site.agree.partnership.selectors.funding import money_of, objectives_of
from ropewalk.site.agree.partnership.tables import csv_file
from ropewalk.site.agree.partnership.views.frame import Question, asked, here, run_here
from ropewalk.site.foundation.permissions.guard import holding, with_role
from ropewalk.site.foundation.permissions.permission import Permission

PART = "money"


@require_safe
@with_role
def money(request: HttpRequest, code: str) -> HttpResponse:
    """Who gives how much, what was spent on what and for which objective, what is left."""
    at = here(request, code)
    return at.page("money", PART, found=money_of(at.place), crumb="Money")


@require_safe
@with_role
def money_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Every spending as CSV, amounts in pounds with two places."""
    at = here(request, code)
    rows = [
        [
            one.line.funder,
            one.line.title,
            one.day.isoformat(),
            f"{one.pence // 100}.{one.pence % 100:02}",
            one.what,
            one.objective,
            one.struck_because,
        ]
        for one in (shown.spending for shown in money_of(at.place).spendings)
    ]
    head = ["Funder", "Line", "Day", "Pounds", "What", "Objective", "Struck out because"]
    return csv_file(head, rows, about=f"money of the partnership of {at.place.name}")


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def new_line(request: HttpRequest, code: str) -> HttpResponse:
    """Open a funding line."""
    at = run_here(request, code)
    form = LineForm(request.POST or None, initial={"begins": at.today.isoformat()})

    def do() -> HttpResponse:
        actions.open_line(form.wanted(), place=at.place, by=at.viewer, now=at.now)
        return redirect("partnership:money", code=code)

    back = reverse("partnership:money", args=[code])
    return asked(at, form, Question(PART, f"Open a funding line of {at.place.name}", "Open it", back), do)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def new_spending(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Write down what was spent from a line."""
    at = run_here(request, code)
    line = get_object_or_404(FundingLine.objects.select_related("place"), pk=number, place=at.place)
    form = SpendingForm(request.POST or None, known=objectives_of(at.place), initial={"day": at.today.isoformat()})

    def do() -> HttpResponse:
        actions.spend(form.said(), line=line, by=at.viewer, now=at.now)
        return redirect("partnership:money", code=code)

    back = reverse("partnership:money", args=[code])
    return asked(at, form, Question(PART, f"Spent from {line}", "Write it down", back), do)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def strike_out(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Strike out a spending that was written down wrongly."""
    at = run_here(request, code)
    rows = Spending.objects.select_related("line__place")
    spending = get_object_or_404(rows, pk=number, line__place=at.place)
    form = BecauseForm(request.POST or None)

    def do() -> HttpResponse:
        actions.strike_out(spending=spending, because=form.cleaned_data["because"], by=at.viewer, now=at.now)
        return redirect("partnership:money", code=code)

    back = reverse("partnership:money", args=[code])
    lede = "It stays on the page, struck out, with the reason, and counts in no total. This cannot be undone."
    title = f"Strike out {pounds(spending.pence)}: {spending.what}"
    return asked(at, form, Question(PART, title, "Strike it out", back, lede, is_warning=True), do)
