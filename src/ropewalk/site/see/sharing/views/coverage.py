"""Who has sent what."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ropewalk.site.foundation.accounts.guard import local_administrator


@require_safe
@local_administrator
def coverage(request: HttpRequest) -> HttpResponse:
    """Which schools of a place share, what they sent and what is missing."""
    return render(request, "sharing/coverage.html", {})
