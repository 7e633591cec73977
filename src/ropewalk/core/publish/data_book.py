"""The data book of a place: a tagged PDF (PDF/UA-1) with contents, chapters by question, phase books, sources."""

from __future__ import annotations

import base64
import datetime as dt
import gc
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass

from altair.utils.schemapi import debug_mode
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from weasyprint import HTML
from weasyprint.urls import URLFetcher

from ropewalk.core.publish.charts.beside import Draw, drawn_beside
from ropewalk.core.publish.charts.by_group import by_group
from ropewalk.core.publish.charts.by_phase import by_phase
from ropewalk.core.publish.charts.chart import Chart
from ropewalk.core.publish.charts.strip import strip
from ropewalk.core.publish.charts.trend import trend
from ropewalk.core.publish.descriptions import drawn_groups
from ropewalk.core.publish.glossary import TERMS
from ropewalk.core.publish.place_book import DRAWN_BY_PHASE, OGL_URL, PhaseBook, PlaceBook, Progress
from ropewalk.core.publish.shown_table import ShownTable
from ropewalk.core.publish.tables import group_table, phase_book_table, phase_table, section_table, trend_table
from ropewalk.core.publish.wording import heading_words, long_date, row_sentence
from ropewalk.core.schema.missing import Missing
from ropewalk.core.views.measure_detail import MeasureDetail
from ropewalk.core.views.overview import MeasureRow

# Letters of 13 pixels become 8.8 points; the text is 174 millimetres wide.
MM_PER_PIXEL, TEXT_WIDTH = 0.24, 174


@dataclass(frozen=True, slots=True)
class Part:
    """A drawing, a table, or both, under a small heading."""

    heading: str
    drawing: Future[str] | None = None
    alternative: str = ""
    table: ShownTable | None = None
    words: str = ""

    @property
    def image(self) -> str | None:
        """The drawing as a data address."""
        return _as_address(self.drawing.result()) if self.drawing else None

    @property
    def width(self) -> int:
        """Width of the drawing in millimetres."""
        if self.drawing is None:
            return 0
        pixels = int(self.drawing.result().split(' width="', 1)[1].split('"', 1)[0])
        return min(round(pixels * MM_PER_PIXEL), TEXT_WIDTH)


@dataclass(frozen=True, slots=True)
class MeasurePages:
    """All that the book says of one measure."""

    anchor: str
    heading: str
    sentence: str
    row: MeasureRow
    parts: tuple[Part, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class BookPages:
    """A phase book as the template needs it."""

    book: PhaseBook
    table: ShownTable | None
    parts: tuple[Part, ...]


def write_data_book(book: PlaceBook, progress: Progress) -> bytes:
    """The data book as PDF bytes; ``progress(done, total, what)`` is called after each step of the work."""
    with _rare_collection():
        return _written(book, progress)


@contextmanager
def _rare_collection() -> Iterator[None]:
    """Let Python look for rubbish less often: millions of small objects are made here, and nearly all are kept.

    Saves a seventh of the time for a quarter more memory.
    """
    before = gc.get_threshold()
    gc.set_threshold(2_000_000, 50, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _written(book: PlaceBook, progress: Progress) -> bytes:
    steps = _Steps(progress, len(book.details) + sum(1 for phase in book.phase_books if not phase.is_empty) + 2)
    # Altair checks each part of each drawing again; the tests of the charts have done that, and a book has a hundred.
    with debug_mode(False), drawn_beside() as draw:
        pages = {row.measure.id: _measure_pages(book, row, draw, steps) for row in book.rows()}
        phase_pages = [_phase_pages(book, phase, draw, steps) for phase in book.phase_books]
    environment = Environment(
        loader=PackageLoader("ropewalk.core.publish"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    html = environment.get_template("data_book.html").render(
        book=book,
        place=book.overview.place,
        day=long_date(book.today),
        created=book.today.isoformat(),
        pages=pages,
        summaries=[(section, section_table(book.overview, section)) for section in book.overview.sections],
        phase_pages=phase_pages,
        reasons=tuple(Missing),
        terms=TERMS,
        sources=[(line, book.edition_of(line.sha256)) for line in book.sources()],
        licence_url=OGL_URL,
    )
    steps.done("pages laid out next, the longest step")
    return _pdf(html, book.today, steps)


def _pdf(html: str, today: dt.date, steps: _Steps) -> bytes:
    # Nothing outside the text itself is read: drawings stand in it as data.
    fetcher = URLFetcher(allowed_protocols=("data",), fail_on_errors=True)
    written = HTML(string=html, url_fetcher=fetcher).write_pdf(
        pdf_variant="pdf/ua-1", pdf_tags=True, pdf_identifier=f"ropewalk-{today.isoformat()}".encode()
    )
    steps.done("written")
    return bytes(written or b"")


class _Steps:
    """Counts steps and tells them on."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._count = progress, total, 0

    def done(self, what: str) -> None:
        """One more step is done."""
        self._count += 1
        self._progress(min(self._count, self._total), self._total, what)


def _measure_pages(book: PlaceBook, row: MeasureRow, draw: Draw, steps: _Steps) -> MeasurePages:
    detail = book.details[row.measure.id]
    heading = heading_words(row.measure, row.phase, row.group)
    pages = MeasurePages(
        f"measure-{row.measure.id}",
        heading,
        row_sentence(row, book.overview.place),
        row,
        tuple(_parts(detail, draw)),
        book.quote(row),
    )
    steps.done(row.measure.title)
    return pages


def _parts(detail: MeasureDetail, draw: Draw) -> Iterator[Part]:
    yield _drawn(draw, "Over time", trend(detail), trend_table(detail))
    if len(detail.by_phase) > 1:
        yield _drawn(draw, "By phase", by_phase(detail), phase_table(detail))
    if len(drawn_groups(detail.by_group)) > 1:
        yield _drawn(draw, "By group of pupils", by_group(detail), group_table(detail))
    if len(detail.strip) > 1:
        words = "The values of all councils stand in the workbook of this place."
        yield _drawn(draw, "Among councils", strip(detail), None, words)


def _drawn(draw: Draw, heading: str, chart: Chart, table: ShownTable | None, words: str = "") -> Part:
    return Part(heading, draw(chart), f"{chart.title}. {chart.description}", table, words)


def _as_address(drawing: str) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(drawing.encode()).decode()}"


def _phase_pages(book: PlaceBook, phase: PhaseBook, draw: Draw, steps: _Steps) -> BookPages:
    if phase.is_empty:
        return BookPages(phase, None, ())
    place = book.overview.place
    details = [*(book.details[row.measure.id] for row in phase.measures), *phase.of_schools]
    table = phase_book_table(place, f"{phase.stage.name} book: {place.name}", details)
    parts = tuple(
        _drawn(draw, heading_words(d.measure, d.phase, d.group), trend(d), trend_table(d))
        for d in phase.of_schools
        if d.measure.id in DRAWN_BY_PHASE
    )
    steps.done(f"{phase.stage.name} book")
    return BookPages(phase, table, parts)
