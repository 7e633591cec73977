"""A plan in which there is one of everything."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal

from django.utils import timezone

from ropewalk.site.agree.partnership.actions.bodies import NewBody, begin
from ropewalk.site.agree.partnership.actions.meetings import Called, Resolved, call, resolve
from ropewalk.site.agree.partnership.kinds import BodyKind, OutcomeKind
from ropewalk.site.agree.plan.actions.items import Promise, add
from ropewalk.site.agree.plan.actions.kpis import Wanted, set_measure
from ropewalk.site.agree.plan.actions.plans import NewPlan, draft
from ropewalk.site.agree.plan.actions.targets import propose
from ropewalk.site.agree.plan.kinds import Comes, ItemKind, State
from ropewalk.site.agree.plan.models import Origin, Plan
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.models import Place

OF_PLANS = (
    "plan",
    "put",
    "move",
    "changes",
    "changes-csv",
    "workbook",
    "pdf",
    "docx",
    "new-item",
    "agree",
    "bring-in",
    "import",
    "promises",
    "promises-csv",
)
OF_KPIS = ("measure", "value", "values-csv", "chart-image", "chart-spec", "propose")
OF_ITEMS = ("item", "change-item", "strike-out", "report", "evidence")


def parts_of_a_plan(place: Place, *, by: Account, today: date, now: datetime) -> dict[str, object]:
    """A live plan with an action, and the parts of its addresses."""
    plan = draft(NewPlan("Plan"), place=place, by=by, now=now)
    item = add(ItemKind.ACTION, Promise(words="Ring", due=today), plan=plan, by=by, now=now)
    kpi = add(ItemKind.KPI, Promise(words="Absence falls"), plan=plan, by=by, now=now)
    # Two years that every store of the tests holds.
    wanted = Wanted(comes=Comes.PUBLISHED, area=place.code, measure="persistent_absence", phase="all", group="all")
    set_measure(replace(wanted, period="2023/24", by_period="2030/31"), item=kpi, by=by, now=now)
    proposal = propose(Decimal(15), "We can.", item=kpi, by=by, now=now)
    Plan.objects.filter(pk=plan.pk).update(state=State.LIVE)
    body = begin(NewBody(BodyKind.BOARD, "Board of the plan", today), place=place, by=by, now=now)
    [meeting] = call(Called(today, time(0, 2), time(23, 58), "Hall"), body=body, by=by, now=now)
    begun = timezone.make_aware(datetime.combine(today, time(12)))
    resolve(Resolved(OutcomeKind.ACTION, "Write", by.name, today), meeting=meeting, by=by, now=begun)
    return {
        **{f"plan:{page} number": plan.pk for page in OF_PLANS},
        **{f"plan:{page} number": item.pk for page in OF_ITEMS},
        **{f"plan:{page} number": proposal.pk for page in ("answer", "adopt")},
        **{f"plan:{page} number": kpi.pk for page in OF_KPIS},
        "plan:under number": Origin.objects.get(plan=plan).item_id,
    }
