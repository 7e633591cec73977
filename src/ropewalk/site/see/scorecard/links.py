"""Figures as links to where they come from."""

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from ropewalk.core.measures import Measure
from ropewalk.core.publish import wording
from ropewalk.core.publish.shown_table import Cell
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.missing import Missing
from ropewalk.core.views.live import slug

# The kind of source of figures that were counted from schools' own returns.
RETURNS = "returns"

NONE = format_html('<span class="rw-missing">{}</span>', Missing.NOT_AVAILABLE.words)


_POINT = " percentage point"
_SEEN_AS_POINT = format_html(' <span class="{}">percentage </span>point', "govuk-visually-hidden")


def figure_address(figure: Figure, as_of: str = "") -> str:
    """Address of the page that says where a figure comes from; what is "all" is left out.

    ``as_of`` is the day as of which figures from returns are shown.
    """
    # Codes, ids and periods hold nothing that an address would need to escape but the blanks of terms.
    parts = [f"place={figure.place}", f"measure={figure.measure}"]
    if figure.phase != "all":
        parts.append(f"phase={figure.phase}")
    if figure.group != "all":
        parts.append(f"group={figure.group}")
    parts.append(f"period={figure.period.replace(' ', '+')}")
    if figure.school:
        parts.append(f"school={figure.school}")
    if figure.source.kind != RETURNS:
        return f"/figures/?{'&'.join(parts)}"
    _, _, trust = figure.source.title.partition(": ")
    parts += [f"trust={slug(trust)}"] if trust else []
    parts += [f"as_of={as_of}"] if as_of else []
    return f"/live/figures/?{'&'.join(parts)}"


def measure_address(figure: Figure) -> str:
    """Address of the measure's page for the place of a figure, for the same phase and group."""
    cut = [f"{name}={value}" for name, value in (("phase", figure.phase), ("group", figure.group)) if value != "all"]
    return f"/places/{figure.place}/measures/{figure.measure}/{'?' if cut else ''}{'&'.join(cut)}"


def figure_link(figure: Figure | None, measure: Measure, words: str | None = None) -> SafeString:
    """A figure as words and link; the reason in place of a missing value; plain words where nothing is published."""
    if figure is None:
        return NONE
    return _link(figure, words or wording.figure_words(figure, measure))


def cell_html(cell: Cell, as_of: str = "") -> SafeString:
    """A cell of a table as the page shows it: a link wherever a figure with a source stands behind it."""
    if cell.figure is not None:
        return _link(cell.figure, cell.words, as_of)
    return format_html('<span class="rw-missing">{}</span>', cell.words) if cell.missing else escape(cell.words)


def short(words: str) -> SafeString:
    """Words escaped; "percentage points" are seen as "points" and heard in full, so that narrow columns hold them."""
    return format_html_join(_SEEN_AS_POINT, "{}", ((part,) for part in words.split(_POINT)))


def _link(figure: Figure, words: str, as_of: str = "") -> SafeString:
    shown = format_html('<span class="rw-missing">{}</span>', words) if figure.missing else short(words)
    return format_html(
        '<a class="govuk-link rw-figure" href="{}">{}'
        '<span class="govuk-visually-hidden">, where does this come from?</span></a>',
        figure_address(figure, as_of),
        shown,
    )
