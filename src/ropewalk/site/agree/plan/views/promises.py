"""Who promised what to whom, on one page and as a file."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ropewalk.site.agree.partnership.tables import csv_file
from ropewalk.site.agree.partnership.views.frame import here
from ropewalk.site.agree.plan.selectors.promises import promises_of
from ropewalk.site.agree.plan.views.plans import PART, the_plan
from ropewalk.site.foundation.permissions.guard import with_role

HEAD = ("who", "promise", "in words", "towards", "due", "late", "status", "how it stands")


@require_safe
@with_role
def promises(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What each person and organisation promised, and how it stands."""
    at = here(request, code)
    found = the_plan(at, number)
    listed = promises_of(found, on=at.today)
    return at.page("plan/promises", PART, plan=found, listed=listed, crumb="Who promised what")


@require_safe
@with_role
def promises_csv(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The same to take along."""
    at = here(request, code)
    found = the_plan(at, number)
    rows = [
        (
            *(one.who, line.node.label, line.item.words, to),
            line.item.due.isoformat() if line.item.due else "",
            *("late" if line.is_late else "", line.item.standing.words, line.item.note),
        )
        for one in promises_of(found, on=at.today)
        for line, to in one.lines
    ]
    return csv_file(HEAD, rows, about=f"plan-{found.pk}-promises")
