"""What all pages of a partnership have: the place, its parts, and one way to ask with a form."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from ropewalk.core.errors import InputRefused
from ropewalk.site.agree.partnership.members import place_run, place_seen, spoken_for
from ropewalk.site.foundation.accounts.guard import the_account
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.models import Place
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.permissions.reach import reach

PARTS = (
    ("place", "Who belongs"),
    ("bodies", "Bodies"),
    ("meetings", "Meetings"),
    ("agreements", "Agreements"),
    ("money", "Money"),
    ("diligences", "Due diligence"),
    ("plan:plans", "Plans"),
    ("collaboration:place", "Collaboration"),
    ("board_report:reports", "Board reports"),
)


@dataclass(frozen=True)
class Here:
    """A request about the partnership of a place: who asks, on which day, and whether they run it."""

    request: HttpRequest
    place: Place
    viewer: Account
    today: date
    may_run: bool

    @property
    def now(self) -> datetime:
        """The moment."""
        return timezone.now()

    def page(self, template: str, part: str, *, status: int = 200, **context: object) -> HttpResponse:
        """A page of one part of the partnership."""
        routes = [(name if ":" in name else f"partnership:{name}", words, name == part) for name, words in PARTS]
        tabs = [(words, reverse(route, args=[self.place.code]), chosen) for route, words, chosen in routes]
        framed = {"place": self.place, "tabs": tabs, "may_run": self.may_run, "today": self.today, **context}
        named = template if "/" in template else f"partnership/{template}"
        return render(self.request, f"{named}.html", framed, status=status)


def here(request: HttpRequest, code: str) -> Here:
    """What is asked of a partnership by somebody who sees it. Raises Http404 for anybody else."""
    viewer, today = the_account(request), timezone.localdate()
    place = place_seen(code, viewer=viewer, on=today)
    runs = reach(viewer, Permission.RUN_PARTNERSHIP, on=today).holds_place(code)
    return Here(request, place, viewer, today, runs)


def run_here(request: HttpRequest, code: str) -> Here:
    """What is asked of a partnership by somebody who runs it. Raises Http404 for anybody else."""
    viewer, today = the_account(request), timezone.localdate()
    return Here(request, place_run(code, viewer=viewer, on=today), viewer, today, may_run=True)


@dataclass(frozen=True)
class Question:
    """A page that asks with a form: what it is called, what stands above the form, and what its button says."""

    part: str
    title: str
    button: str
    back: str
    lede: str = ""
    is_warning: bool = False
    template: str = "form"


class Asking(Protocol):
    """A request of a room that stands on the partnership, with the pages of that room."""

    @property
    def request(self) -> HttpRequest:
        """The request."""

    def page(self, template: str, part: str, *, status: int = 200, **context: object) -> HttpResponse:
        """A page of one part of the room."""


def asked(
    at: Asking, form: forms.Form, question: Question, do: Callable[[], HttpResponse], **context: object
) -> HttpResponse:
    """The page of a form, or what is done with it once it is filled in rightly."""
    if at.request.method == "POST" and form.is_valid():
        try:
            return do()
        except InputRefused as problem:
            form.add_error(None, str(problem))
    status = 422 if at.request.method == "POST" else 200
    first = next((field.id_for_label for field in form if not field.is_hidden), "main-content")
    return at.page(
        question.template, question.part, status=status, form=form, question=question, first=first, **context
    )


def speaking_here(request: HttpRequest, code: str) -> Here:
    """As ``here``, for whoever speaks for an organisation: a university or a choir reaches no school or place by it."""
    at = here(request, code)
    if not spoken_for(at.viewer, on=at.today):
        raise Http404
    return at
