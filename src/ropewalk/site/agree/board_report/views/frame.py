"""What all pages of board reports have."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from ropewalk.core.publish.board_report.content import Report
from ropewalk.core.publish.board_report.pages import body
from ropewalk.site.agree.board_report.models import Report as Row
from ropewalk.site.agree.board_report.selectors.reports import now_at
from ropewalk.site.agree.partnership.views.frame import Here

PART = "board_report:reports"


def shown(report: Report) -> SafeString:
    """A report as part of a page: the core has escaped every text of it."""
    return mark_safe(body(report))  # noqa: S308  # nosec B308 B703 - autoescaped by its template


def the_report(at: Here, number: int) -> Row:
    """A report of the place. Raises Http404 for any other."""
    rows = Row.objects.select_related("place", "plan", "meeting__body", "by")
    found: Row = get_object_or_404(rows, number=number, place=at.place)
    return found


def standing_now(at: Here) -> Report:
    """How the plan of the place stands now. Raises Http404 while there is none to report on."""
    found = now_at(at.place, now=at.now)
    if found is None:
        raise Http404
    return found[1]


def about(report: Report, *, of: str) -> str:
    """What a file is named after."""
    kind = "public report" if report.public else "board report"
    return f"{report.place} {kind} {of}"


def day_of(row: Row) -> str:
    """The day on which a report was made, for the names of files."""
    return timezone.localtime(row.at).date().isoformat()
