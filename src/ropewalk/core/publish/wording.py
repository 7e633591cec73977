"""Numbers, differences, reasons and whole sentences in plain English.

Words never claim more than the number: higher and lower, never better, worse or a rank. Values round half away from
zero, as statistical releases do. Every function is total: where there is no number it says why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from ropewalk.core.compare.intervals import Interval
from ropewalk.core.compare.summary import Spread
from ropewalk.core.measures import Measure, Unit
from ropewalk.core.open_data.reading import Edition
from ropewalk.core.publish.sentences import SAID
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.groups import group
from ropewalk.core.schema.missing import Missing
from ropewalk.core.schema.periods import PeriodKind, kind_of, words
from ropewalk.core.schema.phases import Phase
from ropewalk.core.schema.places import Place, place_by_code
from ropewalk.core.views.overview import Change, MeasureRow

MINUS = "−"
NO_FIGURE = Missing.NOT_AVAILABLE
# Written out rather than taken from the machine's language.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
# What stands after a value, and after a difference of one and of several.
_UNITS: dict[Unit, tuple[str, str, str]] = {
    Unit.PERCENT: ("%", " percentage point", " percentage points"),
    Unit.COUNT: ("", "", ""),
    Unit.SCORE: ("", " point", " points"),
    Unit.POINTS: (" percentage points", " percentage point", " percentage points"),
    Unit.SCORE_POINTS: (" points", " point", " points"),
    Unit.RATE_PER_10000: (" per 10,000", " per 10,000", " per 10,000"),
    Unit.GRADE: ("", " grade", " grades"),
    Unit.RANK: ("", "", ""),
}


def rounded(value: float, digits: int) -> Decimal:
    """A value at the places shown, half away from zero; never minus nought."""
    # Through text, because 0.285 in binary is a little less.
    result = Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return result or abs(result)


def number_words(value: float, digits: int) -> str:
    """A bare number: ``1,234``, ``45.7``, ``−0.06``."""
    shown = rounded(value, digits)
    return f"{MINUS if shown < 0 else ''}{abs(shown):,}"


def value_words(value: float | None, measure: Measure) -> str:
    """A value of a measure with its unit: ``24.1%``, ``45.7``, ``1,234``; without one "not available"."""
    if value is None:
        return NO_FIGURE.words
    return number_words(value, measure.digits) + _UNITS[measure.unit][0]


def figure_words(figure: Figure | None, measure: Measure) -> str:
    """A figure's value with its unit, or the reason why there is none."""
    if figure is None:
        return NO_FIGURE.words
    return figure.missing.words if figure.missing else value_words(figure.value, measure)


def amount_words(amount: float, measure: Measure) -> str:
    """The size of a difference without its sign: ``1.2 percentage points``; tiny ones ``less than 0.1 …``."""
    shown = abs(rounded(amount, measure.digits))
    _, one, many = _UNITS[measure.unit]
    if shown == 0 and amount != 0:
        return f"less than {Decimal(1).scaleb(-measure.digits)}{many}"
    return f"{shown:,}{one if shown == 1 else many}"


def change_words(amount: float | None, measure: Measure) -> str:
    """A signed difference: ``+1.2 percentage points``, ``−0.5 points``, ``no change``; "not available" without one."""
    if amount is None:
        return NO_FIGURE.words
    if rounded(amount, measure.digits) == 0:
        return "no change"
    return f"{'+' if amount > 0 else MINUS}{amount_words(amount, measure)}"


def difference_words(value: float, other: float, measure: Measure) -> str:
    """How one value stands to another: ``2.8 percentage points lower than``, ``about the same as``.

    About the same is said only when both values are written alike.
    """
    if rounded(value, measure.digits) == rounded(other, measure.digits):
        return "about the same as"
    amount = round(value - other, 9)
    return f"{amount_words(amount, measure)} {'higher' if amount > 0 else 'lower'} than"


def interval_words(interval: Interval | None, measure: Measure) -> str:
    """``17.8% to 19.4%``; "not known" where counts are not published."""
    if interval is None:
        return "not known"
    return f"{value_words(interval.lower, measure)} to {value_words(interval.upper, measure)}"


def period_words(period: str) -> str:
    """A period as people write it: ``2024 to 2025``, ``autumn term 2024 to 2025``."""
    return words(period)


