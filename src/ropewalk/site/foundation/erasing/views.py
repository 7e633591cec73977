"""Pages of erasing a person: what is held, the export that comes first, and the erasing itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ropewalk.core.errors import InputRefused
from ropewalk.site.foundation.accounts.guard import looks_after_site, the_account
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.erasing import people

WORD = "erase"


@require_safe
@looks_after_site
def person(request: HttpRequest, number: int) -> HttpResponse:
    """What is held about a person, and what erasing them means."""
    return _page(request, number)


@require_POST
@looks_after_site
def export(request: HttpRequest, number: int) -> HttpResponse:
    """A zip of everything held about a person. It is asked for with a form: that it was taken is written down."""
    account = get_object_or_404(Account, pk=number)
    content = people.export(account, by=the_account(request), now=timezone.now())
    answer = HttpResponse(content, content_type="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="account-{number}.zip"'
    return answer


@require_POST
@looks_after_site
def erase(request: HttpRequest, number: int) -> HttpResponse:
    """Erase a person, once the word that confirms is typed."""
    account = get_object_or_404(Account, pk=number)
    if request.POST.get("word", "").strip().lower() != WORD:
        return _page(
            request, number, errors=[f"Type “{WORD}” to say that you mean it. Nothing was erased."], status=422
        )
    reason = request.POST.get("reason", "")[:200]
    try:
        people.erase(account, by=the_account(request), reason=reason, now=timezone.now())
    except InputRefused as problem:
        return _page(request, number, errors=[str(one) for one in problem.problems], status=422)
    return redirect("accounts:somebody", number=number)


def _page(request: HttpRequest, number: int, *, errors: list[str] | None = None, status: int = 200) -> HttpResponse:
    shown = get_object_or_404(Account, pk=number)
    context = {
        "shown": shown,
        "held": people.held_about(shown),
        "errors": errors or [],
        "is_own": shown == the_account(request),
        "reason": request.POST.get("reason", ""),
        "made_up": False,
    }
    return render(request, "erasing/person.html", context, status=status)
