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
from ropewalk.site.foundation.accounts.guard import local_administrator, the_account
from ropewalk.site.see.scorecard.files import attached
from ropewalk.site.see.sharing import check_page, history, parts, uploads
from ropewalk.site.see.sharing.models import Reminder
from ropewalk.site.see.sharing.schools import school_named
from ropewalk.site.see.sharing.sent_files import size_words

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@local_administrator
def school(request: HttpRequest, urn: int) -> HttpResponse:
    """Everything about the returns of one school."""
    return school_page(request, urn)


def school_page(request: HttpRequest, urn: int, *, errors: Sequence[str] = (), status: int = 200) -> HttpResponse:
    """The page of a school's returns, with what was wrong with files just sent, if anything."""
    named = school_named(urn)
    context = {
        "school": named,
        "place": named.place,
        "coverage_address": f"{reverse('sharing:coverage')}?place={named.place.code}" if named.place else "",
        "errors": errors,
        "years": check_page.years(),
        "chosen_year": request.POST.get("year", ""),
        "most_files": settings.UPLOAD_FILES,
        "file_size": size_words(settings.UPLOAD_FILE_BYTES),
        "parts": parts.parts_of(urn, today=timezone.localdate()),
        "kinds": RETURN_FILES.values(),
        "waiting": uploads.waiting(urn),
        "receipts": history.receipts_of(urn),
    }
    return render(request, "sharing/school.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@local_administrator
def reminder(request: HttpRequest, urn: int) -> HttpResponse:
    """A text that says what is missing, and a record that it was sent."""
    named = school_named(urn)
    if request.method == "POST":
        Reminder.objects.create(urn=urn, by=the_account(request), at=timezone.now())
        return redirect("sharing:reminder", urn=urn)
    said = parts.parts_of(urn, today=timezone.localdate())
    context = {
        "school": named,
        "letter": parts.letter(named.name, said, sender=the_account(request).name),
        "reminders": Reminder.objects.filter(urn=urn).select_related("by").order_by("-at")[:5],
    }
    return render(request, "sharing/reminder.html", context)


@require_safe
@local_administrator
def template_file(_request: HttpRequest, kind: str) -> HttpResponse:
    """The template of one kind of return, as CSV."""
    if kind not in RETURN_FILES:
        raise Http404(f"There is no return called '{kind}'. There are: {', '.join(RETURN_FILES)}.")
    return attached(template(kind, year=check_page.years()[0], workbook=False), CSV, f"{kind} template", "csv")


@require_safe
@local_administrator
def template_workbook(_request: HttpRequest) -> HttpResponse:
    """All templates as one workbook, with instructions and the codes of this academic year."""
    year = check_page.years()[0]
    return attached(template("all", year=year, workbook=True), XLSX, f"returns template {year}", "xlsx")
