"""A table of a live page as a workbook. Loads the writer of workbooks, so only addresses of files import it."""

from datetime import date

from ropewalk.core.measures import Measure
from ropewalk.core.publish.live_words import known_words
from ropewalk.core.publish.shown_table import ShownTable
from ropewalk.core.publish.workbook import Front, Sheet, write_xlsx
from ropewalk.core.views.live import Known


def as_xlsx(table: ShownTable, known: Known, measures: tuple[Measure, ...]) -> bytes:
    """The very table that a page shows, on one sheet after cover, notes and sources; its day is that of the returns."""
    day = date.fromisoformat(known.as_of or known.recorded[:10])
    terms = tuple((measure.title, " ".join([measure.definition, *measure.notes])) for measure in measures)
    front = Front(table.title, "", day, (known_words(known),), terms, published=False)
    return write_xlsx([Sheet("Figures", table)], front)
