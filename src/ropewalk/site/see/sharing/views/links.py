"""Records that may be one child's: look for them, confirm, reject, take back. Names stand on this page alone."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ropewalk.core.errors import InputRefused, NotFound, StoreFault
from ropewalk.core.use_cases.linking import confirm, find_pairs, reject
from ropewalk.core.use_cases.linking import undo as take_back
from ropewalk.site.foundation.accounts.guard import local_administrator, the_account
from ropewalk.site.foundation.accounts.in_the_store import in_the_store
from ropewalk.site.see.sharing import pairs
from ropewalk.site.see.sharing.facts import facts, key


@require_safe
@local_administrator
def links(request: HttpRequest) -> HttpResponse:
    """Pairs that wait for a decision, and the links in force."""
    return _page(request)


def _page(request: HttpRequest) -> HttpResponse:
    """The page; where names cannot be read because the key is not here, it says so instead of pairs."""
    try:
        found, fault = pairs.waiting(), ""
    except StoreFault as problem:
        found, fault = [], str(problem)
    return render(request, "sharing/links.html", {"pairs": found, "fault": fault, "decided": pairs.in_force()})


@require_POST
@local_administrator
def look(request: HttpRequest) -> HttpResponse:
    """Look for pairs among the records without a usable number."""
    try:
        find_pairs(facts(), by=in_the_store(the_account(request)), now=timezone.now(), key=key())
    except StoreFault:
        return _page(request)
    return redirect("sharing:links")


@require_POST
@local_administrator
def decide(request: HttpRequest) -> HttpResponse:
    """Say that two records are one child's, or two children's."""
    decision = confirm if request.POST.get("same") == "yes" else reject
    try:
        pair = (int(request.POST["record"]), int(request.POST["other"]))
        decision(facts(), pair, by=in_the_store(the_account(request)), now=timezone.now())
    except (KeyError, ValueError, InputRefused, NotFound) as problem:
        raise Http404("There is no such pair of records any more.") from problem
    return redirect("sharing:links")


@require_POST
@local_administrator
def undo(request: HttpRequest) -> HttpResponse:
    """Take a link back."""
    try:
        take_back(facts(), int(request.POST["link"]), by=in_the_store(the_account(request)), now=timezone.now())
    except (KeyError, ValueError, NotFound) as problem:
        raise Http404("This link is not in force any more.") from problem
    return redirect("sharing:links")
