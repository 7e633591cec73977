"""Tables as files: exactly what the page shows."""

from django.http import HttpResponse

from ropewalk.core.errors import NotFound
from ropewalk.core.publish.shown_table import ShownTable
from ropewalk.core.publish.table_files import to_csv
from ropewalk.site.see.scorecard.files import attached

ENDINGS = ("csv",)


def as_file(table: ShownTable, ending: str, about: str) -> HttpResponse:
    """The table as a file of this kind. Raises NotFound for kinds there are none of."""
    if ending not in ENDINGS:
        raise NotFound(f"There is no file of the kind '{ending}' here. There are: {', '.join(ENDINGS)}.")
    return attached(to_csv(table).encode("utf-8-sig"), "text/csv; charset=utf-8", about, "csv")
