"""The page on which everybody begins who has signed in."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ropewalk.site.agree.home.asking import Asking
from ropewalk.site.agree.home.page import home_page
from ropewalk.site.foundation.accounts.guard import account_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What needs somebody, what moved, who needs help, what was promised. Nothing of pupils stands on it."""
    viewer = account_of(request, data=False)
    if viewer is None:
        return redirect_to_login(request.get_full_path())
    return render(request, "home/home.html", {"found": home_page(Asking(viewer, timezone.now()))})
