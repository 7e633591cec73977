"""Tags of the scorecard: ``{% load scorecard %}``."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html

from ropewalk.core.measures import Polarity, Unit
from ropewalk.core.publish.shown_table import ShownTable
from ropewalk.core.publish.wording import number_words
from ropewalk.site.see.scorecard.links import cell_html

register = template.Library()

UNITS = {
    Unit.PERCENT: "per cent",
    Unit.COUNT: "number",
    Unit.SCORE: "score",
    Unit.POINTS: "percentage points",
    Unit.SCORE_POINTS: "points of the score",
    Unit.RATE_PER_10000: "for every 10,000 pupils",
    Unit.GRADE: "grade",
    Unit.RANK: "rank",
}
BETTER = {
    Polarity.HIGHER: "Higher is better for children",
    Polarity.LOWER: "Lower is better for children",
    Polarity.NEITHER: "Neither: a higher or lower value is no judgement",
}


@register.filter
def unit_words(unit: Unit) -> str:
    """A unit as a reader meets it."""
    return UNITS.get(unit, str(unit.value).replace("_", " "))


@register.filter
def better_words(better: Polarity) -> str:
    """Which way is better, in words."""
    return BETTER[better]


@register.filter
def whole(number: int) -> str:
    """``1,234``."""
    return number_words(number, 0)


@register.inclusion_tag("scorecard/parts/shown_table.html")
def shown_table(
    table: ShownTable,
    caption: str = "",
    wide: bool = False,
    links: Sequence[str] = (),
    as_of: str = "",
    own: bool = False,
) -> dict[str, object]:
    """A table with a link behind each figure that has a source, and what the words for missing values mean.

    ``wide`` tables scroll on a phone, others are narrow enough for it. Without ``caption`` the table's title is it.
    ``links`` are addresses behind the names of the rows. ``own`` tables hold figures from returns, known ``as_of``.
    """
    rows = [
        (
            format_html('<a class="govuk-link" href="{}">{}</a>', links[place], row[0].words)
            if links
            else row[0].words,
            [(cell_html(cell, as_of), column.numeric) for cell, column in zip(row[1:], table.columns[1:], strict=True)],
        )
        for place, row in enumerate(table.rows)
    ]
    return {
        "table": table,
        "caption": caption or table.title,
        "wide": wide,
        # Two or three columns over the whole page would leave the eye to find its way from name to value.
        "few": len(table.columns) <= 3,
        "rows": rows,
        "reasons": [(one.words, one.meaning_in_returns if own else one.explanation) for one in table.reasons],
    }
