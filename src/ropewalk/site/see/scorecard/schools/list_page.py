"""What the list of schools of a place shows: columns, rows in order, links that narrow it down."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ropewalk.core.measures import Measure
from ropewalk.core.publish.wording import figure_words, number_words
from ropewalk.core.schema.figure import Figure
from ropewalk.core.use_cases.schools import NO_TRUST, phase_words
from ropewalk.core.views.schools import SchoolFilter, SchoolList, SchoolRow
from ropewalk.site.foundation.numbers import MONTHS
from ropewalk.site.foundation.sorting import Order, read_order, sort_rows
from ropewalk.site.see.scorecard.links import figure_link

NOTHING = format_html('<span class="rw-missing">{}</span>', "none")
NAME = Order("school")


@dataclass(frozen=True)
class Line:
    """One school as shown."""

    name: str
    address: str
    urn: str
    phase: str
    trust: str
    cells: tuple[SafeString, ...]


@dataclass(frozen=True)
class PhaseLine:
    """One phase: schools, pupils, and the address that shows only these."""

    words: str
    schools: str
    pupils: str
    address: str
    chosen: bool


def filter_of(request: HttpRequest) -> SchoolFilter:
    """Which schools the address asks for."""
    said = {name: " ".join(request.GET.get(name, "").split())[:200] for name in ("phase", "trust", "q")}
    return SchoolFilter(phase=said["phase"], trust=said["trust"], text=said["q"])


def order_of(request: HttpRequest, listed: SchoolList) -> Order:
    """The order the address asks for: by name unless it names a column."""
    return read_order(request, allowed=["school", "phase", "trust", *(m.id for m in listed.measures)], default=NAME)


def ordered(listed: SchoolList, order: Order) -> SchoolList:
    """The same list in this order; page and files are made from it."""

    def value(row: SchoolRow) -> float | str | None:
        if order.key == "phase":
            return phase_words(row.school.phase)
        if order.key == "trust":
            return row.school.trust
        if order.key == "school":
            return row.school.name.lower()
        figure = row.latest.get(order.key)
        return figure.value if figure else None

    # Rows come by name, and sorting keeps that order among equals.
    return replace(listed, rows=tuple(sort_rows(listed.rows, value, descending=order.descending)))


def lines(listed: SchoolList) -> list[Line]:
    """The rows of the table."""
    return [
        Line(
            row.school.name,
            f"/schools/{row.school.urn}/",
            row.school.urn,
            phase_words(row.school.phase),
            row.school.trust or "",
            tuple(newest_cell(row.latest.get(measure.id), measure) for measure in listed.measures),
        )
        for row in listed.rows
    ]


def newest_cell(figure: Figure | None, measure: Measure) -> SafeString:
    """A figure with its year, as a link to where it comes from: ``12.4% (2018/19)``."""
    if figure is None:
        return NOTHING
    link = figure_link(figure, measure, figure_words(figure, measure))
    return format_html('{} <span class="rw-year">({})</span>', link, figure.period)


def phase_lines(listed: SchoolList) -> list[PhaseLine]:
    """Schools and pupils by phase, and all together."""
    made = []
    for count in listed.counts:
        pupils = number_words(count.pupils, 0) if count.without < count.schools else "not known"
        if 0 < count.without < count.schools:
            pupils += f" ({count.without} not known)"
        chosen = bool(count.phase) and listed.wanted.phase == count.phase
        made.append(
            PhaseLine(
                phase_words(count.phase),
                number_words(count.schools, 0),
                pupils,
                _address(listed, replace(listed.wanted, phase=count.phase)) if count.phase else "",
                chosen,
            )
        )
    return made


def totals(listed: SchoolList) -> tuple[str, str]:
    """Schools and pupils of the whole place."""
    return (
        number_words(sum(count.schools for count in listed.counts), 0),
        number_words(sum(count.pupils for count in listed.counts), 0),
    )


def shown_words(listed: SchoolList) -> str:
    """What is shown, in words: ``19 of 102 schools``, with what narrowed them down."""
    everyone = sum(count.schools for count in listed.counts)
    wanted, shown = listed.wanted, len(listed.rows)
    said = [phase_words(wanted.phase).lower()] if wanted.phase else []
    if wanted.trust:
        said.append("in no trust" if wanted.trust == NO_TRUST else f"in {wanted.trust}")
    if wanted.text:
        said.append(f"with “{wanted.text}” in name, number or postcode")
    if not said:
        return f"All {everyone:,} schools"
    return f"{shown:,} of {everyone:,} schools: {', '.join(said)}"


def registers_of(listed: SchoolList) -> list[str]:
    """When the registers were taken that describe the schools shown, oldest first: ``2022/23``, ``August 2026``."""
    return [register_words(as_of) for as_of in sorted({row.school.as_of for row in listed.rows})]


def register_words(as_of: str) -> str:
    """``2026-08`` as ``August 2026``; academic years as they are."""
    year, _, month = as_of.partition("-")
    return f"{MONTHS[int(month) - 1]} {year}" if month.isdigit() else as_of


def query_of(wanted: SchoolFilter, order: Order = NAME) -> str:
    """The query of the address that shows these schools in this order; empty for the plain page."""
    said = [("phase", wanted.phase), ("trust", wanted.trust), ("q", wanted.text)]
    if order != NAME:
        said += [("sort", order.key), ("dir", order.direction)]
    query = urlencode([(name, value) for name, value in said if value])
    return f"?{query}" if query else ""


def phases_of(listed: SchoolList) -> Sequence[tuple[str, str]]:
    """Phases to choose from, id and words."""
    return [(count.phase, phase_words(count.phase)) for count in listed.counts if count.phase]


def _address(listed: SchoolList, wanted: SchoolFilter) -> str:
    return f"/places/{listed.place.code}/schools/{query_of(wanted)}"
