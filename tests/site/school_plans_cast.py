"""A school that has said, needs and plans one of everything."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from ropewalk.site.agree.school_plans.kinds import Area, EvidenceKind, Judgement, Topic
from ropewalk.site.agree.school_plans.models import (
    Action,
    Challenge,
    Choice,
    Claim,
    Evidence,
    Need,
    Priority,
    PriorityClaim,
    SchoolPlan,
    Spending,
    Validation,
    Version,
)
from ropewalk.site.foundation.accounts.models import Account

OF_CLAIMS = ("claim", "change-claim", "withdraw-claim", "evidence", "ask")
OF_PLANS = ("plan", "plan-word", "plan-sheet", "move", "new-priority")
OF_PRIORITIES = ("change-priority", "strike-out", "new-action", "support")
OF_SPENDING = ("spending", "spending-word", "move-spending", "challenge")


def parts_of_a_school_plan(urn: int, *, by: Account, today: date, now: datetime) -> dict[str, object]:
    """One of everything in drafts, and the parts of its addresses."""
    claim = Claim.objects.create(urn=urn, area=Area.ATTENDANCE, by=by, at=now)
    version = Version(claim=claim, number=1, words="A claim.", judgement=Judgement.NEED, by=by, at=now)
    version.save()
    evidence = Evidence.objects.create(claim=claim, kind=EvidenceKind.WORDS, words="Seen.", by=by, at=now)
    validation = Validation.objects.create(version=version, asked=by, by=by, at=now)
    need = Need.objects.create(urn=urn, topic=Topic.MOBILITY, words="Many come late.", by=by, at=now)
    plan = SchoolPlan.objects.create(urn=urn, title="Plan", by=by, at=now)
    priority = Priority.objects.create(plan=plan, number=1, words="Come to school.")
    PriorityClaim.objects.create(priority=priority, claim=claim)
    action = Action.objects.create(priority=priority, words="Ring", due=today - timedelta(days=1), pence=12345)
    spending = Spending.objects.create(
        urn=urn, year="2026/27", pence=100_000, pupils=10, source="Counted.", by=by, at=now
    )
    challenge = Challenge.objects.create(spending=spending, number=1, words="Words.")
    choice = Choice.objects.create(challenge=challenge, approach="reading", words="x", pence=1, outcome="y")
    named = {
        **dict.fromkeys(OF_CLAIMS, claim.pk),
        **dict.fromkeys(OF_PLANS, plan.pk),
        **dict.fromkeys(OF_PRIORITIES, priority.pk),
        **dict.fromkeys(OF_SPENDING, spending.pk),
        **dict.fromkeys(("change-action", "report"), action.pk),
        **dict.fromkeys(("share-need", "end-need"), need.pk),
        "take-back": evidence.pk,
        "validate": validation.pk,
        "choose": challenge.pk,
        "drop": choice.pk,
    }
    numbers: dict[str, object] = {f"school_plans:{page} number": pk for page, pk in named.items()}
    return {**numbers, "school_plans:objective topic": Topic.MOBILITY.value}
