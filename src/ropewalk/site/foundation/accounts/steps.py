"""What somebody has to do before a page opens."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


class StepFirst(Exception):
    """The page opens only after a step; ``address`` names the page of that step."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class StepsMiddleware:
    """Leads to the step."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, _request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """An answer in place of the page."""
        return redirect(problem.address) if isinstance(problem, StepFirst) else None
