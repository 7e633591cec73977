"""Figures as links to where they come from."""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from ropewalk.core.measures import Measure
from ropewalk.core.publish import wording
from ropewalk.core.publish.shown_table import Cell
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.missing import Missing

WHENCE = '<span class="govuk-visually-hidden">, where does this come from?</span>'
NONE = mark_safe(f'<span class="rw-missing">{Missing.NOT_AVAILABLE.words}</span>')


_PERCENTAGE = ' <span class="govuk-visually-hidden">percentage </span>point'


def figure_address(figure: Figure) -> str:
    """Address of the page that says where a figure comes from; what is "all" is left out."""
    # Codes, ids and periods hold nothing that an address would need to escape but the blanks of terms.
    parts = [f"place={figure.place}", f"measure={figure.measure}"]
    if figure.phase != "all":
        parts.append(f"phase={figure.phase}")
    if figure.group != "all":
        parts.append(f"group={figure.group}")
    parts.append(f"period={figure.period.replace(' ', '+')}")
    if figure.school:
        parts.append(f"school={figure.school}")
    return f"/figures/?{'&'.join(parts)}"


def measure_address(figure: Figure) -> str:
    """Address of the measure's page for the place of a figure, for the same phase and group."""
    cut = [f"{name}={value}" for name, value in (("phase", figure.phase), ("group", figure.group)) if value != "all"]
    return f"/places/{figure.place}/measures/{figure.measure}/{'?' if cut else ''}{'&'.join(cut)}"


def figure_link(figure: Figure | None, measure: Measure, words: str | None = None) -> SafeString:
    """A figure as words and link; the reason in place of a missing value; plain words where nothing is published."""
    if figure is None:
        return NONE
    return _link(figure, words or wording.figure_words(figure, measure))


def cell_html(cell: Cell) -> SafeString:
    """A cell of a table as the page shows it: a link wherever a published figure stands behind it."""
    if cell.figure is not None:
        return _link(cell.figure, cell.words)
    words = escape(cell.words)
    return mark_safe(f'<span class="rw-missing">{words}</span>') if cell.missing else words


def short(words: str) -> SafeString:
    """Words escaped; "percentage points" are seen as "points" and heard in full, so that narrow columns hold them."""
    return mark_safe(escape(words).replace(" percentage point", _PERCENTAGE))


def _link(figure: Figure, words: str) -> SafeString:
    shown = short(words)
    if figure.missing:
        shown = mark_safe(f'<span class="rw-missing">{shown}</span>')
    return mark_safe(f'<a class="govuk-link rw-figure" href="{escape(figure_address(figure))}">{shown}{WHENCE}</a>')
