"""A plan as its documents show it: one page as PDF, the whole as a Word document."""

from datetime import date

from django.utils import timezone

from ropewalk.core.publish.plan_sheet import PlanKpi, PlanPart, PlanSheet
from ropewalk.site.agree.plan.kinds import ItemKind
from ropewalk.site.agree.plan.models import Assent, Plan
from ropewalk.site.agree.plan.selectors.changes import told
from ropewalk.site.agree.plan.selectors.measuring import Measured, measured_kpis
from ropewalk.site.agree.plan.selectors.plans import Line, PlanPage
from ropewalk.site.agree.plan.trajectory import RULE
from ropewalk.site.foundation.numbers import long_date

HOLD = {ItemKind.STRAND, ItemKind.OBJECTIVE}


def sheet_of(plan: Plan, page: PlanPage, *, on: date) -> PlanSheet:
    """What the documents of a plan show."""
    lines = {line.item.pk: line for line in page.lines}
    found = {one.kpi.item_id: one for one in measured_kpis(plan)}
    return PlanSheet(
        title=plan.title,
        place=plan.place.name,
        state=plan.stage.words,
        aim=plan.aim,
        day=on,
        rule=RULE,
        parts=tuple(_part(line) for line in page.lines),
        kpis=tuple(_kpi(line, found.get(key)) for key, line in lines.items() if line.item.sort is ItemKind.KPI),
        agreed=tuple(_assent(one) for one in page.assents),
        changed=tuple(one.words for one in told(plan) if one.later),
    )


def _assent(one: Assent) -> str:
    if one.agreed_at is None:
        return f"{one.account.name} is asked and has not said yet"
    return f"{one.account.name} agreed on {long_date(timezone.localtime(one.agreed_at).date())}"


def _part(line: Line) -> PlanPart:
    item = line.item
    return PlanPart(
        label=line.node.label,
        words=item.words,
        depth=line.node.depth,
        holds=item.sort in HOLD,
        who=line.owner,
        due=long_date(item.due) if item.due else "",
        status=line.verdict or item.standing.words,
        note=item.note,
        origin=line.origin.words if line.origin else "",
        is_late=line.is_late,
    )


def _kpi(line: Line, shown: Measured | None) -> PlanKpi:
    if shown is None:
        because = "It is not said yet how this is measured."
        return PlanKpi(line.node.label, line.item.words, "", "", "", "cannot tell yet", because, "")
    latest = shown.latest
    return PlanKpi(
        label=line.node.label,
        words=line.item.words,
        baseline=shown.baseline,
        now=f"{latest.words}, {latest.when}" if latest else "",
        target=shown.target,
        standing=str(shown.judged.verdict),
        because=shown.judged.because,
        source=latest.source if latest else "",
    )
