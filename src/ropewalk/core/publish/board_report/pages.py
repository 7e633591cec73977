"""A report as HTML: the part a page of the site holds, and a document that stands alone, of which the PDF is made."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Callable
from functools import cache
from html import escape

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from ropewalk.core.publish.board_report.content import Kpi, Report
from ropewalk.core.publish.board_report.sections import Items, drawn_words, kpi_sentence, sections
from ropewalk.core.publish.board_report.sketch import can_be_drawn, sketch

Picture = Callable[[Kpi, int], str]


@cache
def _templates() -> Environment:
    found = Environment(
        loader=PackageLoader("ropewalk.core.publish"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.tests["items"] = lambda block: isinstance(block, Items)
    return found


def body(report: Report) -> str:
    """The sections of a report as HTML for a page of the site, every text escaped, with drawings in the page itself."""
    return _body(report, lambda kpi, number: sketch(kpi, number=number))


def _body(report: Report, picture: Picture) -> str:
    return (
        _templates()
        .get_template("board_report_body.html")
        .render(sections=sections(report), sentence=kpi_sentence, drawable=can_be_drawn, picture=picture)
    )


def _as_image(kpi: Kpi, number: int) -> str:
    encoded = base64.b64encode(sketch(kpi, number=number).encode()).decode()
    return f'<p><img src="data:image/svg+xml;base64,{encoded}" alt="{escape(drawn_words(kpi))}"></p>'


def document(report: Report, *, day: dt.date, digest: str = "") -> str:
    """The report as a document of its own; ``digest`` is that of the kept content, where it is kept."""
    return (
        _templates()
        .get_template("board_report.html")
        .render(report=report, body=_body(report, _as_image), created=day.isoformat(), digest=digest)
    )


def pdf(report: Report, *, day: dt.date, digest: str = "") -> bytes:
    """The report as tagged PDF (PDF/UA-1); the same report and day give the same pages."""
    # Takes a second to load, which a page does without.
    from weasyprint import HTML  # noqa: PLC0415
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    fetcher = URLFetcher(allowed_protocols=("data",), fail_on_errors=True)
    written = HTML(string=document(report, day=day, digest=digest), url_fetcher=fetcher).write_pdf(
        pdf_variant="pdf/ua-1", pdf_tags=True, pdf_identifier=f"ropewalk-{digest or day.isoformat()}".encode()
    )
    return bytes(written or b"")
