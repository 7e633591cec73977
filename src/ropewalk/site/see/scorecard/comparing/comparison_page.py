"""What a comparison shows: tables of measures and places, the region pooled, one measure over time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

from ropewalk.core.errors import NotFound
from ropewalk.core.publish.shown_table import Column, ShownTable, count_cell, figure_cell, text_cell, value_cell
from ropewalk.core.publish.tables import comparison_table, comparison_trend_table
from ropewalk.core.publish.wording import heading_words, period_words
from ropewalk.core.schema.places import place_by_code
from ropewalk.core.views.comparing import Comparison
from ropewalk.site.see.scorecard.comparing.form import address_of

# As many columns of figures as a sheet of paper holds.
MOST_COLUMNS = 9
BASELINE_NOTE = (
    "Pooled is worked out by Ropewalk: what was counted in all councils together, out of all councils together. "
    "It stands only where one publication gives the counts of every council the region had in that year."
)


@dataclass(frozen=True)
class MeasureLink:
    """A measure to draw over time."""

    words: str
    address: str
    chosen: bool


def codes_of(comparison: Comparison) -> list[str]:
    """Codes of the places asked for; none where a whole region is."""
    return [] if comparison.region else [place.code for place in comparison.places]


def address(comparison: Comparison, measure: str = "") -> str:
    """The address to keep of this comparison."""
    return address_of(codes_of(comparison), measure, comparison.region.code if comparison.region else "")


def file_address(comparison: Comparison, name: str, ending: str) -> str:
    """Address of a part of the page as a file."""
    _, _, query = address(comparison, comparison.drawn.id if comparison.drawn else "").partition("?")
    return f"/compare/{name}.{ending}?{query}"


def measure_links(comparison: Comparison) -> list[MeasureLink]:
    """The measures of the table, to be drawn over time."""
    drawn = comparison.drawn.id if comparison.drawn else ""
    return [
        MeasureLink(row.measure.title, f"{address(comparison, row.measure.id)}#over-time", row.measure.id == drawn)
        for row in comparison.rows
    ]


def table_of(comparison: Comparison) -> ShownTable:
    """Measures and places side by side, each at its newest period."""
    return comparison_table(comparison)


def drawable(comparison: Comparison) -> Comparison:
    """What is drawn over time: the places, or for a region the region itself and its country.

    Lines of twenty councils would hide each other; their values are in the table.
    """
    if comparison.region is None:
        return comparison
    kept = [code for code in (comparison.region.code, comparison.country.code) if comparison.series.get(code)]
    return replace(comparison, series={code: comparison.series[code] for code in kept})


def trend_table(comparison: Comparison) -> ShownTable:
    """One measure over time, every place."""
    filled = {code: series for code, series in comparison.series.items() if series}
    names = {code: place_by_code(code).name for code in filled}
    return comparison_trend_table(replace(comparison, series=filled), names)


def baseline_table(comparison: Comparison) -> ShownTable:
    """The region pooled, beside what is published for the region and the country for the same year."""
    region = comparison.region
    if region is None:
        raise NotFound("Only a whole region is pooled.")
    columns = (
        Column("Measure"),
        Column("Period"),
        Column("Councils"),
        Column("Counted", numeric=True),
        Column("Out of", numeric=True),
        Column(f"{region.name}, pooled", numeric=True),
        Column(f"{region.name}, as published", numeric=True, traced=True),
        Column(comparison.country.name, numeric=True, traced=True),
    )
    rows = tuple(
        (
            text_cell(heading_words(line.measure, line.phase, line.group)),
            text_cell(period_words(line.period)),
            text_cell(str(line.pooled.places)),
            count_cell(line.pooled.numerator),
            count_cell(line.pooled.denominator),
            value_cell(line.pooled.value, line.measure),
            figure_cell(line.region, line.measure),
            figure_cell(line.country, line.measure),
        )
        for line in comparison.baseline
    )
    title = f"{region.name}: all its councils pooled"
    return ShownTable(title, columns, rows, comparison.released, (BASELINE_NOTE,), "newest year with every council")


TABLES = {"measures": table_of, "over-time": trend_table, "pooled": baseline_table}


def table_called(comparison: Comparison, name: str) -> ShownTable:
    """A table of the page by its name in addresses. Raises NotFound when the page has none of that name."""
    there = ["measures", *(["over-time"] if comparison.drawn else []), *(["pooled"] if comparison.baseline else [])]
    if name not in there:
        raise NotFound(f"There is no table '{name}' here. There are: {', '.join(there)}.")
    return TABLES[name](comparison)


def in_blocks(table: ShownTable, names: int) -> list[ShownTable]:
    """A table with many places as several that a page holds, also in print; the first ``names`` columns come again."""
    others = range(names, len(table.columns))
    count = ceil(len(others) / MOST_COLUMNS)
    size = ceil(len(others) / count)
    return [_columns(table, names, others[start : start + size], count) for start in range(0, len(others), size)]


def _columns(table: ShownTable, names: int, kept: range, blocks: int) -> ShownTable:
    places = [*range(names), *kept]
    columns = tuple(table.columns[place] for place in places)
    first, last = columns[names].heading, columns[-1].heading
    title = table.title if blocks == 1 else f"{table.title} ({first} to {last})"
    rows = tuple(tuple(row[place] for place in places) for row in table.rows)
    return replace(table, title=title, columns=columns, rows=rows)


def title_of(comparison: Comparison) -> str:
    """The places in words."""
    if comparison.region:
        return f"{comparison.region.name}: all {len(comparison.places)} councils"
    return listed([place.name for place in comparison.places])


def region_words(comparison: Comparison) -> str:
    """A region within a sentence: ``the North West``, ``London``."""
    name = comparison.region.name if comparison.region else ""
    return name if name.startswith(("London", "Yorkshire")) else f"the {name}"


def listed(names: Sequence[str]) -> str:
    """``Plymouth, Blackpool and Oldham``."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
