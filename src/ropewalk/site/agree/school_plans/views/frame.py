"""What all pages of a school's plans have: the school, who asks and what they may, and one way to ask with a form."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from ropewalk.site.agree.school_plans.models import Claim, Need, SchoolPlan, Spending
from ropewalk.site.agree.school_plans.people import school_of
from ropewalk.site.foundation.accounts.guard import the_account
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.models import Organisation
from ropewalk.site.foundation.permissions.guard import at_school
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.permissions.reach import reach

SEE, WRITE, HEAD = Permission.SEE_SCHOOL_PLANS, Permission.WRITE_SCHOOL_PLANS, Permission.APPROVE_SCHOOL_PLANS
# Forms stand in no part of the pages.
FORM = "form"
PARTS = (("school", "Overview"), ("evaluation", "Self-evaluation"), ("needs", "Needs"))


@dataclass(frozen=True)
class Here:
    """A request about a school's plans: who asks, on which day, and what they may do there."""

    request: HttpRequest
    urn: int
    school: Organisation
    viewer: Account
    today: date

    @property
    def now(self) -> datetime:
        """The moment."""
        return timezone.now()

    def may(self, permission: Permission) -> bool:
        """Whether the viewer may do something at the school."""
        return reach(self.viewer, permission, on=self.today).holds_school(self.urn)

    @property
    def sees_own(self) -> bool:
        """Whether figures of the school's returns are shown to the viewer."""
        return self.may(Permission.SEE_SCHOOL_FIGURES)

    def claim(self, number: int) -> Claim:
        """A claim of the school. Raises Http404 for any other."""
        return get_object_or_404(Claim.objects.visible_to(self.viewer, SEE, on=self.today), pk=number, urn=self.urn)

    def need(self, number: int) -> Need:
        """A need the school named. Raises Http404 for any other."""
        return get_object_or_404(Need.objects.visible_to(self.viewer, SEE, on=self.today), pk=number, urn=self.urn)

    def plan(self, number: int) -> SchoolPlan:
        """A plan of the school. Raises Http404 for any other."""
        rows = SchoolPlan.objects.visible_to(self.viewer, SEE, on=self.today).select_related("approved_by")
        return get_object_or_404(rows, pk=number, urn=self.urn)

    def spending(self, number: int) -> Spending:
        """A disadvantage plan of the school. Raises Http404 for any other."""
        rows = Spending.objects.visible_to(self.viewer, SEE, on=self.today).select_related("approved_by")
        return get_object_or_404(rows, pk=number, urn=self.urn)

    def page(self, template: str, part: str = "", *, status: int = 200, **context: object) -> HttpResponse:
        """A page about the school; a form belongs to no part, a page to the one it is called as."""
        chosen = part or template
        tabs = [(words, reverse(f"school_plans:{name}", args=[self.urn]), chosen == name) for name, words in PARTS]
        can = {"may_write": self.may(WRITE), "is_head": self.may(HEAD)}
        framed = {"school": self.school, "urn": self.urn, "today": self.today, "tabs": tabs, **can, **context}
        return render(self.request, f"school_plans/{template}.html", framed, status=status)

    def to(self, page: str, *parts: int) -> HttpResponse:
        """Back to a page of the school."""
        return redirect(f"school_plans:{page}", self.urn, *parts)

    def address(self, page: str, *parts: int) -> str:
        """The address of a page of the school."""
        return reverse(f"school_plans:{page}", args=[self.urn, *parts])


def here(request: HttpRequest, urn: int, permission: Permission = SEE) -> Here:
    """What is asked by somebody who may do this at a school. Raises Http404 for anybody else."""
    viewer, today = the_account(request), timezone.localdate()
    at_school(urn, viewer=viewer, permission=permission, on=today)
    return Here(request, urn, school_of(urn), viewer, today)
