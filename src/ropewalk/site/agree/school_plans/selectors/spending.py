"""A disadvantage plan as its page and file show it."""

from dataclasses import dataclass

from ropewalk.core.measures import measure
from ropewalk.core.publish.wording import figure_words, heading_words, period_words
from ropewalk.site.agree.partnership.rules import pounds
from ropewalk.site.agree.school_plans.models import Challenge, Choice, Spending
from ropewalk.site.agree.school_plans.rules import Sums, per_pupil
from ropewalk.site.agree.school_plans.selectors.figures import published_of

# Whose counts come near to those for whom pupil premium is paid; the school decides which number it states.
COUNTED = ("fsm_ever_share", "disadvantaged_share", "free_school_meals")


@dataclass(frozen=True)
class ChoiceLine:
    """A choice of the school with its cost as people write it."""

    choice: Choice
    cost: str
    measure: str


@dataclass(frozen=True)
class ChallengeBlock:
    """A challenge and what is chosen about it."""

    challenge: Challenge
    choices: list[ChoiceLine]


@dataclass(frozen=True)
class SpendingPage:
    """A disadvantage plan: challenges with choices, and how the sums stand to the amount."""

    spending: Spending
    blocks: list[ChallengeBlock]
    sums: Sums
    per_pupil: str
    amount: str


def spending_page(spending: Spending) -> SpendingPage:
    """A disadvantage plan, in as many questions whether it is short or long."""
    rows = Choice.objects.filter(challenge__spending=spending, struck_out=False)
    lines: dict[int, list[ChoiceLine]] = {}
    spent = 0
    for one in rows.order_by("pk"):
        title = measure(one.measure).title if one.measure else ""
        lines.setdefault(one.challenge_id, []).append(ChoiceLine(one, pounds(one.pence), title))
        spent += one.pence
    challenges = spending.challenges.order_by("number")
    blocks = [ChallengeBlock(one, lines.get(one.pk, [])) for one in challenges]
    sums = Sums(spending.pence, spent)
    return SpendingPage(spending, blocks, sums, per_pupil(spending.pence, spending.pupils), pounds(spending.pence))


@dataclass(frozen=True)
class Counted:
    """How many pupils a published figure counts, with its source in words."""

    key: str
    pupils: int
    words: str


def counted(urn: int) -> list[Counted]:
    """Published counts of pupils from which the number may be taken, the newest of each measure."""
    found: dict[str, Counted] = {}
    for one in published_of(urn, COUNTED):
        if one.numerator is not None and one.measure not in found:
            heading = heading_words(measure(one.measure), one.phase, one.group)
            share = figure_words(one, measure(one.measure))
            words = f"{heading}: {one.numerator:,} pupils ({share}) in {period_words(one.period)}, {one.source.title}"
            found[one.measure] = Counted(one.measure, one.numerator, words[:500])
    return list(found.values())
