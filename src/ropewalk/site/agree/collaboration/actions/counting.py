"""Writing down what a partnership agreed that counts."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from ropewalk.core.errors import Problem
from ropewalk.site.agree.collaboration import deeds
from ropewalk.site.agree.collaboration.actions.speaking import write_down
from ropewalk.site.agree.collaboration.kinds import ALWAYS_COUNTED, Counted
from ropewalk.site.agree.collaboration.models import WhatCounts
from ropewalk.site.agree.partnership.actions.running import may_run, named
from ropewalk.site.agree.partnership.models.said import WORDS
from ropewalk.site.agree.partnership.rules import refuse
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.models import Place
from ropewalk.site.foundation.terms.sharing import hold


@transaction.atomic
def agree_what_counts(
    counted: Collection[Counted], words: str, *, day: date, place: Place, by: Account, now: datetime
) -> WhatCounts:
    """Write down what counts from a day on, and who agreed it why.

    Raises NotAllowed for whoever does not run the partnership; InputRefused without reasons, without giving help, and
    for a day before the last version's or still to come.
    """
    may_run(place, by, now)
    hold(place.code)
    problems = named(words, "reason", most=WORDS)
    if not set(counted) >= ALWAYS_COUNTED:
        problems.append(Problem("Giving help is left out.", "It always counts."))
    if day > timezone.localtime(now).date():
        problems.append(Problem("The day is still to come.", "Write it down once it was agreed."))
    last = WhatCounts.objects.filter(place=place).order_by("-number").first()
    if last is not None and day < last.day:
        problems.append(Problem("The last version was agreed later than this.", "Choose a later day."))
    refuse(problems)
    kinds = ",".join(one for one in Counted if one in counted)
    number = last.number + 1 if last else 1
    made = WhatCounts(place=place, number=number, counted=kinds, day=day, words=words.strip(), by=by, at=now)
    made.save()
    write_down(deeds.COUNTS, place, f"version {made.number}", by=by, now=now)
    return made
