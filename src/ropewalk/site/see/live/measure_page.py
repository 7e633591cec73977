"""What the live page of a measure shows: tables with their addresses, charts, the two ways of counting in words."""

from collections.abc import Callable
from dataclasses import dataclass

from ropewalk.core.errors import NotFound
from ropewalk.core.publish import descriptions, live_tables, live_words
from ropewalk.core.publish.shown_table import ShownTable
from ropewalk.core.publish.weekly_words import weekly_description
from ropewalk.core.schema.figure import Figure
from ropewalk.core.views.live import LiveMeasure, Part
from ropewalk.site.see.live.addresses import Address
from ropewalk.site.see.live.choices import Chosen

FEWEST_DRAWN = 2


@dataclass(frozen=True)
class Block:
    """A table of the page with its addresses; ``alt`` says what its chart shows, and is empty where there is none."""

    name: str
    table: ShownTable
    links: tuple[str, ...]
    alt: str
    csv: str
    xlsx: str
    image: str
    spec: str


TABLES: dict[str, Callable[[LiveMeasure], ShownTable]] = {
    "over-time": live_tables.time_table,
    "two-ways": live_tables.twin_table,
    "by-phase": live_tables.phase_table,
    "by-group": live_tables.group_table,
    "by-trust": live_tables.trust_table,
    "by-school": live_tables.school_table,
}


def names_shown(live: LiveMeasure) -> list[str]:
    """Which parts have something to show."""
    there = {
        "over-time": live.over_time,
        "two-ways": live.twin,
        "by-phase": live.by_phase,
        "by-group": live.by_group,
        "by-trust": live.by_trust,
        "by-school": live.by_school,
    }
    return [name for name, part in there.items() if part]


def table_called(live: LiveMeasure, name: str) -> ShownTable:
    """A table of the page. Raises NotFound when the page has none of this name."""
    shown = names_shown(live)
    if name not in shown:
        raise NotFound(f"There is no table '{name}' here. There are: {', '.join(shown)}.")
    return TABLES[name](live)


def blocks(chosen: Chosen, live: LiveMeasure) -> dict[str, Block]:
    """The parts of the page by name, with underscores as templates need them."""
    return {name.replace("-", "_"): _block(chosen, live, name) for name in names_shown(live)}


def _block(chosen: Chosen, live: LiveMeasure, name: str) -> Block:
    def file(folder: str, ending: str) -> str:
        other = Chosen(chosen.here, f"{chosen.tail}{folder}/{name}.{ending}", chosen.phase, chosen.group, chosen.more)
        return other.to()

    return Block(
        name,
        TABLES[name](live),
        _links(chosen, live, name),
        _alt(live, name),
        file("tables", "csv"),
        file("tables", "xlsx"),
        file("charts", "svg"),
        file("charts", "json"),
    )


def _links(chosen: Chosen, live: LiveMeasure, name: str) -> tuple[str, ...]:
    """Addresses behind the names of rows: the same measure of each trust and school."""
    parts: tuple[Part, ...] = {"by-trust": live.by_trust, "by-school": live.by_school}.get(name, ())
    return tuple(
        Address(part.scope, chosen.here.as_of).to(chosen.tail, group="" if live.group == "all" else live.group)
        for part in parts
        if part.scope
    )


def _alt(live: LiveMeasure, name: str) -> str:
    """What the chart of a part shows; empty where there is too little to draw."""
    said = ""
    if name == "over-time" and _values(live.over_time) >= FEWEST_DRAWN:
        said = weekly_description(live.weekly) if live.weekly else descriptions.trend_description(_detail(live))
    elif name == "by-phase" and _values(live.by_phase) >= FEWEST_DRAWN:
        said = descriptions.phase_description(_detail(live))
    elif name == "by-group" and len(descriptions.drawn_groups(live.by_group)) >= FEWEST_DRAWN:
        said = descriptions.group_description(_detail(live))
    elif name == "by-school" and live.funnel:
        said = live_words.funnel_description(live.funnel)
    return f"Chart. {said} Every value drawn is in the table below it." if said else ""


_detail = live_tables.as_detail


def _values(figures: tuple[Figure, ...]) -> int:
    return sum(figure.value is not None for figure in figures)
