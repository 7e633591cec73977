"""What somebody has to do before a page opens."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode

from ropewalk.site.foundation.accounts import data_sessions


class StepFirst(Exception):
    """The page opens only after a step: the named page, which afterwards leads ``onward``."""

    def __init__(self, page: str, *, onward: str = "") -> None:
        super().__init__(page)
        self.page, self.onward = page, onward

    @property
    def address(self) -> str:
        """Where the step is taken."""
        return f"{resolve_url(self.page)}?{urlencode({'next': self.onward})}" if self.onward else resolve_url(self.page)


class StepsMiddleware:
    """Leads to the step."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Looked up when a guard or a template asks, and only then: public pages never ask.
        request.data_session = SimpleLazyObject(lambda: data_sessions.of_request(request))  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_exception(self, _request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """An answer in place of the page."""
        return redirect(problem.address) if isinstance(problem, StepFirst) else None
