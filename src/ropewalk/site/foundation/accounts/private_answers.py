"""Whatever was made for one person is kept by nobody: not by our page cache, not on the way, not by the browser."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

PRIVATE = "private, no-store"


class PrivateAnswersMiddleware:
    """Marks every answer for which the session was looked at, or that sets a cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        session = getattr(request, "session", None)
        if response.cookies or (session is not None and session.accessed):
            response.headers["Cache-Control"] = PRIVATE
        return response
