"""Workstreams: seen by whoever sees the partnership of a place, led by whoever runs it."""

from ropewalk.site.foundation.permissions.matrix.thing import At, Thing, needing, with_role
from ropewalk.site.foundation.permissions.permission import Permission

SEE, RUN = Permission.SEE_PARTNERSHIP, Permission.RUN_PARTNERSHIP
FORMS = (
    *("new", "contributor", "measure", "published", "typed", "reconcile", "freeze", "sign", "workshop"),
    *("idea", "vote", "shortlist", "charter", "extend", "close", "decide"),
)
FILES = ("place-csv", "figures-csv", "baseline-json", "ideas-csv", "impact-csv", "workbook")


def _led(route: str) -> tuple[Thing, ...]:
    """A form for whoever leads the workstreams."""
    return (
        needing(RUN, route=route, at=At.PLACE),
        needing(RUN, route=route, at=At.PLACE, method="POST", codes=(422,), note="with nothing filled in"),
    )


THINGS = (
    # Of several places one chooses; an only one is opened at once.
    with_role("workstreams:own", (200, 302), note="one's own places"),
    needing(SEE, route="workstreams:place", at=At.PARTNERS),
    needing(SEE, route="workstreams:workstream", at=At.PARTNERS),
    *(needing(SEE, route=f"workstreams:{drawing}", at=At.PARTNERS) for drawing in ("chart-image", "chart-spec")),
    *(needing(SEE, route=f"workstreams:{file}", at=At.PARTNERS, download=True) for file in FILES),
    *(one for page in FORMS for one in _led(f"workstreams:{page}")),
)
