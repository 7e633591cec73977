"""Partnerships of places: for whoever holds a role at the place or at one of its organisations."""

from ropewalk.site.foundation.permissions.matrix.thing import At, Need, Thing, needing, with_role
from ropewalk.site.foundation.permissions.permission import Permission

SEE, RUN = Permission.SEE_PARTNERSHIP, Permission.RUN_PARTNERSHIP
JOIN, SIGN = Permission.JOIN_PARTNERSHIP, Permission.SIGN_AGREEMENTS
BOOK, ITSELF = Permission.BOOK_SURGERY, Permission.ANSWER_DILIGENCE
NAMED = "and whoever was named to read it"
INCOMPLETE = "with nothing filled in"


def _seen(route: str, *, download: bool = False) -> Thing:
    return needing(SEE, route=route, at=At.PARTNERS, download=download)


def _run(route: str) -> tuple[Thing, ...]:
    """A form for whoever runs the partnership."""
    return (
        needing(RUN, route=route, at=At.PLACE),
        needing(RUN, route=route, at=At.PLACE, method="POST", codes=(422,), note=INCOMPLETE),
    )


def _signs(route: str) -> tuple[Thing, ...]:
    """A form for whoever signs for a member."""
    return (
        needing(SIGN, route=route, at=At.PARTNERS),
        needing(SIGN, route=route, at=At.PARTNERS, method="POST", codes=(422,), note=INCOMPLETE),
    )


THINGS = (
    # Of several places one chooses; an only one is opened at once.
    with_role("partnership:own", (200, 302), note="one's own places"),
    _seen("partnership:place"),
    _seen("partnership:members-csv", download=True),
    needing(JOIN, route="partnership:decision", at=At.SCHOOL),
    needing(JOIN, route="partnership:decision", at=At.SCHOOL, method="POST", codes=(422,), note=INCOMPLETE),
    *(one for page in ("new-member", "end-member") for one in _run(f"partnership:{page}")),
    _seen("partnership:bodies"),
    _seen("partnership:body"),
    *(one for page in ("new-body", "end-body", "terms", "new-seat", "end-seat") for one in _run(f"partnership:{page}")),
    with_role("partnership:subscribe", note="one's own address for a calendar program"),
    Thing("partnership:unsubscribe", Need.ROLE, method="POST", codes=(302,)),
    # Calendar programs cannot sign in: whoever knows the address has it.
    Thing("partnership:feed", Need.NOTHING, codes=(404,), note="with an address that is nobody's"),
    _seen("partnership:meeting-file", download=True),
    _seen("partnership:meetings"),
    _seen("partnership:meeting"),
    *(one for page in ("new-meeting", "outcome", "off", "done") for one in _run(f"partnership:{page}")),
    needing(RUN, route="partnership:agenda", at=At.PLACE),
    needing(RUN, route="partnership:attendance", at=At.PLACE),
    needing(RUN, route="partnership:agenda", at=At.PLACE, method="POST", codes=(302,), note="an empty agenda"),
    needing(RUN, route="partnership:attendance", at=At.PLACE, method="POST", codes=(422,), note=INCOMPLETE),
    _seen("partnership:agreements"),
    _seen("partnership:agreement"),
    _seen("partnership:version"),
    _seen("partnership:version-json", download=True),
    _seen("partnership:receipt"),
    *(one for page in ("new-agreement", "draft", "put", "begin") for one in _run(f"partnership:{page}")),
    *(one for page in ("sign", "mark") for one in _signs(f"partnership:{page}")),
    _seen("partnership:money"),
    _seen("partnership:money-csv", download=True),
    *(one for page in ("new-line", "new-spending", "strike-out") for one in _run(f"partnership:{page}")),
    # Papers of meetings, invitations, moving.
    *(
        one
        for page in ("new-paper", "delete-paper", "move-meeting", "new-guest")
        for one in _run(f"partnership:{page}")
    ),
    _seen("partnership:paper", download=True),
    _seen("partnership:minutes-file", download=True),
    needing(RUN, route="partnership:invitations", at=At.PLACE),
    needing(RUN, route="partnership:invitations", at=At.PLACE, method="POST", codes=(422,), note="without mail"),
    # Slots of surgeries.
    needing(BOOK, route="partnership:new-booking", at=At.PARTNERS),
    needing(BOOK, route="partnership:new-booking", at=At.PARTNERS, method="POST", codes=(422,), note=INCOMPLETE),
    needing(BOOK, RUN, route="partnership:end-booking", at=At.PLACE, note="of one's own school"),
    needing(BOOK, RUN, route="partnership:end-booking", at=At.PLACE, method="POST", codes=(422,), note="once it began"),
    # Due diligence.
    _seen("partnership:diligences"),
    needing(ITSELF, RUN, route="partnership:diligence", at=At.PLACE, note=NAMED),
    needing(ITSELF, RUN, route="partnership:diligence-csv", at=At.PLACE, download=True, note=NAMED),
    needing(ITSELF, RUN, route="partnership:finding-paper", at=At.PLACE, download=True, note=NAMED),
    needing(ITSELF, route="partnership:answer-finding", at=At.PLACE),
    needing(ITSELF, route="partnership:answer-finding", at=At.PLACE, method="POST", codes=(422,), note=INCOMPLETE),
    *(
        one
        for page in ("new-diligence", "new-finding", "change-finding", "new-reader", "end-reader")
        for one in _run(f"partnership:{page}")
    ),
)
