"""Progress-8-style scores from a supplied national table.

Each pupil's Attainment 8 less the national mean Attainment 8 of pupils with the same prior attainment, divided by 10
(Department for Education, Secondary accountability measures, section on Progress 8). A school's score is the mean over
its pupils; its 95 per cent interval is the national standard deviation of pupils' scores over the root of the number
of pupils, times 1.96, as the Department works it out. The Department's limit on extremely low pupil scores is not
applied, so a small school's score may lie below the published one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite, sqrt
from statistics import fmean

from ropewalk.core.compare.intervals import Z95, Interval

_NO_TESTS = "No Progress 8 for {year}: these pupils sat no key stage 2 tests, which were not held in {missed}."
_NO_EXAMS = "No Progress 8 for {year}: grades were not given by examination, and no national averages were published."
YEARS_WITHOUT = {
    "2019/20": _NO_EXAMS.format(year="2019/20"),
    "2020/21": _NO_EXAMS.format(year="2020/21"),
    "2024/25": _NO_TESTS.format(year="2024/25", missed="2019/20"),
    "2025/26": _NO_TESTS.format(year="2025/26", missed="2020/21"),
}


@dataclass(frozen=True, slots=True)
class Band:
    """Prior attainment from ``lowest`` up to the next band, and the national mean Attainment 8 of pupils in it."""

    lowest: float
    attainment8: float


@dataclass(frozen=True, slots=True)
class NationalTable:
    """The national table of a year: bands in rising order, and the standard deviation of pupils' scores.

    Raises ValueError when bands are missing, repeated or out of order, or a number is none.
    """

    year: str
    bands: tuple[Band, ...]
    standard_deviation: float

    def __post_init__(self) -> None:
        """Refuse a table that cannot be looked up in."""
        starts = [band.lowest for band in self.bands]
        if not starts or any(after <= before for before, after in pairwise(starts)):
            raise ValueError("The bands of prior attainment must rise, each beginning above the one before.")
        numbers = (*starts, *(band.attainment8 for band in self.bands), self.standard_deviation)
        if not all(isfinite(number) for number in numbers) or self.standard_deviation <= 0:
            raise ValueError("Every band needs its mean, and the standard deviation must be above 0.")

    def expected(self, prior: float) -> float | None:
        """National mean Attainment 8 for this prior attainment; ``None`` below the lowest band."""
        place = bisect_right([band.lowest for band in self.bands], prior) - 1
        return self.bands[place].attainment8 if place >= 0 else None


@dataclass(frozen=True, slots=True)
class PupilResult:
    """A pupil's Attainment 8 (0 to 90) and prior attainment in the table's own scale; ``None`` where not known."""

    attainment8: float | None
    prior: float | None


@dataclass(frozen=True, slots=True)
class ProgressScore:
    """A school's mean score in grades with its interval, or ``reason`` why there is none.

    ``pupils`` stand in the score; ``without_prior`` and ``without_result`` do not.
    """

    year: str
    value: float | None
    interval: Interval | None
    pupils: int
    without_prior: int
    without_result: int
    reason: str | None = None

    @property
    def words(self) -> str:
        """The score, how sure it is, and who is not in it."""
        if self.value is None or self.interval is None:
            return self.reason or ""
        low, high = self.interval.lower, self.interval.upper
        said = f"{_signed(self.value)} ({_signed(low)} to {_signed(high)}): {_standing(self.interval)}."
        return " ".join([said, *self._absent()])

    def _absent(self) -> list[str]:
        everyone = self.pupils + self.without_prior + self.without_result
        said = []
        if self.without_prior:
            said.append(f"{self.without_prior} of {everyone} pupils have no known prior attainment and are not in it.")
        if self.without_result:
            said.append(f"{self.without_result} of {everyone} pupils have no Attainment 8 and are not in it.")
        return said


def pupil_score(attainment8: float, prior: float, table: NationalTable) -> float | None:
    """One pupil's score in grades; ``None`` where the table does not know the prior attainment."""
    expected = table.expected(prior)
    return None if expected is None else (attainment8 - expected) / 10


def progress_score(pupils: Sequence[PupilResult], year: str, tables: Mapping[str, NationalTable]) -> ProgressScore:
    """The mean score of these pupils by the table of their own year (as ``2023/24``), or the reason for none.

    Raises ValueError when a table stands under another year than its own.
    """
    if any(table.year != key for key, table in tables.items()):
        raise ValueError("Each national table must stand under its own year.")
    table = tables.get(year)
    if year in YEARS_WITHOUT or table is None:
        reason = YEARS_WITHOUT.get(year, f"No national table of {year} was supplied.")
        return ProgressScore(year, None, None, 0, *_absent(pupils, table), reason)
    known = [(p.attainment8, p.prior) for p in pupils if p.attainment8 is not None and p.prior is not None]
    scores = [s for s in (pupil_score(a8, prior, table) for a8, prior in known) if s is not None]
    without_prior, without_result = _absent(pupils, table)
    if not scores:
        reason = "No pupil has both an Attainment 8 and a known prior attainment."
        return ProgressScore(year, None, None, 0, without_prior, without_result, reason)
    mean, half = fmean(scores), Z95 * table.standard_deviation / sqrt(len(scores))
    interval = Interval(mean - half, mean + half)
    return ProgressScore(year, mean, interval, len(scores), without_prior, without_result)


def _absent(pupils: Sequence[PupilResult], table: NationalTable | None) -> tuple[int, int]:
    """Pupils with a result and no (known) prior attainment; pupils without a result."""
    with_result = [p.prior for p in pupils if p.attainment8 is not None]
    known = [
        prior for prior in with_result if prior is not None and (table is None or table.expected(prior) is not None)
    ]
    return len(with_result) - len(known), len(pupils) - len(with_result)


def _signed(value: float) -> str:
    shown = f"{abs(value):.2f}"
    return shown if float(shown) == 0 else f"{'−' if value < 0 else '+'}{shown}"


def _standing(interval: Interval) -> str:
    if interval.lower <= 0 <= interval.upper:
        return "no clear difference from pupils in England with the same start"
    return f"{'higher' if interval.lower > 0 else 'lower'} than pupils in England with the same start"
