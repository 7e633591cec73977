"""What schools say of themselves, need and plan: the school and its trust leader see it; heads decide."""

from ropewalk.site.foundation.permissions.matrix.thing import At, Thing, needing, with_role
from ropewalk.site.foundation.permissions.permission import Permission

SEE, WRITE, HEAD = Permission.SEE_SCHOOL_PLANS, Permission.WRITE_SCHOOL_PLANS, Permission.APPROVE_SCHOOL_PLANS
INCOMPLETE = "with nothing filled in"
# Whoever the head asked to look at a claim sees that one claim, and says whether they agree.
ASKED = "and whoever was asked to look at that claim"
PAGES = ("school", "evaluation", "claim", "needs", "plan", "spending")
FILES = ("evaluation-word", "needs-csv", "plan-word", "plan-sheet", "spending-word")
WRITTEN = (
    *("new-claim", "change-claim", "withdraw-claim", "evidence", "take-back", "new-need", "end-need"),
    *("new-plan", "new-priority", "change-priority", "strike-out", "new-action", "change-action", "report", "support"),
    *("new-spending", "challenge", "choose", "drop"),
)
DECIDED = ("ask", "share-need", "move", "move-spending")


def _form(permission: Permission, route: str, at: At, note: str = "") -> tuple[Thing, ...]:
    filled = f"{INCOMPLETE}; {note}" if note else INCOMPLETE
    return (
        needing(permission, route=route, at=at, note=note),
        needing(permission, route=route, at=at, method="POST", codes=(422,), note=filled),
    )


THINGS = (
    with_role("school_plans:own", note="one's own schools and places, and what waits"),
    *(needing(SEE, route=f"school_plans:{page}", at=At.SCHOOL) for page in PAGES),
    *(needing(SEE, route=f"school_plans:{file}", at=At.SCHOOL, download=True) for file in FILES),
    *_form(SEE, "school_plans:validate", At.SCHOOL, ASKED),
    *(one for page in WRITTEN for one in _form(WRITE, f"school_plans:{page}", At.SCHOOL)),
    *(one for page in DECIDED for one in _form(HEAD, f"school_plans:{page}", At.SCHOOL)),
    needing(Permission.RUN_PARTNERSHIP, route="school_plans:place", at=At.PLACE),
    needing(Permission.RUN_PARTNERSHIP, route="school_plans:place-csv", at=At.PLACE, download=True),
    *_form(Permission.RUN_PARTNERSHIP, "school_plans:objective", At.PLACE),
)
