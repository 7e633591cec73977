"""Receipts, and the lines a submission set aside."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ropewalk.core.errors import NotFound, StoreFault
from ropewalk.core.use_cases.returns import Receipt
from ropewalk.core.use_cases.returns import receipt as find_receipt
from ropewalk.site.foundation.accounts.guard import the_account
from ropewalk.site.foundation.permissions.guard import holding
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.permissions.reach import reach
from ropewalk.site.see.scorecard.files import attached
from ropewalk.site.see.sharing import history
from ropewalk.site.see.sharing.facts import facts
from ropewalk.site.see.sharing.schools import school_named


@require_safe
@holding(Permission.SEE_RETURNS)
def receipt(request: HttpRequest, receipt: str) -> HttpResponse:
    """What was sent, what was kept, and the sums to hold it to."""
    one = _receipt(request, receipt, Permission.SEE_RETURNS)
    context = {**history.receipt_context(one), "schools": [school_named(urn) for urn in one.schools]}
    return render(request, "sharing/receipt.html", context)


@require_safe
@holding(Permission.SEE_PUPILS)
def set_aside(request: HttpRequest, receipt: str, number: int) -> HttpResponse:
    """The lines of one file that were set aside, as they were sent."""
    one = _receipt(request, receipt, Permission.SEE_PUPILS)
    try:
        content = history.set_aside(one, number)
    except StoreFault as problem:
        raise Http404("These lines cannot be opened: the identity key of the store is not here.") from problem
    if content is None:
        raise Http404("No line of this file was set aside.")
    return attached(content, "text/csv; charset=utf-8", f"{one.id} set aside {number}", "csv")


def _receipt(request: HttpRequest, receipt: str, permission: Permission) -> Receipt:
    """A receipt for whoever may do this at every school it speaks of."""
    try:
        found = find_receipt(facts(), receipt)
    except NotFound as problem:
        raise Http404 from problem
    if not reach(the_account(request), permission, on=timezone.localdate()).holds_schools(found.schools):
        raise Http404
    return found
