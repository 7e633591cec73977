"""Board reports: for whoever sees the partnership of the place; whoever runs it makes and publishes them."""

from ropewalk.site.foundation.permissions.matrix.thing import At, Need, Thing, needing, with_role
from ropewalk.site.foundation.permissions.permission import Permission

SEE, RUN = Permission.SEE_PARTNERSHIP, Permission.RUN_PARTNERSHIP
INCOMPLETE = "with nothing filled in"
FILES = ("now-pdf", "now-slides", "pdf", "slides", "json")
PUBLIC_FILES = ("public-pdf", "public-slides", "public-json")

THINGS = (
    # Of several places one chooses; an only one is opened at once.
    with_role("board_report:own", (200, 302), note="one's own places"),
    *(needing(SEE, route=f"board_report:{page}", at=At.PARTNERS) for page in ("reports", "now", "report")),
    *(needing(SEE, route=f"board_report:{file}", at=At.PARTNERS, download=True) for file in FILES),
    *(needing(RUN, route=f"board_report:{page}", at=At.PLACE) for page in ("make", "publish", "withdraw")),
    *(
        needing(RUN, route=f"board_report:{page}", at=At.PLACE, method="POST", codes=(422,), note=INCOMPLETE)
        for page in ("make", "publish", "withdraw")
    ),
    *(Thing(f"board_report:{page}", Need.NOTHING) for page in ("public-list", "public")),
    *(Thing(f"board_report:{file}", Need.NOTHING, download=True) for file in PUBLIC_FILES),
)
