"""The returns of one school: send files, what is there, templates, history; and reminding it."""

from collections.abc import Sequence

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ropewalk.core.schema.returns import RETURN_FILES
from ropewalk.core.use_cases.templates import template
from ropewalk.site.foundation.accounts.guard import the_account
from ropewalk.site.foundation.permissions.guard import at_school, holding
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.permissions.reach import reach
from ropewalk.site.see.scorecard.files import attached
from ropewalk.site.see.sharing import check_page, history, parts, sharing_terms, uploads
from ropewalk.site.see.sharing.models import Reminder
from ropewalk.site.see.sharing.schools import school_named
from ropewalk.site.see.sharing.sent_files import size_words

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@holding(Permission.SEE_RETURNS)
def school(request: HttpRequest, urn: int) -> HttpResponse:
    """Everything about the returns of one school."""
    at_school(urn, viewer=the_account(request), permission=Permission.SEE_RETURNS, on=timezone.localdate())
    return school_page(request, urn)


def school_page(request: HttpRequest, urn: int, *, errors: Sequence[str] = (), status: int = 200) -> HttpResponse:
    """The page of a school's returns, with what was wrong with files just sent, if anything."""
    viewer, day = the_account(request), timezone.localdate()
    named = school_named(urn)
    coverage = reach(viewer, Permission.SEE_COVERAGE, on=day)
    context = {
        "school": named,
        "place": named.place,
        "coverage_address": f"{reverse('sharing:coverage')}?place={named.place.code}" if named.place else "",
        "errors": errors,
        "terms": sharing_terms.of_school(urn, at=timezone.now()),
        "may_see_terms": reach(viewer, Permission.SEE_TERMS, on=day).holds_school(urn),
        "years": check_page.years(),
        "chosen_year": request.POST.get("year", ""),
        "most_files": settings.UPLOAD_FILES,
        "file_size": size_words(settings.UPLOAD_FILE_BYTES),
        "parts": parts.parts_of(urn, today=timezone.localdate()),
        "kinds": RETURN_FILES.values(),
        "waiting": uploads.waiting(urn, viewer=viewer),
        "receipts": history.receipts_of(urn, seen=reach(viewer, Permission.SEE_RETURNS, on=day)),
        "may_see_coverage": bool(coverage) and named.place is not None and coverage.holds_place(named.place.code),
        "may_remind": reach(viewer, Permission.REMIND_SCHOOLS, on=day).holds_school(urn),
    }
    return render(request, "sharing/school.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.REMIND_SCHOOLS)
def reminder(request: HttpRequest, urn: int) -> HttpResponse:
    """A text that says what is missing, and a record that it was sent."""
    viewer, day = the_account(request), timezone.localdate()
    named = school_named(at_school(urn, viewer=viewer, permission=Permission.REMIND_SCHOOLS, on=day))
    if request.method == "POST":
        Reminder.objects.create(urn=urn, by=viewer, at=timezone.now())
        return redirect("sharing:reminder", urn=urn)
    said = parts.parts_of(urn, today=day)
    seen = Reminder.objects.visible_to(viewer, Permission.REMIND_SCHOOLS, on=day)
    context = {
        "school": named,
        "letter": parts.letter(
            named.name, said, sender=viewer.name, unanswered=sharing_terms.of_school(urn, at=timezone.now()).unanswered
        ),
        "may_see_returns": reach(viewer, Permission.SEE_RETURNS, on=day).holds_school(urn),
        "reminders": seen.filter(urn=urn).select_related("by").order_by("-at")[:5],
    }
    return render(request, "sharing/reminder.html", context)


@require_safe
@holding(Permission.SEND_RETURNS)
def template_file(_request: HttpRequest, kind: str) -> HttpResponse:
    """The template of one kind of return, as CSV."""
    if kind not in RETURN_FILES:
        raise Http404(f"There is no return called '{kind}'. There are: {', '.join(RETURN_FILES)}.")
    return attached(template(kind, year=check_page.years()[0], workbook=False), CSV, f"{kind} template", "csv")


@require_safe
@holding(Permission.SEND_RETURNS)
def template_workbook(_request: HttpRequest) -> HttpResponse:
    """All templates as one workbook, with instructions and the codes of this academic year."""
    year = check_page.years()[0]
    return attached(template("all", year=year, workbook=True), XLSX, f"returns template {year}", "xlsx")
