"""What a report asks of the board: by rule, from what is late, at risk, behind, proposed, over its end or overspent."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils import timezone

from ropewalk.core.publish.board_report.content import Strand
from ropewalk.site.agree.partnership.selectors.funding import money_of
from ropewalk.site.agree.plan.kinds import State
from ropewalk.site.agree.plan.models import Kpi, Plan, Proposal
from ropewalk.site.agree.plan.selectors.targets import target_words
from ropewalk.site.agree.plan.trajectory import Verdict
from ropewalk.site.agree.workstreams.selectors.workstreams import workstreams_of
from ropewalk.site.agree.workstreams.stages import Stage


def asks(plan: Plan, strands: Sequence[Strand], now: datetime) -> Iterator[str]:
    """Every matter that needs a decision, as a sentence."""
    if plan.stage is State.PUT:
        yield "The plan is put to those who agree it, and not all have said so: who has not yet?"
    for strand in strands:
        yield from _of_strand(strand)
    yield from _proposed(plan)
    yield from _workstreams(plan, now)
    money = money_of(plan.place)
    if money.total.spent > money.total.given:
        yield f"More was spent ({money.total.spent_words}) than was given ({money.total.given_words}): who pays?"


def _of_strand(strand: Strand) -> Iterator[str]:
    for part in strand.parts:
        if part.late:
            said = f"{part.label} (“{part.words}”) was due on {part.due} and is {part.status}"
            yield f"{said}: more time, help, or an end to it?"
        elif part.status == "at risk":
            yield f"{part.label} (“{part.words}”) is at risk: what would help?"
    for kpi in strand.kpis:
        if kpi.verdict == Verdict.BEHIND:
            yield f"{kpi.label} (“{kpi.words}”) is behind its line: what is done differently?"


def _proposed(plan: Plan) -> Iterator[str]:
    """The newest proposal of each KPI whose target it is not."""
    newest: dict[int, Proposal] = {}
    rows = Proposal.objects.filter(item__plan=plan, item__struck_out=False).select_related("item").order_by("number")
    for row in rows:
        newest[row.item_id] = row
    for kpi in Kpi.objects.filter(item__in=list(newest)).select_related("item").order_by("pk"):
        row = newest[kpi.item_id]
        if kpi.target != row.target:
            words = target_words(kpi, row)
            yield f"For “{kpi.item.words}” the target {words} is proposed: is it agreed, revised or left?"


def _workstreams(plan: Plan, now: datetime) -> Iterator[str]:
    for line in workstreams_of(plan.place, on=timezone.localtime(now).date()):
        if line.is_late:
            yield f"The end date of the workstream “{line.workstream.title}” has passed: close it or extend it?"
        elif line.state.stage is Stage.IMPACT:
            yield f"The workstream “{line.workstream.title}” is at its end: is it adopted, adapted or stopped?"
