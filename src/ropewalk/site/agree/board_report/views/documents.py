"""A report as the files people take along."""

import threading
from datetime import date

from django.http import HttpResponse

from ropewalk.core.publish.board_report.content import Report, canonical
from ropewalk.site.see.scorecard.files import attached

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
# Drawn when asked for. One after another they leave room for the pages of other readers.
_one_at_a_time = threading.Lock()


def as_pdf(report: Report, *, day: date, digest: str, about: str) -> HttpResponse:
    """The report as PDF."""
    # The engines of documents take a second to load: the pages themselves do without them.
    from ropewalk.core.publish.board_report.pages import pdf  # noqa: PLC0415

    with _one_at_a_time:
        content = pdf(report, day=day, digest=digest)
    return attached(content, "application/pdf", about, "pdf")


def as_slides(report: Report, *, day: date, about: str) -> HttpResponse:
    """The report as slides."""
    from ropewalk.core.publish.board_report.slides import write_slides  # noqa: PLC0415

    with _one_at_a_time:
        content = write_slides(report, day=day)
    return attached(content, PPTX, about, "pptx")


def as_json(report: Report, *, about: str) -> HttpResponse:
    """The very bytes that were hashed."""
    return attached(canonical(report).encode(), "application/json", about, "json")
