"""How parts of plans stand, asked of whoever promised them once a month while they are under way."""

from collections.abc import Iterator

from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from ropewalk.site.agree.home.asking import MONTH, Asking
from ropewalk.site.agree.home.lines import Waiting
from ropewalk.site.agree.home.waiting.plan_parts import own_parts
from ropewalk.site.agree.plan.models import Change


def found(asking: Asking) -> Iterator[Waiting]:
    """Each part that has begun, is not due yet, and of which nothing new was said for a month."""
    parts = [one for one in own_parts(asking) if one.begins is not None and one.begins <= asking.today]
    parts = [one for one in parts if one.due is None or one.due > asking.soon]
    if not parts:
        return
    said = Change.objects.filter(item__in=parts, what__in=("status", "note"))
    latest = {pk: timezone.localtime(at).date() for pk, at in said.values_list("item").annotate(Max("at"))}
    for one in parts:
        asked = max(filter(None, (latest.get(one.pk), one.begins))) + MONTH
        if asked <= asking.today:
            where = f"“{one.plan.title}” of {one.plan.place.name}"
            words = f"{one.words}: nothing new was said for a month; say how it stands ({where})"
            address = reverse("plan:report", args=[one.plan.place.code, one.pk])
            letter = f"Say how a part of the plan {where} that you promised stands"
            yield Waiting(words, address, letter)
