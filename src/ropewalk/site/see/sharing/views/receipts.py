"""Receipts, and the lines a submission set aside."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ropewalk.core.errors import NotFound
from ropewalk.core.use_cases.returns import Receipt
from ropewalk.core.use_cases.returns import receipt as find_receipt
from ropewalk.site.foundation.accounts.guard import local_administrator
from ropewalk.site.see.scorecard.files import attached
from ropewalk.site.see.sharing import history
from ropewalk.site.see.sharing.facts import facts
from ropewalk.site.see.sharing.schools import school_named


@require_safe
@local_administrator
def receipt(request: HttpRequest, receipt: str) -> HttpResponse:
    """What was sent, what was kept, and the sums to hold it to."""
    one = _receipt(receipt)
    context = {**history.receipt_context(one), "schools": [school_named(urn) for urn in one.schools]}
    return render(request, "sharing/receipt.html", context)


@require_safe
@local_administrator
def set_aside(_request: HttpRequest, receipt: str, number: int) -> HttpResponse:
    """The lines of one file that were set aside, as they were sent."""
    one = _receipt(receipt)
    content = history.set_aside(one, number)
    if content is None:
        raise Http404("No line of this file was set aside.")
    return attached(content, "text/csv; charset=utf-8", f"{one.id} set aside {number}", "csv")


def _receipt(receipt: str) -> Receipt:
    try:
        return find_receipt(facts(), receipt)
    except NotFound as problem:
        raise Http404(str(problem)) from problem
