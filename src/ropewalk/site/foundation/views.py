"""Pages of the frame itself."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ropewalk.site.foundation import numbers
from ropewalk.site.foundation.store import StoreUnreadable, current_state


@require_safe
def about_the_figures(request: HttpRequest) -> HttpResponse:
    """How figures are made, what their marks mean, how to quote them."""
    words = sorted(numbers.MISSING.values())
    return render(request, "foundation/about_the_figures.html", {"missing_words": words, "made_up": False})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "foundation/accessibility.html", {"made_up": False})


@require_safe
def health(_request: HttpRequest) -> JsonResponse:
    """Whether this process can answer, for whoever watches the server."""
    try:
        answer, status = {"status": "ok", "generation": current_state().generation}, 200
    except StoreUnreadable as problem:
        answer, status = {"status": "store unreadable", "problem": str(problem)}, 503
    response = JsonResponse(answer, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
