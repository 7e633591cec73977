"""How often somebody is reminded: said on a page, or ended from a letter without signing in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ropewalk.site.agree.home.actions.wishes import account_of_ending, often_of, set_often
from ropewalk.site.agree.home.forms import OftenForm
from ropewalk.site.agree.home.kinds import Often
from ropewalk.site.foundation.accounts.guard import signed_in, the_account


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def letters(request: HttpRequest) -> HttpResponse:
    """Say how often."""
    viewer = the_account(request)
    form = OftenForm(request.POST if request.method == "POST" else None, initial={"often": often_of(viewer).value})
    if request.method == "POST" and form.is_valid():
        set_often(Often(form.cleaned_data["often"]), account=viewer, now=timezone.now())
        return redirect("accounts:account")
    status = 422 if request.method == "POST" else 200
    return render(request, "home/letters.html", {"form": form, "first": "id_often"}, status=status)


# A mail program that ends reminders with one click has no cookie of ours; what is signed says whose they are.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, secret: str) -> HttpResponse:
    """End reminders; looking at the page does not, because mail programs look at links by themselves."""
    account = account_of_ending(secret)
    if account is None:
        raise Http404
    if request.method == "POST":
        set_often(Often.NEVER, account=account, now=timezone.now())
    response = render(request, "home/end.html", {"ended": request.method == "POST"})
    response.headers["Cache-Control"] = "no-store"
    return response
