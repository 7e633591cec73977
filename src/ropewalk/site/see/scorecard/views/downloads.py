"""Documents of a place to keep: data book, workbook, slides, table of figures."""

import threading
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from ropewalk.core.publish.table_files import to_csv
from ropewalk.core.publish.tables import overview_table
from ropewalk.core.use_cases.overview import place_overview
from ropewalk.site.see.scorecard.files import as_of, attached
from ropewalk.site.see.scorecard.pages import Reader, page, place_at

OFFICE = "application/vnd.openxmlformats-officedocument"
# Documents take seconds of a whole processor. Made one after another, they leave room for the pages of other readers.
_one_at_a_time = threading.Lock()


@page
def data_book(request: HttpRequest, reader: Reader, code: str) -> HttpResponse:
    """The data book as PDF."""
    # A PDF engine takes a second to load.
    from ropewalk.core.use_cases.documents import make_data_book  # noqa: PLC0415

    return _document(request, reader, code, make_data_book, ("data book", "application/pdf", "pdf"))


@page
def workbook(request: HttpRequest, reader: Reader, code: str) -> HttpResponse:
    """The workbook as XLSX."""
    from ropewalk.core.use_cases.documents import make_workbook  # noqa: PLC0415

    return _document(request, reader, code, make_workbook, ("workbook", f"{OFFICE}.spreadsheetml.sheet", "xlsx"))


@page
def slides(request: HttpRequest, reader: Reader, code: str) -> HttpResponse:
    """The slides as PPTX."""
    from ropewalk.core.use_cases.documents import make_slides  # noqa: PLC0415

    kind = ("slides", f"{OFFICE}.presentationml.presentation", "pptx")
    return _document(request, reader, code, make_slides, kind)


@page
def figures(request: HttpRequest, reader: Reader, code: str) -> HttpResponse:
    """The figures of the place page as CSV."""
    place = place_at(request, code)
    content = to_csv(overview_table(place_overview(reader, place)))
    about = f"{place.name} figures {as_of(reader)}"
    return attached(content.encode("utf-8-sig"), "text/csv; charset=utf-8", about, "csv")


def _document(
    request: HttpRequest, reader: Reader, code: str, make: Callable[..., bytes], kind: tuple[str, str, str]
) -> HttpResponse:
    place = place_at(request, code)
    day = as_of(reader)
    with _one_at_a_time:
        content = make(reader, place, today=day, progress=lambda _done, _of, _what: None)
    name, media_type, ending = kind
    return attached(content, media_type, f"{place.name} {name} {day}", ending)