def subject_words(phase: str, group_id: str) -> str:
    """Whom a figure is about beyond all pupils of all schools: ``secondary schools, girls``; empty for everybody."""
    parts = [] if phase == Phase.ALL else [_lower_first(Phase(phase).words)]
    parts += [] if group_id == "all" else [_lower_first(group(group_id).words)]
    return ", ".join(parts)


def heading_words(measure: Measure, phase: str, group_id: str) -> str:
    """A measure's title with phase and group: ``Persistent absence: secondary schools``."""
    subject = subject_words(phase, group_id)
    return f"{measure.title}: {subject}" if subject else measure.title


def spread_words(spread: Spread, measure: Measure) -> str:
    """``Half of its statistical neighbours lie between 17.8% and 19.4%.``"""
    low, high = value_words(spread.lower_quartile, measure), value_words(spread.upper_quartile, measure)
    if spread.count == 1:
        return f"Its one statistical neighbour with a figure: {low}."
    if low == high:
        return f"At least half of its statistical neighbours have {low}."
    return f"Half of its statistical neighbours lie between {low} and {high}."


def row_sentence(row: MeasureRow, place: Place) -> str:
    """The measure of a place in plain English: value, change, England, neighbours."""
    value = row.latest.value
    if value is None:
        heading = heading_words(row.measure, row.phase, row.group)
        return f"{heading} in {place.name}: {figure_words(row.latest, row.measure)}."
    sentence = _opening(row, place)
    changes = [
        f"{_change_on(change, row.measure)} {when}"
        for change, when in ((row.last_year, _before(row.latest.period)), (row.since_2018_19, "in 2018 to 2019"))
        if change is not None and change.before.value is not None
    ]
    unit = _UNITS[row.measure.unit][2]
    if len(changes) == 2 and unit and unit in changes[0]:
        # The unit is said once.
        changes[1] = changes[1].replace(unit, "", 1)
    said = [f"{sentence}{', ' if changes else ''}{' and '.join(changes)}."]
    if row.country is not None and row.country.value is not None:
        said.append(f"{place_by_code(place.country).name}: {value_words(row.country.value, row.measure)}.")
    if row.neighbours is not None:
        said.append(spread_words(row.neighbours, row.measure))
    return " ".join(said)


def _opening(row: MeasureRow, place: Place) -> str:
    subject = subject_words(row.phase, row.group)
    when = period_words(row.latest.period)
    value = value_words(row.latest.value, row.measure)
    where = f"{place.name} ({subject})" if subject else place.name
    said = SAID.get(row.measure.id, "{title} in {place}: {value} in {period}")
    return said.format(title=row.measure.title, place=where, value=value, period=when)


def _change_on(change: Change, measure: Measure) -> str:
    before = change.before.value or 0.0
    return difference_words(before + change.amount, before, measure)


def _before(period: str) -> str:
    return "the year before" if kind_of(period) in (PeriodKind.YEAR, PeriodKind.CALENDAR_YEAR) else "a year earlier"


def _lower_first(text: str) -> str:
    # 'SEN support' and 'English' keep their capitals.
    if text[:2].isupper() or text.startswith(("English", "Year", "Gypsy", "Irish")):
        return text
    return text[:1].lower() + text[1:]


def listed(items: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return " and ".join([*([", ".join(items[:-1])] if items[1:] else []), *items[-1:]])


def long_date(day: dt.date) -> str:
    """``23 November 2026``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def how_to_quote(figure: Figure, place: Place, measure: Measure, edition: Edition | None) -> str:
    """What to write beneath the figure when quoting it."""
    heading = heading_words(measure, figure.phase, figure.group)
    whom = f"school {figure.school} in {place.name}" if figure.school else place.name
    publisher = f"{edition.publisher}, " if edition else ""
    licence = ""
    if edition:
        made_up = " These figures are made up."
        granted = f" Contains public sector information licensed under the {edition.licence}."
        licence = made_up if place.made_up else granted
    return (
        f"{heading}, {whom}, {period_words(figure.period)}: {figure_words(figure, measure)}. Source: {publisher}"
        f"{figure.source.title}, edition {figure.source.edition}; read with Ropewalk.{licence}"
    )
