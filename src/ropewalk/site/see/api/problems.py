"""What goes wrong, as problem details (RFC 9457) in plain words, whoever noticed it: our code, Django or a limit."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, Schema
from ninja.errors import ValidationError

from ropewalk.core.errors import NotFound
from ropewalk.site.see.scorecard.pages import without_commands

PROBLEM_JSON = "application/problem+json"
ROOT = "/api/"
TITLES = {
    400: "The request cannot be understood",
    403: "Not allowed",
    404: "Not found",
    405: "This address can only be read",
    422: "Something in the question is wrong",
    429: "Too many questions",
    500: "A fault of ours",
    503: "The figures cannot be read at the moment",
}
DETAILS = {
    404: "There is no such address. /api/v1/ says which there are.",
    405: "Ask with GET. Nothing can be changed through the API.",
    500: "Something went wrong on our side. Try again later.",
}


class WrongShape(Schema):
    """One thing that is wrong in a question."""

    parameter: str
    detail: str


class ProblemShape(Schema):
    """A problem (RFC 9457). ``problems`` holds every parameter that is wrong, where it is parameters."""

    type: str = Field(examples=["about:blank"])
    title: str
    status: int
    detail: str
    problems: list[WrongShape] = Field([])


# What any address may answer besides what was asked for.
ERRORS: dict[int, Any] = dict.fromkeys((400, 404, 422, 429), ProblemShape)


class Refused(Exception):
    """Parameters that are wrong, with what is wrong about each."""

    def __init__(self, wrong: Sequence[tuple[str, str]]) -> None:
        super().__init__("parameters are wrong")
        self.wrong = tuple(wrong)


def problem(status: int, detail: str = "", wrong: Sequence[tuple[str, str]] = ()) -> HttpResponse:
    """An answer that says what is wrong."""
    title = TITLES.get(status, TITLES[400])
    said: dict[str, object] = {"type": "about:blank", "title": title, "status": status}
    said["detail"] = detail or DETAILS.get(status, f"{title}.")
    if wrong:
        said["problems"] = [{"parameter": parameter, "detail": words} for parameter, words in wrong]
    response = HttpResponse(json.dumps(said, ensure_ascii=False), status=status, content_type=PROBLEM_JSON)
    response.headers["Cache-Control"] = "no-store"
    return response


def not_found(_request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """Nothing by that name; the words say what to try."""
    return problem(404, without_commands(str(error)) if isinstance(error, NotFound) else "")


def refused(_request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """Parameters that are wrong, all of them at once."""
    wrong = error.wrong if isinstance(error, Refused) else _wrong_in(error)
    return problem(422, "Mend these parameters and ask again.", wrong)


def _wrong_in(error: object) -> list[tuple[str, str]]:
    errors = error.errors if isinstance(error, ValidationError) else []
    return [(_parameter(one["loc"]), f"{one['msg']}.") for one in errors]


def _parameter(where: Sequence[object]) -> str:
    """The parameter's name: the place of an error leads there through the names of our own arguments."""
    return next((part for part in reversed(where) if isinstance(part, str)), "")


Handler = Callable[[HttpRequest, Exception | type[Exception]], HttpResponse]
HANDLED: tuple[tuple[type[Exception], Handler], ...] = (
    (NotFound, not_found),
    (Http404, not_found),
    (Refused, refused),
    (ValidationError, refused),
)


class ProblemsMiddleware:
    """Under /api/ every error is a problem, those made further inside as pages too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        is_api = request.path_info.startswith(ROOT)
        if not is_api or answer.status_code < 400 or answer.headers.get("Content-Type") == PROBLEM_JSON:
            return answer
        said = problem(answer.status_code, getattr(answer, "plain_words", ""))
        for name in ("Allow", "Retry-After"):
            if name in answer.headers:
                said.headers[name] = answer.headers[name]
        return said


class HeadMiddleware:
    """Under /api/ HEAD is made as GET is; the page cache, or the server, leaves the content out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "HEAD" or not request.path_info.startswith(ROOT):
            return self.get_response(request)
        request.method = "GET"
        try:
            return self.get_response(request)
        finally:
            request.method = "HEAD"
