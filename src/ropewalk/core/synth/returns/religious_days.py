"""Days of the two Eids, as they were or are expected to be kept in Britain; a day more or less is usual."""

from __future__ import annotations

from datetime import date

# By calendar year: Eid al-Fitr and Eid al-Adha.
EIDS = {
    2018: ((6, 15), (8, 21)),
    2019: ((6, 4), (8, 11)),
    2020: ((5, 24), (7, 31)),
    2021: ((5, 13), (7, 20)),
    2022: ((5, 2), (7, 9)),
    2023: ((4, 21), (6, 28)),
    2024: ((4, 10), (6, 17)),
    2025: ((3, 31), (6, 6)),
    2026: ((3, 20), (5, 27)),
    2027: ((3, 10), (5, 17)),
    2028: ((2, 28), (5, 5)),
}


def eids(start: int) -> tuple[date, ...]:
    """Both days in the academic year that begins in a year; none where they are not listed."""
    return tuple(date(start + 1, month, day) for month, day in EIDS.get(start + 1, ()))
