"""Reading a plan back from a workbook: first what would change, then, once confirmed, all of it."""

from dataclasses import asdict
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.site.agree.partnership.views.frame import Here, here, run_here
from ropewalk.site.agree.plan.actions.reading_back import Outcome, read_back, try_out
from ropewalk.site.agree.plan.forms import ImportForm
from ropewalk.site.agree.plan.kinds import State
from ropewalk.site.agree.plan.models import Plan
from ropewalk.site.agree.plan.reading import MOST_BYTES, sheets_of
from ropewalk.site.agree.plan.reading_rows import File, file_of
from ropewalk.site.agree.plan.views.plans import PART, back_to, bodies_of, the_plan
from ropewalk.site.agree.plan.workbooks import template
from ropewalk.site.foundation.permissions.guard import holding, with_role
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.see.editions.pages import XLSX
from ropewalk.site.see.scorecard.files import attached

AN_HOUR = 3600
NO_FILE = Problem("There is no file.", "Choose the workbook.")
STALE = Problem("This was not confirmed within an hour, or not as it was read.", "Send the workbook again.")
CHANGED = "The plan was changed since this was read. Look again at what would change."


@require_safe
@with_role
def plan_template(request: HttpRequest, code: str) -> HttpResponse:
    """An empty workbook to fill in a plan from nothing."""
    here(request, code)
    return attached(template(), XLSX, "plan-template", "xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
@holding(Permission.RUN_PARTNERSHIP)
def import_plan(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Read a plan back from a workbook: a dry run, and what was seen in it once that is confirmed."""
    at = run_here(request, code)
    plan = the_plan(at, number)
    posted = request.POST if request.method == "POST" else None
    form = ImportForm(posted, bodies=bodies_of(at), needs_reason=plan.stage is not State.DRAFT)
    if request.method != "POST":
        return _page(at, plan, form)
    if not form.is_valid():
        return _page(at, plan, form, status=422)
    try:
        if form.cleaned_data["read"]:
            return _confirmed(at, plan, form)
        return _dry_run(at, plan, form, _sent(request))
    except InputRefused as refused:
        return _refused(at, plan, form, refused.problems)


def _sent(request: HttpRequest) -> File:
    sent = request.FILES.get("file")
    if sent is None:
        raise InputRefused([NO_FILE])
    return file_of(sheets_of(sent.read(MOST_BYTES + 1)))


def _salt(at: Here, plan: Plan) -> str:
    return f"plan-import:{plan.pk}:{at.viewer.pk}"


def _dry_run(at: Here, plan: Plan, form: ImportForm, file: File, *, note: str = "") -> HttpResponse:
    outcome = try_out(file, plan=plan, why=form.why(), by=at.viewer, now=at.now)
    if outcome.problems:
        raise InputRefused(outcome.problems)
    said = {"file": asdict(file), "seen": _seen(outcome)}
    read = signing.dumps(said, salt=_salt(at, plan), compress=True)
    because, body = form.cleaned_data["because"], form.cleaned_data["body"]
    context = {"outcome": outcome, "read": read, "because": because, "body": body, "note": note}
    return at.page("plan/dry_run", PART, plan=plan, crumb="What would change", **context)


def _confirmed(at: Here, plan: Plan, form: ImportForm) -> HttpResponse:
    try:
        said = signing.loads(form.cleaned_data["read"], salt=_salt(at, plan), max_age=AN_HOUR)
    except signing.BadSignature as problem:
        raise InputRefused([STALE]) from problem
    file = File(*([(number, texts) for number, texts in said["file"][name]] for name in ("parts", "kpis")))
    if _seen(try_out(file, plan=plan, why=form.why(), by=at.viewer, now=at.now)) != said["seen"]:
        return _dry_run(at, plan, form, file, note=CHANGED)
    read_back(file, plan=plan, why=form.why(), by=at.viewer, now=at.now)
    return redirect(back_to(plan))


def _seen(outcome: Outcome) -> list[list[str]]:
    return [outcome.added, outcome.changed, outcome.moved, outcome.struck_out]


def _refused(at: Here, plan: Plan, form: ImportForm, problems: Any) -> HttpResponse:
    for problem in problems:
        form.add_error(None, str(problem))
    return _page(at, plan, form, status=422)


def _page(at: Here, plan: Plan, form: ImportForm, *, status: int = 200) -> HttpResponse:
    context = {"plan": plan, "form": form, "first": "file", "back": back_to(plan)}
    return at.page("plan/import", PART, status=status, crumb="Read a workbook back", **context)
