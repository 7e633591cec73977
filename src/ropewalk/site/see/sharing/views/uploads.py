"""Sending files: taken in, checked, looked through, submitted or given up."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ropewalk.site.foundation.accounts.guard import the_account
from ropewalk.site.foundation.permissions.guard import at_school, fetch, holding
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.terms.sending import why_not
from ropewalk.site.see.scorecard.files import attached
from ropewalk.site.see.sharing import check_page, uploads
from ropewalk.site.see.sharing.models import Upload
from ropewalk.site.see.sharing.schools import school_named
from ropewalk.site.see.sharing.sent_files import problems_with
from ropewalk.site.see.sharing.upload_folder import PROBLEMS
from ropewalk.site.see.sharing.uploads import Standing, State
from ropewalk.site.see.sharing.views.schools import school_page

CSV = "text/csv; charset=utf-8"
HEADINGS = {
    State.WORKING: "Your files are being read",
    State.CHECKED: "What was found",
    State.FAULT: "This could not be done",
    State.STOPPED: "This could not be done",
    State.GIVEN_UP: "Deleted",
    State.GONE: "Deleted",
}


@require_POST
@holding(Permission.SEND_RETURNS)
def send(request: HttpRequest, urn: int) -> HttpResponse:
    """Take files in and begin to check them; with what is wrong in words when they cannot be taken."""
    by = the_account(request)
    at_school(urn, viewer=by, permission=Permission.SEND_RETURNS, on=timezone.localdate())
    if why := why_not(urn, at=timezone.now()):
        return school_page(request, urn, errors=[why], status=422)
    files = request.FILES.getlist("files")
    errors = problems_with(files, too_large=getattr(request, "upload_too_large", False))
    year = request.POST.get("year", "")
    if errors or year not in {"", *check_page.years()}:
        return school_page(request, urn, errors=errors or ["Choose an academic year of the list"], status=422)
    upload = uploads.take_in(urn=urn, files=files, year=year, by=by)
    return redirect("sharing:upload", upload=upload.id)


@require_safe
@holding(Permission.SEND_RETURNS)
def upload(request: HttpRequest, upload: UUID) -> HttpResponse:
    """Where an upload stands: progress, what was found, or what became of it."""
    standing = _standing(request, upload)
    if standing.state is State.SUBMITTED:
        return redirect("sharing:receipt", receipt=standing.upload.receipt)
    context = {
        "upload": standing.upload,
        "standing": standing,
        "state": standing.state.value,
        "working": standing.state is State.WORKING,
        "heading": HEADINGS[standing.state],
        "school": school_named(standing.upload.urn),
        "school_address": reverse("sharing:school", args=[standing.upload.urn]),
        "fault": standing.fault,
        **check_page.progress_of(standing),
        **(check_page.found_in(standing) if standing.state is State.CHECKED else {}),
    }
    return render(request, "sharing/upload.html", context)


@require_safe
@holding(Permission.SEND_RETURNS)
def progress(request: HttpRequest, upload: UUID) -> HttpResponse:
    """How far the work is, as the part of the page that changes."""
    standing = _standing(request, upload)
    return render(request, "sharing/parts/progress.html", {"standing": standing, **check_page.progress_of(standing)})


@require_safe
@holding(Permission.SEND_RETURNS)
def problems(request: HttpRequest, upload: UUID) -> HttpResponse:
    """Every problem with file, row and column, as CSV."""
    standing = _standing(request, upload)
    return _file(standing, PROBLEMS, f"problems {standing.upload.urn} {standing.upload.at:%Y-%m-%d}")


@require_safe
@holding(Permission.SEE_PUPILS)
def refused(request: HttpRequest, upload: UUID, number: int) -> HttpResponse:
    """The lines of a file that were set aside, as they were sent."""
    standing = _standing(request, upload, Permission.SEE_PUPILS)
    return _file(standing, f"refused-{number}.csv", f"set aside {standing.upload.urn} file {number}")


@require_POST
@holding(Permission.SEND_RETURNS)
def submit(request: HttpRequest, upload: UUID) -> HttpResponse:
    """Submit what was checked."""
    standing = _standing(request, upload)
    by = the_account(request)
    if standing.state is not State.CHECKED or not check_page.may_submit(standing.found):
        return redirect("sharing:upload", upload=upload)
    if not uploads.may_send(standing, by=by):
        raise Http404
    for school in {standing.upload.urn, *standing.found["schools"]}:
        if why := why_not(school, at=timezone.now()):
            return school_page(request, standing.upload.urn, errors=[f"School {school}: {why}"], status=422)
    uploads.submit(standing, by=by)
    return redirect("sharing:upload", upload=upload)


@require_POST
@holding(Permission.SEND_RETURNS)
def check_again(request: HttpRequest, upload: UUID) -> HttpResponse:
    """Begin anew after a fault."""
    standing = _standing(request, upload)
    if standing.state in {State.FAULT, State.STOPPED}:
        uploads.check_again(standing, by=the_account(request))
    return redirect("sharing:upload", upload=upload)


@require_POST
@holding(Permission.SEND_RETURNS)
def give_up(request: HttpRequest, upload: UUID) -> HttpResponse:
    """Delete the files without submitting them."""
    standing = _standing(request, upload)
    if standing.state not in {State.WORKING, State.SUBMITTED}:
        uploads.give_up(standing)
    return redirect("sharing:upload", upload=upload)


def _standing(request: HttpRequest, upload: UUID, permission: Permission = Permission.SEND_RETURNS) -> Standing:
    viewer = the_account(request)
    return uploads.standing_of(fetch(Upload, upload, viewer=viewer, permission=permission, on=timezone.localdate()))


def _file(standing: Standing, name: str, about: str) -> HttpResponse:
    path = standing.folder.path / name
    if not path.is_file():
        raise Http404("This file was deleted, or there never was one.")
    return attached(path.read_bytes(), CSV, about, "csv")
