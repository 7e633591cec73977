"""Needs by stated rules, each with its reason in words. Nothing here ranks schools, and no word claims a cause."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from ropewalk.core.compare.funnel import Kind, Point, Standing
from ropewalk.core.measures import Measure, Polarity, Question
from ropewalk.core.publish.wording import period_words, rounded, value_words
from ropewalk.site.agree.partnership.rules import pounds
from ropewalk.site.agree.plan.trajectory import Judged, Verdict
from ropewalk.site.agree.school_plans.kinds import Topic

# Needs of this many schools in one topic become a suggestion; a gap widens over so many years in a row.
TOGETHER, YEARS = 3, 3
RULES = {
    "funnel": (
        "Outside the funnel: the newest published count of the school lies beyond the outer limits (99.8 per cent) "
        "around the average of schools of its phase in its council area, on the side that is worse for children. Where "
        "neither side is worse, as with free school meals, beyond the upper limit. Limits are widened where schools "
        "vary more than chance allows. It says “more than chance”, and not why."
    ),
    "gap": (
        f"Widening gap: in the newest {YEARS} published years, which follow one another and come from one publication "
        "and definition, disadvantaged pupils were behind each year, and each year further than the year before, as "
        "the figures are written. Gaps are published without counts: whether it is more than chance nobody can tell."
    ),
    "trajectory": (
        "Off its line: a measure of the school’s approved plan is behind, by the rule by which KPIs of the place’s "
        "plan are judged: the whole interval of the newest value lies on the worse side of the line from baseline to "
        f"target, or without counts the newest {YEARS} values do."
    ),
    "named": "Named by the school: the school says so in words.",
}


class Because(StrEnum):
    """Why something is a need."""

    FUNNEL = "funnel"
    GAP = "gap"
    TRAJECTORY = "trajectory"
    NAMED = "named"

    @property
    def words(self) -> str:
        """In a few words."""
        return _BECAUSE[self]


_BECAUSE = {
    Because.FUNNEL: "outside the funnel",
    Because.GAP: "widening gap",
    Because.TRAJECTORY: "off its line",
    Because.NAMED: "named by the school",
}
TOPIC_OF = {
    Question.IN_SCHOOL: Topic.ATTENDANCE,
    Question.SUSPENDED: Topic.BEHAVIOUR,
    Question.ACHIEVE: Topic.OUTCOMES,
    Question.GAP: Topic.DISADVANTAGE,
    Question.AFTER: Topic.AFTER_16,
    Question.WHO: Topic.DISADVANTAGE,
}


@dataclass(frozen=True)
class Reason:
    """Why a school or place has a need: the topic, the rule, the sentence, and where the figure comes from."""

    topic: Topic
    because: Because
    words: str
    source: str = ""
    address: str = ""


def is_outside(standing: Standing, better: Polarity) -> bool:
    """Whether a school lies beyond the outer limits on the side that makes it a need."""
    wanted = Standing.BELOW_OUTER if better is Polarity.HIGHER else Standing.ABOVE_OUTER
    return standing is wanted


def funnel_words(declared: Measure, point: Point, centre: float, kind: Kind, period: str) -> str:
    """``Suspension rate: 41.0% (123 among 300 pupils) in 2022 to 2023, beyond the limits … around 12.0%.``"""
    counts = f"{point.numerator:,} {'of' if kind is Kind.SHARE else 'among'} {point.denominator:,} pupils"
    side = "below" if point.standing is Standing.BELOW_OUTER else "above"
    return (
        f"{declared.title}: {value_words(point.value, declared)} ({counts}) in {period_words(period)}, {side} the "
        f"outer limit around the average of {value_words(centre, declared)}. "
        "This is more than chance; it does not say why."
    )


@dataclass(frozen=True)
class Widening:
    """Whether a gap widened: yes, no, or (``None``) nobody can tell; and why."""

    widens: bool | None
    because: str


def widening(declared: Measure, values: Mapping[str, float], *, years: Sequence[str]) -> Widening:
    """Whether a gap widened over the newest published years. ``values`` by academic year; ``years``, the newest last,
    are those that one publication and definition holds."""
    latest = [one for one in years if one in values][-YEARS:]
    if len(latest) < YEARS:
        known = f"{len(latest)} year{'' if len(latest) == 1 else 's'}"
        return Widening(None, f"{declared.title}: {known} published by one publication; {YEARS} are needed.")
    starts = [int(one[:4]) for one in latest]
    if starts != list(range(starts[0], starts[0] + YEARS)):
        return Widening(None, f"{declared.title}: the newest {YEARS} published years do not follow one another.")
    # As written: a difference that rounding hides is none.
    shown = [rounded(values[one], declared.digits) for one in latest]
    behind = [-one if declared.better is Polarity.HIGHER else one for one in shown]
    said = ", ".join(f"{value_words(values[one], declared)} in {period_words(one)}" for one in latest)
    if min(behind) > 0 and all(then < now for then, now in pairwise(behind)):
        return Widening(True, f"{declared.title}: {said}. The gap grew each year.")
    return Widening(False, f"{declared.title}: {said}. It did not grow each year.")


def is_off(found: Judged) -> bool:
    """Whether a measure of a school's plan is off its line."""
    return found.verdict is Verdict.BEHIND


@dataclass(frozen=True)
class Sums:
    """What choices of a disadvantage plan cost together, in pence, beside the amount there is."""

    amount: int
    spent: int

    @property
    def is_over(self) -> bool:
        """Whether they cost more than there is."""
        return self.spent > self.amount

    @property
    def words(self) -> str:
        """In a sentence."""
        if self.is_over:
            return (
                f"The choices cost {pounds(self.spent)}, which is {pounds(self.spent - self.amount)} more than the "
                f"{pounds(self.amount)} there is. Say where the rest comes from, or choose less."
            )
        left = self.amount - self.spent
        rest = "nothing is left" if left == 0 else f"{pounds(left)} is not yet given to anything"
        return f"The choices cost {pounds(self.spent)} of {pounds(self.amount)}; {rest}."


def per_pupil(pence: int, pupils: int) -> str:
    """``£1,480 for each of 112 pupils``, to the penny below; empty without pupils."""
    return f"{pounds(pence // pupils)} for each of {pupils:,} pupils" if pupils else ""
