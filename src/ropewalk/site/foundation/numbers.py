"""How values, changes, gaps and dates are written, everywhere the same."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal

from ropewalk.core.schema.missing import Missing

MINUS = "−"
# Written out rather than taken from the machine's language.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

# Decimal places when nobody asks for others, and what stands after the number.
UNITS: dict[str, tuple[int, str]] = {
    "percent": (1, "%"),
    "count": (0, ""),
    "number": (0, ""),
    "score": (1, ""),
    "ratio": (2, ""),
    "days": (1, " days"),
    "pounds": (0, ""),
}
CHANGE_WORDS = {"percent": ("percentage point", "percentage points"), "score": ("point", "points")}

# A reason for a missing value: the word in its place, and what the word means. The words are the core's, so that
# pages, files and documents say the same.
MISSING: dict[str, tuple[str, str]] = {
    reason.value: (reason.words, reason.explanation[0].lower() + reason.explanation[1:].removesuffix("."))
    for reason in Missing
}
NOT_KNOWN = ("not available", "no value has been published")


def quantity(value: float | None, unit: str = "count", *, decimals: int | None = None) -> str:
    """A value with its unit: ``24.1%``, ``1,234``, ``45.7``. No value gives the words "not available"."""
    if value is None:
        return NOT_KNOWN[0]
    places, after = UNITS.get(unit, (1, f" {unit.replace('_', ' ')}"))
    rounded = _rounded(value, places if decimals is None else decimals)
    before = "£" if unit == "pounds" else ""
    return f"{MINUS if rounded < 0 else ''}{before}{abs(rounded):,}{after}"


def change(value: float | None, unit: str = "count", *, decimals: int | None = None) -> str:
    """A difference with its sign in words that fit the unit: ``+1.2 percentage points``, ``no change``."""
    if value is None:
        return NOT_KNOWN[0]
    places = UNITS.get(unit, (1, ""))[0]
    rounded = _rounded(value, places if decimals is None else decimals)
    if rounded == 0:
        return "no change"
    sign = "+" if rounded > 0 else MINUS
    one, many = CHANGE_WORDS.get(unit, ("", ""))
    if not many:
        return f"{sign}{quantity(abs(value), unit, decimals=decimals)}"
    return f"{sign}{abs(rounded):,} {one if abs(rounded) == 1 else many}"


def missing(reason: str | None) -> tuple[str, str]:
    """The word that stands in place of a value, and what it means."""
    if reason is None:
        return NOT_KNOWN
    return MISSING.get(reason, (reason.replace("_", " "), "the publisher gives no value"))


def long_date(day: dt.date | str | None) -> str:
    """``23 November 2026``; text in the form ``2026-11-23`` is understood, other text is left as it is."""
    if day is None:
        return ""
    if isinstance(day, str):
        try:
            day = dt.date.fromisoformat(day[:10])
        except ValueError:
            return str(day)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(day: dt.date | str | None) -> str:
    """``23 Nov 2026``, for the cells of tables; otherwise as ``long_date``."""
    number, month, year = [*long_date(day).split(), "", "", ""][:3]
    return f"{number} {month[:3]} {year}" if month in MONTHS else long_date(day)


def _rounded(value: float, places: int) -> Decimal:
    # Half away from zero, as statistical releases round; through text, because 0.285 in binary is a little less.
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return rounded or abs(rounded)
