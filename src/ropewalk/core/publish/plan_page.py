"""A plan on one A4 page, as a tagged PDF (PDF/UA-1): whatever is too much is counted, not squeezed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from weasyprint import HTML, Document
from weasyprint.urls import URLFetcher

from ropewalk.core.publish.plan_sheet import PlanSheet
from ropewalk.core.publish.wording import long_date


@dataclass(frozen=True, slots=True)
class _Room:
    """How many strands and objectives, KPIs, late parts and sources the page shows, and how many letters of each."""

    wide: int
    kpis: int
    late: int
    sources: int
    letters: int


# From the most to the least; the last fits whatever a plan says.
_ROOMS = (
    _Room(40, 30, 20, 20, 500),
    _Room(24, 20, 10, 10, 160),
    _Room(16, 14, 8, 6, 120),
    _Room(12, 12, 7, 5, 90),
    _Room(9, 9, 6, 4, 70),
    _Room(6, 6, 4, 3, 60),
    _Room(4, 4, 3, 2, 40),
    _Room(2, 2, 2, 1, 25),
)


@dataclass(frozen=True, slots=True)
class _Shown:
    """The first of some things, and how many there are besides."""

    rows: Sequence[Any]
    more: int


def write_plan_page(sheet: PlanSheet) -> bytes:
    """The page as PDF bytes: the most of the plan that fits on one."""
    for laid_out in _laid_out(sheet):
        if len(laid_out.pages) == 1:
            break
    else:
        raise ValueError("A plan does not fit on one page, however little is shown of it.")
    written = laid_out.write_pdf(
        pdf_variant="pdf/ua-1", pdf_tags=True, pdf_identifier=f"ropewalk-plan-{sheet.day.isoformat()}".encode()
    )
    return bytes(written or b"")


def _laid_out(sheet: PlanSheet) -> Iterator[Document]:
    environment = Environment(
        loader=PackageLoader("ropewalk.core.publish"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.get_template("plan_page.html")
    # Nothing outside the text itself is read.
    fetcher = URLFetcher(allowed_protocols=("data",), fail_on_errors=True)
    for room in _ROOMS:
        html = template.render(
            sheet=sheet,
            day=long_date(sheet.day),
            created=sheet.day.isoformat(),
            wide=_first(sheet.wide, room.wide),
            kpis=_first(sheet.kpis, room.kpis),
            late=_first(sheet.late, room.late),
            sources=_first(sheet.sources, room.sources),
            short=lambda words, most=room.letters: _short(words, most),
        )
        yield HTML(string=html, url_fetcher=fetcher).render(pdf_variant="pdf/ua-1", pdf_tags=True)


def _first(rows: Sequence[Any], most: int) -> _Shown:
    return _Shown(rows[:most], max(0, len(rows) - most))


def _short(words: str, most: int) -> str:
    """A text of at most so many letters, cut between words."""
    if len(words) <= most:
        return words
    cut = words[: most - 1]
    return f"{cut.rsplit(' ', 1)[0].rstrip(',;:.')}…"
