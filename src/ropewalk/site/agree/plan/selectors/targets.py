"""Targets that were proposed for a KPI, with what was said to each."""

from dataclasses import dataclass

from ropewalk.core.measures import measure
from ropewalk.core.publish.wording import value_words
from ropewalk.site.agree.plan.kinds import Comes
from ropewalk.site.agree.plan.models import Answer, Kpi, Proposal
from ropewalk.site.agree.plan.selectors.measuring import plain


@dataclass(frozen=True)
class Proposed:
    """A proposal, its target in words, what was said to it, and whether none came after it."""

    row: Proposal
    words: str
    answers: list[Answer]
    is_newest: bool


def proposals_of(kpi: Kpi) -> list[Proposed]:
    """Proposals for a KPI, the first one first."""
    rows = list(kpi.item.proposals.select_related("by").prefetch_related("answers__by").order_by("number"))
    return [
        Proposed(row, target_words(kpi, row), sorted(row.answers.all(), key=lambda one: one.pk), row is rows[-1])
        for row in rows
    ]


def target_words(kpi: Kpi, proposal: Proposal) -> str:
    """A proposed target with its unit."""
    value = float(proposal.target)
    return f"{plain(value)} {kpi.unit}" if kpi.source is Comes.TYPED else value_words(value, measure(kpi.measure))
