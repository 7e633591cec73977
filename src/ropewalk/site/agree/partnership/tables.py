"""Tables as files, exactly as the page shows them."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from ropewalk.core.publish.table_files import guarded
from ropewalk.site.see.scorecard.files import attached


def csv_file(head: Sequence[str], rows: Iterable[Sequence[str]], *, about: str) -> HttpResponse:
    """A table to take along as CSV."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(head)
    for row in rows:
        writer.writerow(map(guarded, row))
    return attached(out.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", about, "csv")
