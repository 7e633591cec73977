"""Pages of data sessions: opening one, ending it, and who had one when and why."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ropewalk.site.foundation.accounts import data_sessions
from ropewalk.site.foundation.accounts.forms import DataSessionForm
from ropewalk.site.foundation.accounts.guard import looks_after_site, the_account
from ropewalk.site.foundation.accounts.models import DataSession

ON_A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@looks_after_site
def data_session(request: HttpRequest) -> HttpResponse:
    """Say why, and open a data session; afterwards go on to where the person wanted to go."""
    form = DataSessionForm(request.POST or None)
    onward = _onward(request)
    if request.method == "POST" and form.is_valid():
        data_sessions.open_session(by=the_account(request), reason=form.cleaned_data["reason"], now=timezone.now())
        return redirect(onward)
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/data_session.html", {"form": form, "onward": onward}, status=status)


@require_POST
@looks_after_site
def end(request: HttpRequest) -> HttpResponse:
    """End the data session."""
    data_sessions.end(by=the_account(request), now=timezone.now())
    return redirect("accounts:data-session")


@require_safe
@looks_after_site
def log(request: HttpRequest) -> HttpResponse:
    """Every data session there ever was, newest first."""
    rows = DataSession.objects.select_related("account").order_by("-opened_at", "-pk")
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/data_sessions.html", {"page": page, "now": timezone.now()})


def _onward(request: HttpRequest) -> str:
    """Where to go afterwards: an address of this site, whatever the link said."""
    asked = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return asked if ours else resolve_url("sharing:coverage")
