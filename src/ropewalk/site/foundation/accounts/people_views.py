"""Pages of accounts: who has one, closing one and opening it again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ropewalk.site.foundation.accounts import keeping, second_factor
from ropewalk.site.foundation.accounts.guard import looks_after_site, the_account
from ropewalk.site.foundation.accounts.models import Account, by_name


@require_safe
@looks_after_site
def everybody(request: HttpRequest) -> HttpResponse:
    """Every account, open ones first."""
    protected = second_factor.accounts_with_one()
    ordered = sorted(by_name(Account.objects.all()), key=lambda one: not one.is_active)
    rows = [(one, one.pk in protected) for one in ordered]
    return render(request, "accounts/everybody.html", {"rows": rows})


@require_safe
@looks_after_site
def somebody(request: HttpRequest, number: int) -> HttpResponse:
    """One account, and what closing or opening it means."""
    return render(request, "accounts/somebody.html", {"shown": get_object_or_404(Account, pk=number)})


@require_POST
@looks_after_site
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Close an account."""
    shown = get_object_or_404(Account, pk=number)
    try:
        keeping.close(shown, by=the_account(request), now=timezone.now())
    except keeping.ChangeRefused as problem:
        return render(request, "accounts/somebody.html", {"shown": shown, "refused": str(problem)}, status=422)
    return redirect("accounts:somebody", number=number)


@require_POST
@looks_after_site
def reopen(_request: HttpRequest, number: int) -> HttpResponse:
    """Open a closed account again."""
    keeping.reopen(get_object_or_404(Account, pk=number))
    return redirect("accounts:somebody", number=number)
