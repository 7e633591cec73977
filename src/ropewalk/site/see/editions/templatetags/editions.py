"""Tags of editions: ``{% load editions %}``."""

from django import template

from ropewalk.core.publish.shown_table import ShownTable
from ropewalk.site.see.editions.forms import cut_words as words_of_cut
from ropewalk.site.see.editions.tables import MEANS

register = template.Library()


@register.inclusion_tag("editions/parts/table.html")
def edition_table(table: ShownTable, caption: str = "") -> dict[str, object]:
    """A table of an edition, with what stands for a value that is missing. ``caption`` says whose figures they are."""
    return {
        "table": table,
        "caption": f"{table.title}, {table.period}{f': {caption}' if caption else ''}",
        "rows": [list(zip(row, table.columns, strict=True)) for row in table.rows],
        "reasons": [(reason.words, MEANS.get(reason, reason.explanation)) for reason in table.reasons],
    }


@register.filter
def cut_words(cut: list[str | None]) -> str:
    """A measure and its family of groups in words."""
    return words_of_cut(cut)
