"""Collaboration: seen by whoever sees the partnership; each member writes for itself; what counts, whoever runs it."""

from ropewalk.site.foundation.permissions.matrix.thing import At, Thing, needing, with_role
from ropewalk.site.foundation.permissions.permission import Permission

SEE, RUN, SIGN = Permission.SEE_PARTNERSHIP, Permission.RUN_PARTNERSHIP, Permission.SIGN_AGREEMENTS
INCOMPLETE = "with nothing filled in"


def _said(route: str) -> tuple[Thing, ...]:
    """A form for whoever speaks for a member; only one's own member can be chosen there."""
    return (
        needing(SIGN, route=route, at=At.PARTNERS),
        needing(SIGN, route=route, at=At.PARTNERS, method="POST", codes=(422,), note=INCOMPLETE),
    )


THINGS = (
    # Of several places one chooses; an only one is opened at once.
    with_role("collaboration:own", (200, 302), note="one's own places"),
    *(needing(SEE, route=f"collaboration:{page}", at=At.PARTNERS) for page in ("place", "member", "help", "record")),
    needing(SEE, route="collaboration:practice", at=At.PARTNERS),
    *(
        needing(SEE, route=f"collaboration:{file}", at=At.PARTNERS, download=True)
        for file in ("members-csv", "workbook", "help-csv", "practice-csv")
    ),
    *(
        one
        for page in ("new-help", "answer", "came", "new-practice", "take-up")
        for one in _said(f"collaboration:{page}")
    ),
    needing(RUN, route="collaboration:what-counts", at=At.PLACE),
    needing(RUN, route="collaboration:what-counts", at=At.PLACE, method="POST", codes=(422,), note=INCOMPLETE),
)
