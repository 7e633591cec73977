"""What somebody has to do here, for the home page."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from ropewalk.site.agree.plan.kinds import Status
from ropewalk.site.agree.school_plans.kinds import State
from ropewalk.site.agree.school_plans.models import Action, SchoolPlan, Spending, Validation
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.permissions.permission import Permission


@dataclass(frozen=True)
class Waiting:
    """Something to do: in words, where, and by which day, if any."""

    words: str
    address: str
    due: date | None = None


def waiting_for(account: Account, on: date) -> list[Waiting]:
    """What this person has to do: look at a claim, carry out an action, approve a draft or review what was approved."""
    rows = [*_asked(account), *_own(account, on), *_of_heads(account, on)]
    return sorted(rows, key=lambda one: (one.due or date.max, one.words))


def _asked(account: Account) -> list[Waiting]:
    rows = Validation.objects.filter(asked=account, agreed="", version__claim__withdrawn_at=None)
    return [
        Waiting("Say whether you agree with a school’s claim", reverse("school_plans:validate", args=key), due)
        for *key, due in rows.values_list("version__claim__urn", "pk", "due")
    ]


def _own(account: Account, on: date) -> list[Waiting]:
    over = (Status.DONE, Status.STOPPED)
    plans = SchoolPlan.objects.visible_to(account, Permission.WRITE_SCHOOL_PLANS, on=on)
    held = plans.filter(state__in=(State.APPROVED, State.REVIEWED))
    rows = Action.objects.filter(owner=account, priority__plan__in=held, struck_out=False, priority__struck_out=False)
    late = rows.exclude(status__in=over).filter(due__lte=on).select_related("priority__plan")
    return [
        Waiting(
            f"Overdue: {one.words}" if one.is_late(on) else f"Due today: {one.words}",
            reverse("school_plans:report", args=[one.priority.plan.urn, one.pk]),
            one.due,
        )
        for one in late
    ]


def _of_heads(account: Account, on: date) -> list[Waiting]:
    found = []
    for model, page, what in ((SchoolPlan, "plan", "school plan"), (Spending, "spending", "disadvantage plan")):
        rows = model.objects.visible_to(account, Permission.APPROVE_SCHOOL_PLANS, on=on)
        for one in rows.filter(state=State.DRAFT).order_by("pk"):
            address = reverse(f"school_plans:{page}", args=[one.urn, one.pk])
            found.append(Waiting(f"Approve the draft of a {what}: {one}", address))
        for one in rows.filter(state=State.APPROVED, review_due__lte=on).order_by("pk"):
            address = reverse(f"school_plans:{page}", args=[one.urn, one.pk])
            found.append(Waiting(f"Review a {what}: {one}", address, one.review_due))
    return found
