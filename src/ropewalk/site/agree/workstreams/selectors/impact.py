"""Stage 4: the frozen baseline against now, here and beside, in words with their confidence by a stated rule."""

import json
from dataclasses import dataclass
from datetime import date

from ropewalk.core.disclosure import SafeTable
from ropewalk.core.measures import Measure, measure
from ropewalk.core.publish.wording import amount_words, number_words, period_words
from ropewalk.core.use_cases.following import Judged, Outcome, Reading, judge, judge_beside
from ropewalk.site.agree.workstreams.models import Picture, Workstream
from ropewalk.site.agree.workstreams.selectors.readings import chosen_of, followed, frozen_readings, reading_words
from ropewalk.site.agree.workstreams.selectors.state import measure_of, newest_picture

RULE = (
    "A change is called clear only where the 95 per cent interval of the difference leaves out nought. It is worked "
    "out from counts of children, each counted once in a year, as if the years were of different children. “No clear "
    "difference” does not mean that there was no effect: it may be too small to be seen among so many children. A "
    "clear difference does not say what caused it. A region and England contain the place, so they differ less from "
    "it than others would."
)
_SAID = {
    Outcome.BETTER: "A clear change in the direction wanted",
    Outcome.WORSE: "A clear change against the direction wanted",
    Outcome.HIGHER: "Clearly higher",
    Outcome.LOWER: "Clearly lower",
    Outcome.NO_CLEAR: "No clear difference, which is not the same as no effect",
    Outcome.CANNOT_TELL: "Cannot tell",
}


@dataclass(frozen=True)
class ImpactLine:
    """One place or pool: then, now, the change with its interval, and what may be said of it, all in words."""

    where: str
    then: str
    now: str
    change: str
    interval: str
    said: str
    before: Reading | None = None
    after: Reading | None = None


@dataclass(frozen=True)
class Impact:
    """The measure here and beside; ``against`` is the change here less the change there."""

    measure: Measure
    period: str
    lines: list[ImpactLine]
    against: list[ImpactLine]
    released: SafeTable
    rule: str = RULE

    @property
    def has_value(self) -> bool:
        """Whether there is anything to draw."""
        return any(one.before or one.after for one in self.lines)

    @property
    def rows(self) -> list[list[str]]:
        """As a table to take along."""
        return [
            [one.where, one.then, one.now, one.change, one.interval, one.said] for one in (*self.lines, *self.against)
        ]


def impact_of(workstream: Workstream, *, on: date) -> Impact | None:
    """The frozen baseline against now; None while no picture is frozen. Raises InputRefused for what is not asked."""
    picture, row = newest_picture(workstream), measure_of(workstream)
    if picture is None or row is None:
        return None
    found = followed(workstream.place, chosen_of(row), on=on)
    then, declared = frozen_readings(json.loads(picture.content)), measure(row.measure)
    here = workstream.place.name
    before, now = then.get(here), found.own.newest
    own = judge(declared, before, now)
    lines, against = [_line(here, declared, before, now, own)], []
    for series in found.beside:
        # Over the same years as here, from the figures as they were frozen.
        frozen = then.get(series.where)
        earlier = frozen if before and frozen and frozen.period == before.period else series.at(_year(before))
        later = series.at(_year(now))
        change = judge(declared, earlier, later)
        lines.append(_line(series.where, declared, earlier, later, change))
        beside = judge_beside(declared, own, change)
        where = f"{here} less {series.where}"
        against.append(ImpactLine(where, "", "", *_words(declared, beside)))
    return Impact(declared, period_words(now.period) if now else "", lines, against, found.released)


def described(impact: Impact, heading: str) -> str:
    """What the drawing of an impact shows, in sentences."""
    told = " ".join(
        f"{one.where}: {one.then}, then {one.now}." if one.after else f"{one.where}: {one.then}."
        for one in impact.lines
    )
    return f"{heading}, the frozen baseline against now. {told} {impact.lines[0].said}"


def _year(reading: Reading | None) -> str:
    return reading.period if reading else ""


def _line(where: str, declared: Measure, then: Reading | None, now: Reading | None, found: Judged) -> ImpactLine:
    words = _words(declared, found)
    return ImpactLine(where, _at(then, declared), _at(now, declared), *words, before=then, after=now)


def _at(reading: Reading | None, declared: Measure) -> str:
    words = reading_words(reading, declared)
    return f"{words}, {period_words(reading.period)}" if reading else words


def _words(declared: Measure, found: Judged) -> tuple[str, str, str]:
    change = "not known"
    if found.change is not None:
        way = "up " if found.change > 0 else "down " if found.change < 0 else ""
        change = way + amount_words(found.change, declared)
    interval = "not known"
    if found.interval is not None:
        ends = (found.interval.lower, found.interval.upper)
        interval = " to ".join(number_words(end, declared.digits) for end in ends)
    said = f"{_SAID[found.outcome]}. {found.why}".strip()
    return change, interval, said


def frozen_content(picture: Picture) -> bytes:
    """The very bytes that were hashed."""
    return picture.content.encode()
