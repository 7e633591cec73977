"""Tags that write figures: ``{% load figures %}``."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ropewalk.site.foundation import numbers, sparkline
from ropewalk.site.foundation.sorting import Order, order_link

register = template.Library()


@register.simple_tag
def quantity(value: float | None, unit: str = "count", missing: str | None = None, decimals: int | None = None) -> str:
    """``{% quantity 24.14 "percent" %}`` → 24.1%; without a value, the reason in words with its meaning."""
    if value is None:
        return missing_words(missing)
    return numbers.quantity(value, unit, decimals=decimals)


@register.simple_tag
def figure(shown: Any, decimals: int | None = None) -> str:
    """``{% figure f %}`` for anything with ``value``, ``unit`` and ``missing``, as an object or a mapping."""
    value, unit, reason = (_part(shown, name) for name in ("value", "unit", "missing"))
    # Units and reasons may be enumerations of the core.
    return quantity(value, _text(unit) or "count", _text(reason) or None, decimals)


@register.simple_tag
def change(value: float | None, unit: str = "count", decimals: int | None = None) -> str:
    """``{% change 1.2 "percent" %}`` → +1.2 percentage points."""
    return numbers.change(value, unit, decimals=decimals) if value is not None else missing_words(None)


@register.simple_tag
def missing_words(reason: str | None) -> SafeString:
    """The word for a missing value; what it means is heard by screen readers and shown on hovering."""
    word, meaning = numbers.missing(reason)
    return format_html(
        '<span class="rw-missing" title="{}">{}<span class="govuk-visually-hidden"> ({})</span></span>',
        meaning[0].upper() + meaning[1:],
        word,
        meaning,
    )


@register.inclusion_tag("foundation/parts/missing_key.html")
def missing_key(reasons: Iterable[str | None]) -> dict[str, object]:
    """A list below a table: each word that stands in place of a value, and what it means. Empty without any."""
    found = {numbers.missing(_text(reason)) for reason in reasons if reason}
    return {"entries": sorted(found)}


@register.filter
def long_date(day: dt.date | str | None) -> str:
    """``{{ day|long_date }}`` → 23 November 2026."""
    return numbers.long_date(day)


@register.inclusion_tag("foundation/parts/sparkline.html", name="sparkline")
def sparkline_tag(values: Iterable[float | None], title: str) -> dict[str, object]:
    """``{% sparkline values "Persistent absence, 2016/17 to 2024/25: from 12.1% to 24.1%" %}``."""
    return {
        "spark": sparkline.draw(values),
        "title": title,
        "width": sparkline.WIDTH,
        "height": sparkline.HEIGHT,
    }


@register.inclusion_tag("foundation/parts/sort_header.html", takes_context=True)
def sort_header(
    context: template.Context, label: str, key: str, numeric: bool = False, first: str = "asc"
) -> dict[str, object]:
    """A header cell whose link sorts the table: ``{% sort_header "Latest" "latest" numeric=True first="desc" %}``.

    The view puts the present order (sorting.Order) into the context as ``order``.
    """
    order = context.get("order")
    present = order if isinstance(order, Order) and order.key == key else None
    descending = not present.descending if present else first == "desc"
    states = {True: "descending", False: "ascending"}
    request = context.get("request")
    return {
        "label": label,
        "numeric": numeric,
        "state": states[present.descending] if present else "none",
        "next": states[descending],
        "address": order_link(request.GET if request is not None else {}, Order(key, descending)),
    }


@register.inclusion_tag("foundation/parts/breadcrumbs.html")
def breadcrumbs(*steps: str) -> dict[str, object]:
    """``{% breadcrumbs "Home" "/" "Plymouth" %}``: label and address in turn; a last label alone is this page."""
    return {"trail": [(steps[place], "".join(steps[place + 1 : place + 2])) for place in range(0, len(steps), 2)]}


@register.inclusion_tag("foundation/parts/chart.html")
def chart(*, spec: str, image: str, alt: str, title: str, note: str = "") -> dict[str, str]:
    """A chart: still image and, where it can be, interactive. The page also loads ``charts.js`` and has a table.

    The image's address answers to ``narrow=1`` with a drawing for telephones.
    """
    narrow = f"{image}{'&' if '?' in image else '?'}narrow=1"
    return {"spec": spec, "image": image, "narrow": narrow, "alt": alt, "title": title, "note": note}


def _part(shown: Any, name: str) -> Any:
    return shown.get(name) if isinstance(shown, dict) else getattr(shown, name, None)


def _text(word: Any) -> str:
    return "" if word is None else str(getattr(word, "value", word))
