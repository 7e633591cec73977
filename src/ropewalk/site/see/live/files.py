"""Tables of live pages as files: exactly what the page shows."""

from django.http import HttpResponse

from ropewalk.core.errors import NotFound
from ropewalk.core.measures import Measure
from ropewalk.core.publish.shown_table import ShownTable
from ropewalk.core.publish.table_files import to_csv
from ropewalk.core.views.live import Known
from ropewalk.site.see.scorecard.files import attached

ENDINGS = ("csv", "xlsx")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_file(table: ShownTable, ending: str, known: Known, measures: tuple[Measure, ...] = ()) -> HttpResponse:
    """The table as a file of this kind, named after what it shows. Raises NotFound for kinds there are none of."""
    if ending not in ENDINGS:
        raise NotFound(f"There is no file of the kind '{ending}' here. There are: {', '.join(ENDINGS)}.")
    about = f"{table.title} {f'as of {known.as_of}' if known.as_of else ''}"
    if ending == "csv":
        return attached(to_csv(table).encode("utf-8-sig"), "text/csv; charset=utf-8", about, ending)
    # The writer of workbooks takes time to load: pages do without it.
    from ropewalk.site.see.live.workbooks import as_xlsx  # noqa: PLC0415

    return attached(as_xlsx(table, known, measures), XLSX, about, ending)
