"""What meetings and a plan have in common: what came from them, what could still, what they should speak of."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.urls import reverse

from ropewalk.site.agree.partnership.kinds import OutcomeKind
from ropewalk.site.agree.partnership.models import Body, Outcome
from ropewalk.site.agree.partnership.models.said import WORDS
from ropewalk.site.agree.partnership.rooms_above import Elsewhere
from ropewalk.site.agree.plan.kinds import IN_FORCE, Status
from ropewalk.site.agree.plan.models import Origin, Plan
from ropewalk.site.agree.plan.selectors.measuring import measured_kpis
from ropewalk.site.agree.plan.selectors.plans import Line, plan_in_force, plan_page
from ropewalk.site.agree.plan.trajectory import Verdict
from ropewalk.site.foundation.numbers import long_date


def to_bring_in(plan: Plan) -> list[Outcome]:
    """Actions of meetings that are not done, and decisions since the plan was drafted, which are not in it yet."""
    wanted = Q(kind=OutcomeKind.ACTION, done_on=None) | Q(kind=OutcomeKind.DECISION, at__gte=plan.at)
    taken = Origin.objects.filter(plan=plan, outcome__isnull=False).values_list("outcome", flat=True)
    rows = Outcome.objects.filter(wanted, meeting__body__place=plan.place).exclude(pk__in=taken)
    return list(rows.select_related("meeting__body__place").order_by("meeting__starts_at", "pk"))


def decisions_of(plan: Plan) -> list[Origin]:
    """Decisions of meetings that are in a plan and still kept, the latest first."""
    rows = Origin.objects.filter(plan=plan, item=None, outcome__isnull=False)
    return list(rows.select_related("outcome", "meeting__body").order_by("-meeting__starts_at", "-pk"))


def standing_in_plans(outcomes: Iterable[int]) -> dict[int, Elsewhere]:
    """How actions of meetings stand in the plans that took them up; in a later plan before an earlier one."""
    rows = Origin.objects.filter(outcome__in=list(outcomes), item__struck_out=False).select_related("item__plan__place")
    return {
        one.outcome_id: Elsewhere(
            f"{one.item.standing.words} in the plan",
            reverse("plan:item", args=[one.item.plan.place.code, one.item.pk]),
            one.item.standing.is_over,
        )
        for one in rows.order_by("plan")
        if one.outcome_id is not None and one.item is not None and one.item.plan.stage in IN_FORCE
    }


def worth_speaking_of(body: Body, *, on: date) -> list[str]:
    """What the plan in force has late, at risk and behind, each as a line of an agenda of a body's meeting."""
    plan = plan_in_force(body.place)
    if plan is None:
        return []
    page = plan_page(plan, on=on, with_verdicts=False)
    late = [line for line in page.late if not _is_of(line, body)]
    risky = [one for one in page.lines if one.item.standing is Status.AT_RISK and not one.is_late]
    labels = {line.item.pk: line.node.label for line in page.lines}
    behind = [
        _behind(labels[item], words.rstrip("."), because)
        for item, words, because in (
            (one.kpi.item_id, one.kpi.item.words, one.judged.because)
            for one in measured_kpis(plan)
            if one.judged.verdict is Verdict.BEHIND
        )
    ]
    return [words[:WORDS] for words in (*map(_late, late), *map(_risky, risky), *behind)]


def _is_of(line: Line, body: Body) -> bool:
    """Whether the body minuted it: then its own meeting has it among what is late already."""
    return line.origin is not None and line.origin.outcome is not None and line.origin.meeting.body_id == body.pk


def _late(line: Line) -> str:
    who = f" ({line.owner})" if line.owner else ""
    return f"Late since {long_date(line.item.due)}: {line.node.label}, {line.item.words}{who}"


def _risky(line: Line) -> str:
    note = f": {line.item.note}" if line.item.note else ""
    return f"At risk: {line.node.label}, {line.item.words}{note}"


def _behind(label: str, words: str, because: str) -> str:
    return f"Behind its line: {label}, {words}. {because}"
