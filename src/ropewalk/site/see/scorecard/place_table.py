"""The tables of the place page: one row for each measure, sorted by any column."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ropewalk.core.publish import wording
from ropewalk.core.schema.places import Place, PlaceKind
from ropewalk.core.views.overview import Change, MeasureRow, Overview
from ropewalk.site.foundation import sparkline
from ropewalk.site.foundation.sorting import Order, sort_rows
from ropewalk.site.foundation.templatetags.figures import sort_header
from ropewalk.site.see.scorecard.links import NONE, figure_link, short


@dataclass(frozen=True)
class Column:
    """A column: key in the address, header, what it sorts by and what it shows. ``first`` is the order at first."""

    key: str
    label: str
    value: Callable[[MeasureRow], Any]
    cell: Callable[[MeasureRow], str]
    numeric: bool = True
    first: str = "desc"


@dataclass(frozen=True)
class Line:
    """One row as shown: the measure, its page, and label, text and kind of each cell."""

    title: str
    address: str
    cells: tuple[tuple[str, str, bool], ...]
    spark: SafeString


@dataclass(frozen=True)
class Block:
    """The table under one question and the sentence above it."""

    slug: str
    heading: str
    sentence: str
    lines: tuple[Line, ...]


def columns(overview: Overview) -> tuple[Column, ...]:
    """The columns that make sense for a place: England is not compared with itself, a region has no neighbours."""
    shown = [
        Column("latest", "Latest", lambda row: row.latest.value, lambda row: figure_link(row.latest, row.measure)),
        Column("period", "Period", lambda row: row.latest.period, lambda row: row.latest.period, numeric=False),
        Column("year", "Change on last year", _amount("last_year"), _change("last_year")),
        Column("since", "Change since 2018/19", _amount("since_2018_19"), _change("since_2018_19")),
    ]
    if overview.place.kind is not PlaceKind.COUNTRY:
        shown.append(_other("country", overview.country))
    if overview.region:
        shown.append(_other("region", overview.region))
    if overview.neighbours:
        shown.append(Column("middle", "Neighbours’ median", _spread("median"), _middle))
        shown.append(Column("range", "Neighbours’ range", _spread("lowest"), _range))
    return tuple(shown)


def headers(request: HttpRequest, shown: tuple[Column, ...], order: Order | None) -> SafeString:
    """The header cells with their links; made once, since each section has the same."""
    context = {"request": request, "order": order}
    first = sort_header(context, "Measure", "measure")  # type: ignore[arg-type]
    others = [sort_header(context, c.label, c.key, c.numeric, c.first) for c in shown]  # type: ignore[arg-type]
    cells = (render_to_string("foundation/parts/sort_header.html", one) for one in (first, *others))
    return format_html_join("", "{}", ((cell,) for cell in cells))


def blocks(overview: Overview, shown: tuple[Column, ...], order: Order | None) -> list[Block]:
    """The sections of the page, the rows of each in the order asked for."""
    by_key: dict[str, Callable[[MeasureRow], Any]] = {column.key: column.value for column in shown}
    by_key["measure"] = lambda row: row.measure.title
    made = []
    for section in overview.sections:
        rows = list(section.rows)
        sentence = wording.row_sentence(rows[0], overview.place)
        if order:
            rows = sort_rows(rows, by_key[order.key], descending=order.descending)
        lines = tuple(_line(row, overview.place, shown) for row in rows)
        made.append(Block(section.question.slug, section.question.words, sentence, lines))
    return made


def _line(row: MeasureRow, place: Place, shown: tuple[Column, ...]) -> Line:
    address = f"/places/{place.code}/measures/{row.measure.id}/"
    cells = tuple((column.label, column.cell(row), column.numeric) for column in shown)
    return Line(wording.heading_words(row.measure, row.phase, row.group), address, cells, _spark(row))


def _amount(name: str) -> Callable[[MeasureRow], float | None]:
    def amount(row: MeasureRow) -> float | None:
        change: Change | None = getattr(row, name)
        return change.amount if change else None

    return amount


def _change(name: str) -> Callable[[MeasureRow], str]:
    def cell(row: MeasureRow) -> str:
        change: Change | None = getattr(row, name)
        if change is None:
            return NONE
        # The earlier figure is what a change adds to the latest one, so that is where its link goes.
        return figure_link(change.before, row.measure, wording.change_words(change.amount, row.measure))

    return cell


def _other(name: str, place: Place) -> Column:
    return Column(
        name,
        place.name,
        lambda row: found.value if (found := getattr(row, name)) else None,
        lambda row: figure_link(getattr(row, name), row.measure),
    )


def _spread(name: str) -> Callable[[MeasureRow], float | None]:
    return lambda row: getattr(row.neighbours, name) if row.neighbours else None


def _middle(row: MeasureRow) -> str:
    return _among(row, wording.value_words(row.neighbours.median, row.measure) if row.neighbours else "")


def _range(row: MeasureRow) -> str:
    if row.neighbours is None:
        return NONE
    low, high = (wording.value_words(value, row.measure) for value in (row.neighbours.lowest, row.neighbours.highest))
    return _among(row, f"{low} to {high}")


def _among(row: MeasureRow, words: str) -> str:
    if row.neighbours is None:
        return NONE
    return format_html(
        '<a class="govuk-link rw-figure" href="/places/{}/measures/{}/#neighbours">{}'
        '<span class="govuk-visually-hidden">, the {} neighbours one by one</span></a>',
        row.latest.place,
        row.measure.id,
        short(words),
        row.neighbours.count,
    )


def _spark(row: MeasureRow) -> SafeString:
    known = [figure for figure in row.series if figure.value is not None]
    if len(known) < 2:
        return format_html('<span class="rw-missing">{}</span>', "one period only")
    words = [wording.figure_words(figure, row.measure) for figure in (known[0], known[-1])]
    title = f"{row.measure.title} from {words[0]} in {known[0].period} to {words[1]} in {known[-1].period}"
    drawn = sparkline.draw([figure.value for figure in row.series])
    shown = {"spark": drawn, "title": title, "width": sparkline.WIDTH, "height": sparkline.HEIGHT}
    return render_to_string("foundation/parts/sparkline.html", shown)
