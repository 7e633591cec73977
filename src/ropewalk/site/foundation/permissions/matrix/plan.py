"""Plans of places: for whoever sees the partnership there; whoever runs it writes them."""

from ropewalk.site.foundation.permissions.matrix.thing import At, Thing, needing
from ropewalk.site.foundation.permissions.permission import Permission

SEE, RUN = Permission.SEE_PARTNERSHIP, Permission.RUN_PARTNERSHIP
INCOMPLETE = "with nothing filled in"
# Whoever promised a part of a plan says how it stands and adds what shows it: that one part, and no other.
OWNER = "and whoever promised that part"


def _seen(route: str, *, download: bool = False) -> Thing:
    return needing(SEE, route=route, at=At.PARTNERS, download=download)


def _run(route: str, note: str = "") -> tuple[Thing, ...]:
    """A form for whoever runs the partnership."""
    filled = f"{INCOMPLETE}; {note}" if note else INCOMPLETE
    return (
        needing(RUN, route=route, at=At.PLACE, note=note),
        needing(RUN, route=route, at=At.PLACE, method="POST", codes=(422,), note=filled),
    )


THINGS = (
    *(_seen(f"plan:{page}") for page in ("plans", "plan", "changes", "item", "agree")),
    _seen("plan:changes-csv", download=True),
    _seen("plan:values-csv", download=True),
    _seen("plan:workbook", download=True),
    _seen("plan:chart-image"),
    _seen("plan:chart-spec"),
    *(_seen(f"plan:{page}") for page in ("propose", "answer")),
    *(
        needing(SEE, route=f"plan:{page}", at=At.PARTNERS, method="POST", codes=(422,), note=INCOMPLETE)
        for page in ("agree", "propose", "answer")
    ),
    *(
        one
        for page in (
            *("new-plan", "put", "move", "new-item", "change-item", "strike-out", "measure", "adopt"),
            *("bring-in", "under"),
        )
        for one in _run(f"plan:{page}")
    ),
    *(one for page in ("report", "evidence", "value") for one in _run(f"plan:{page}", OWNER)),
)
