"""A workstream as far as a test wants it, through the same actions as its pages use."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from django.utils import timezone

from ropewalk.site.agree.workstreams.actions import baseline, ideas, task
from ropewalk.site.agree.workstreams.kinds import Aim, Evidence
from ropewalk.site.agree.workstreams.models import Picture, Workstream
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.models import Place

ABSENCE = baseline.Chosen("persistent_absence", "all", "all")
TYPED = baseline.Typed("Out of school", "214", "1 March", "Half or more missed", "Returns", "Sheet of 4 March")
IDEA = ideas.NewIdea("Meet families", "Early.", "Ada", Evidence.NONE, 1_850_000)


def proposed(place: Place, *, by: Account, now: datetime, title: str = "Inclusion") -> Workstream:
    """A workstream to which the council and Ofsted contribute."""
    wanted = baseline.NewWorkstream(title, "Who is missing?", Aim.IN_SCHOOL, "Dora Splice", ("Council", "Ofsted"))
    return baseline.propose(wanted, place=place, by=by, now=now)


def frozen(made: Workstream, *, by: Account, now: datetime) -> Picture:
    """Its picture, from one published figure."""
    baseline.set_measure(ABSENCE, workstream=made, by=by, now=now)
    first = made.contributors.earliest("pk")
    baseline.submit_published(ABSENCE, period="", contributor=first, by=by, now=now)
    expected = hashlib.sha256(baseline.draft(made, now)).hexdigest()
    return baseline.freeze(workstream=made, expected=expected, by=by, now=now)


def signed(made: Workstream, picture: Picture, *, by: Account, now: datetime) -> None:
    """Everybody signs it."""
    for one in made.contributors.all():
        baseline.sign(contributor=one, name=f"Head of {one}", expected=picture.digest, by=by, now=now)


def at_task(made: Workstream, *, by: Account, now: datetime) -> None:
    """It is signed, has an idea shortlisted, and a charter for thirty days."""
    signed(made, frozen(made, by=by, now=now), by=by, now=now)
    idea = ideas.bring_idea(IDEA, workstream=made, by=by, now=now)
    ideas.shortlist(workstream=made, ideas=[idea], words="It is cheap.", by=by, now=now)
    today = timezone.localtime(now).date()
    task.begin(task.NewCharter("Meet.", "Ada", today, today + timedelta(days=30)), workstream=made, by=by, now=now)


def parts_of_a_workstream(place: Place, *, by: Account, now: datetime) -> dict[str, object]:
    """A workstream with a frozen picture, and the parts of its addresses."""
    made = proposed(place, by=by, now=now)
    frozen(made, by=by, now=now)
    pages = (
        *("workstream", "figures-csv", "baseline-json", "ideas-csv", "impact-csv", "contributor", "measure"),
        *("published", "typed", "reconcile", "freeze", "sign", "idea", "vote", "shortlist", "charter", "extend"),
        *("close", "decide", "workshop", "workbook", "chart-image", "chart-spec"),
    )
    return {f"workstreams:{page} number": made.pk for page in pages}
