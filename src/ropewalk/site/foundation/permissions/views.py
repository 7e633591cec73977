"""Who holds which role: given, reviewed and ended by local administrators; and what one may see oneself."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ropewalk.core.errors import InputRefused
from ropewalk.site.foundation.accounts.guard import looks_after_site, signed_in, the_account
from ropewalk.site.foundation.permissions import actions
from ropewalk.site.foundation.permissions.forms import GiveForm
from ropewalk.site.foundation.permissions.models import Grant
from ropewalk.site.foundation.permissions.roles import ROLES
from ropewalk.site.foundation.permissions.selectors import grants_by_due, line_of, own_grants


@require_safe
@looks_after_site
def grants(request: HttpRequest) -> HttpResponse:
    """Every grant, those due for review first."""
    lines = grants_by_due(viewer=the_account(request), on=timezone.localdate())
    context = {"lines": lines, "due": sum(line.is_due for line in lines), "made_up": False}
    return render(request, "permissions/grants.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@looks_after_site
def give(request: HttpRequest) -> HttpResponse:
    """Give a role to somebody."""
    form = GiveForm(request.POST or None, initial={"begins": timezone.localdate().isoformat()})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.give(form.wanted(), by=the_account(request), now=timezone.now())
        except InputRefused as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("permissions:grant", number=made.pk)
    roles = [role for role in ROLES.values() if role.is_given]
    context = {"form": form, "roles": roles, "made_up": False}
    return render(request, "permissions/give.html", context, status=422 if request.method == "POST" else 200)


@require_safe
@looks_after_site
def grant(request: HttpRequest, number: int) -> HttpResponse:
    """One grant, with what became of it."""
    return _page(request, number)


@require_POST
@looks_after_site
def review(request: HttpRequest, number: int) -> HttpResponse:
    """Say that a grant is still right."""
    return _done(request, number, actions.review)


@require_POST
@looks_after_site
def end(request: HttpRequest, number: int) -> HttpResponse:
    """End a grant at once."""
    return _done(request, number, actions.end, reason=request.POST.get("reason", ""))


@require_safe
@signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """What somebody may see, and why."""
    viewer = the_account(request)
    held = own_grants(viewer=viewer, on=timezone.localdate())
    return render(request, "permissions/mine.html", {"held": held, "viewer": viewer, "made_up": False})


def _done(request: HttpRequest, number: int, action: Any, **said: str) -> HttpResponse:
    try:
        action(grant=get_object_or_404(Grant, pk=number), by=the_account(request), now=timezone.now(), **said)
    except InputRefused as problem:
        return _page(request, number, errors=[str(problem)], status=422)
    return redirect("permissions:grant", number=number)


def _page(request: HttpRequest, number: int, *, errors: list[str] | None = None, status: int = 200) -> HttpResponse:
    rows = Grant.objects.select_related("account", "organisation", "place", "given_by", "reviewed_by", "ended_by")
    line = line_of(get_object_or_404(rows, pk=number), on=timezone.localdate())
    context = {"line": line, "grant": line.grant, "errors": errors or [], "made_up": False}
    return render(request, "permissions/grant.html", context, status=status)
