"""Whether a KPI is on its way to its target, by a rule that is stated, or that nobody can tell yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ropewalk.core.compare.intervals import Interval, share_interval

# Without counts there is no interval: then one value says nothing, and this many on one side of the line do.
FEWEST = 3
RULE = (
    "The line goes straight from the baseline to the target. The KPI is on track where the 95 per cent interval of its "
    "latest value (Wilson, from the counts of its source) lies wholly on the better side of the line, ahead where it "
    "lies wholly beyond the target, and behind where it lies wholly on the worse side. Where the interval holds the "
    "line, nobody can tell yet. Where the source gives no counts there is no interval: then nobody can tell until the "
    f"latest {FEWEST} values after the baseline lie on the same side of the line."
)


class Verdict(StrEnum):
    """How a KPI stands to its line."""

    AHEAD = "ahead"
    ON_TRACK = "on track"
    BEHIND = "behind"
    CANNOT_TELL = "cannot tell yet"


@dataclass(frozen=True)
class Point:
    """A value at a position in time, with the counts behind it where the source gives them."""

    at: float
    value: float
    numerator: int | None = None
    denominator: int | None = None

    @property
    def interval(self) -> Interval | None:
        """Between what the value may lie, from its counts; ``None`` without them, or where the value is no share."""
        if self.numerator is None or self.denominator is None:
            return None
        found = share_interval(self.numerator, self.denominator)
        return found if found is not None and found.lower <= self.value <= found.upper else None


@dataclass(frozen=True)
class Course:
    """The straight line from a baseline to a target."""

    begins: float
    baseline: float
    ends: float
    target: float

    def expected(self, at: float) -> float:
        """Where the line is at a position; before and after its ends it goes on level."""
        gone = min(1.0, max(0.0, (at - self.begins) / (self.ends - self.begins)))
        return self.baseline + gone * (self.target - self.baseline)

    def better(self, value: float, than: float) -> bool:
        """Whether a value lies nearer to the target's side of another, or beyond."""
        return value < than if self.target < self.baseline else value > than


@dataclass(frozen=True)
class Judged:
    """A verdict, and why."""

    verdict: Verdict
    because: str


def judged(course: Course | None, points: Sequence[Point]) -> Judged:
    """How the latest of some values stands to the line, by the rule."""
    if course is None:
        return Judged(Verdict.CANNOT_TELL, "There is no baseline, target and period to reach it by yet.")
    if course.ends <= course.begins or course.target == course.baseline:
        return Judged(Verdict.CANNOT_TELL, "The target is the baseline, or is not later than it.")
    after = sorted((one for one in points if one.at > course.begins), key=lambda one: one.at)
    if not after:
        return Judged(Verdict.CANNOT_TELL, "There is no value after the baseline yet.")
    interval = after[-1].interval
    return _by_values(course, after[-FEWEST:]) if interval is None else _by_interval(course, after[-1].at, interval)


def _by_interval(course: Course, at: float, interval: Interval) -> Judged:
    line, ends = course.expected(at), (interval.lower, interval.upper)
    if all(course.better(end, course.target) for end in ends):
        return Judged(Verdict.AHEAD, "The whole interval of the latest value lies beyond the target.")
    if all(course.better(end, line) for end in ends):
        return Judged(Verdict.ON_TRACK, "The whole interval of the latest value lies on the better side of the line.")
    if all(end != line and not course.better(end, line) for end in ends):
        return Judged(Verdict.BEHIND, "The whole interval of the latest value lies on the worse side of the line.")
    return Judged(Verdict.CANNOT_TELL, "The interval of the latest value holds the line.")


def _by_values(course: Course, latest: Sequence[Point]) -> Judged:
    if len(latest) < FEWEST:
        return Judged(
            Verdict.CANNOT_TELL,
            f"The source gives no counts, and {len(latest)} of {FEWEST} values after the baseline are there.",
        )
    lines = [course.expected(one.at) for one in latest]
    if all(course.better(one.value, line) for one, line in zip(latest, lines, strict=True)):
        beyond = all(course.better(one.value, course.target) for one in latest)
        verdict = Verdict.AHEAD if beyond else Verdict.ON_TRACK
        return Judged(verdict, f"The latest {FEWEST} values lie beyond the {'target' if beyond else 'line'}.")
    if all(course.better(line, one.value) for one, line in zip(latest, lines, strict=True)):
        return Judged(Verdict.BEHIND, f"The latest {FEWEST} values lie on the worse side of the line.")
    return Judged(Verdict.CANNOT_TELL, f"The latest {FEWEST} values lie on both sides of the line.")
