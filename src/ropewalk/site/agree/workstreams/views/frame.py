"""What all pages of workstreams have: the place and who asks; they ask with a form as pages of a partnership do."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from ropewalk.site.agree.partnership.views.frame import Question as QuestionOfPart
from ropewalk.site.agree.partnership.views.frame import asked
from ropewalk.site.agree.workstreams.members import place_led, place_with_workstreams
from ropewalk.site.agree.workstreams.models import Workstream
from ropewalk.site.foundation.accounts.guard import the_account
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.models import Place
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.permissions.reach import reach

__all__ = ["Here", "Question", "asked", "here", "leading_here"]

# A page of workstreams that asks with a form.
Question = partial(QuestionOfPart, "")


@dataclass(frozen=True)
class Here:
    """A request about workstreams of a place: who asks, on which day, and whether they lead them."""

    request: HttpRequest
    place: Place
    viewer: Account
    today: date
    may_run: bool

    @property
    def now(self) -> datetime:
        """The moment."""
        return timezone.now()

    def workstream(self, number: int) -> Workstream:
        """A workstream of the place. Raises Http404 for any other."""
        found: Workstream = get_object_or_404(Workstream.objects.select_related("place"), pk=number, place=self.place)
        return found

    def page(
        self,
        template: str,
        part: str = "",  # noqa: ARG002 - a page of partnerships says of which part it is; workstreams have none
        *,
        status: int = 200,
        **context: object,
    ) -> HttpResponse:
        """A page about workstreams of the place."""
        framed = {"place": self.place, "may_run": self.may_run, "today": self.today, **context}
        return render(self.request, f"workstreams/{template}.html", framed, status=status)


def here(request: HttpRequest, code: str) -> Here:
    """What is asked by somebody who sees the workstreams of a place. Raises Http404 for anybody else."""
    viewer, today = the_account(request), timezone.localdate()
    place = place_with_workstreams(code, viewer=viewer, on=today)
    leads = reach(viewer, Permission.RUN_PARTNERSHIP, on=today).holds_place(code)
    return Here(request, place, viewer, today, leads)


def leading_here(request: HttpRequest, code: str) -> Here:
    """What is asked by somebody who leads the workstreams of a place. Raises Http404 for anybody else."""
    viewer, today = the_account(request), timezone.localdate()
    return Here(request, place_led(code, viewer=viewer, on=today), viewer, today, may_run=True)
