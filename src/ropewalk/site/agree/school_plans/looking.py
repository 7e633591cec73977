"""What the pages of a school's plans show, for the log of who looked. Actions write their own lines."""

from collections.abc import Mapping

from django.http import HttpRequest

from ropewalk.site.foundation.audit.looks import About, room

_EVALUATION, _NEEDS = "the school’s self-evaluation", "the school’s needs"
_PLAN, _SPENDING = "the school’s plan", "the school’s disadvantage plan"
WORDS = {
    "own": "which schools’ plans somebody sees",
    "place": "needs that schools share with the partnership",
    "place-csv": "needs that schools share with the partnership",
    "objective": "needs that schools share with the partnership",
    "school": "what the school says of itself and plans",
    **dict.fromkeys(
        ("evaluation", "evaluation-word", "new-claim", "claim", "change-claim", "withdraw-claim", "evidence"),
        _EVALUATION,
    ),
    **dict.fromkeys(("ask", "take-back", "validate"), _EVALUATION),
    **dict.fromkeys(("needs", "needs-csv", "new-need", "share-need", "end-need"), _NEEDS),
    **dict.fromkeys(("new-plan", "plan", "plan-word", "plan-sheet", "move", "new-priority", "change-priority"), _PLAN),
    **dict.fromkeys(("strike-out", "new-action", "support", "change-action", "report"), _PLAN),
    **dict.fromkeys(("new-spending", "spending", "spending-word", "move-spending", "challenge"), _SPENDING),
    **dict.fromkeys(("choose", "drop"), _SPENDING),
}


@room("school_plans", WORDS)
def about(request: HttpRequest, named: Mapping[str, object]) -> About | None:
    """What a page of a school's plans is about."""
    match = request.resolver_match
    if request.method == "POST" or (match and match.url_name == "own"):
        return None
    if "urn" in named:
        return About((int(str(named["urn"])),), what=f"number {named['number']}" if "number" in named else "")
    return About(place=str(named.get("code", ""))[:20])
