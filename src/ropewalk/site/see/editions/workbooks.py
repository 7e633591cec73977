"""An edition as a workbook. Loads the writer of workbooks, so only addresses of files import it."""

from collections.abc import Sequence
from datetime import date

from ropewalk.core.publish.shown_table import ShownTable
from ropewalk.core.publish.workbook import Front, Sheet, write_xlsx
from ropewalk.core.use_cases.editions import Edition
from ropewalk.site.see.editions.tables import measures_of


def as_xlsx(title: str, tables: Sequence[ShownTable], edition: Edition, day: date) -> bytes:
    """The very tables that a page shows, each on a sheet after cover, notes and sources."""
    terms = tuple((measure.title, " ".join([measure.definition, *measure.notes])) for measure in measures_of(edition))
    lines = (f"Digest of the edition: {edition.digest}",)
    front = Front(title, "", day, lines, terms, published=False, protected=True)
    return write_xlsx([Sheet(table.title, table) for table in tables], front)
