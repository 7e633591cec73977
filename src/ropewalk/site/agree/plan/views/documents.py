"""A plan as files: a workbook, one page as PDF, the whole in Word."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ropewalk.core.publish.plan_document import write_plan_document
from ropewalk.core.publish.word_files import MEDIA_TYPE
from ropewalk.site.agree.partnership.views.frame import here
from ropewalk.site.agree.plan.documents import sheet_of
from ropewalk.site.agree.plan.selectors.plans import plan_page
from ropewalk.site.agree.plan.views.plans import the_plan
from ropewalk.site.agree.plan.workbooks import workbook
from ropewalk.site.foundation.permissions.guard import with_role
from ropewalk.site.see.editions.pages import XLSX
from ropewalk.site.see.scorecard.files import attached


@require_safe
@with_role
def plan_workbook(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A plan as a workbook to take along, to change and to read back."""
    at = here(request, code)
    found = the_plan(at, number)
    shown = plan_page(found, on=at.today)
    return attached(workbook(found, shown), XLSX, f"plan-{found.pk}", "xlsx")


@require_safe
@with_role
def plan_pdf(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A plan on one page, as PDF."""
    # What lays out pages takes a second to load: other pages do without it.
    from ropewalk.core.publish.plan_page import write_plan_page  # noqa: PLC0415

    at = here(request, code)
    found = the_plan(at, number)
    sheet = sheet_of(found, plan_page(found, on=at.today), on=at.today)
    return attached(write_plan_page(sheet), "application/pdf", f"plan-{found.pk}", "pdf")


@require_safe
@with_role
def plan_docx(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A whole plan in Word."""
    at = here(request, code)
    found = the_plan(at, number)
    sheet = sheet_of(found, plan_page(found, on=at.today), on=at.today)
    return attached(write_plan_document(sheet), MEDIA_TYPE, f"plan-{found.pk}", "docx")
