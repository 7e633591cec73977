"""A table of a page as a workbook. Loads the writer of workbooks, so only addresses of files import it."""

from ropewalk.core.measures import Measure
from ropewalk.core.publish.shown_table import ShownTable
from ropewalk.core.publish.workbook import Front, Sheet, write_xlsx
from ropewalk.core.use_cases.store import Reader
from ropewalk.site.see.scorecard.files import as_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_xlsx(reader: Reader, table: ShownTable, name: str, measures: tuple[Measure, ...] = ()) -> bytes:
    """The very table that a page shows, on one sheet after cover, notes and sources."""
    files = {source.sha256 for source in table.sources}
    publishers = sorted({edition.publisher for edition in reader.editions.values() if edition.sha256 in files})
    terms = tuple((measure.title, " ".join([measure.definition, *measure.notes])) for measure in measures)
    front = Front(table.title, ", ".join(publishers), as_of(reader), terms=terms)
    return write_xlsx([Sheet(name, table)], front)
