"""Targets that were proposed: for those who agree the plan, whoever promised the KPI, and whoever runs it."""

from collections.abc import Iterator

from django.db.models import F, Max, Q
from django.urls import reverse

from ropewalk.site.agree.home.asking import Asking
from ropewalk.site.agree.home.lines import Waiting
from ropewalk.site.agree.plan.kinds import State
from ropewalk.site.agree.plan.models import Answer, Assent, Proposal


def found(asking: Asking) -> Iterator[Waiting]:
    """Each newest proposal that is not the target yet, and to which this person has said nothing."""
    if not asking.seen:
        return
    asked = Assent.objects.filter(account=asking.person, round=F("plan__round")).values("plan")
    concerns = Q(item__plan__in=asked) | Q(item__owner=asking.person) | Q(item__plan__place__in=asking.run)
    rows = Proposal.objects.filter(concerns, item__struck_out=False, item__plan__place__in=asking.seen)
    rows = rows.exclude(item__plan__state=State.CLOSED).exclude(by=asking.person).exclude(target=F("item__kpi__target"))
    # A draft is nobody's to read but theirs who run the partnership.
    rows = rows.filter(~Q(item__plan__state=State.DRAFT) | Q(item__plan__place__in=asking.run))
    answered = Answer.objects.filter(by=asking.person).values("proposal")
    newest = Proposal.objects.values("item").annotate(last=Max("number"))
    last = dict(newest.filter(item__plan__place__in=asking.seen).values_list("item", "last"))
    for one in rows.exclude(pk__in=answered).select_related("item__plan__place").order_by("pk"):
        if one.number == last[one.item_id]:
            plan = one.item.plan
            where = f"“{plan.title}” of {plan.place.name}"
            words = f"A target is proposed for “{one.item.words}”: agree or comment ({where})"
            address = reverse("plan:answer", args=[plan.place.code, one.pk])
            yield Waiting(words, address, f"A target is proposed in the plan {where}: agree or comment")
