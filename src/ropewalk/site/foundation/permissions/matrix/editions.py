"""Editions: on their way for whoever makes them and for schools, released for partners and for everybody."""

from ropewalk.site.foundation.permissions.matrix.thing import At, Thing, needing, published, with_role
from ropewalk.site.foundation.permissions.permission import Permission

PREPARE, CHECK = Permission.PREPARE_EDITIONS, Permission.CHECK_EDITIONS
OWN, CHALLENGE, PARTNERS = Permission.SEE_OWN_FIRST, Permission.CHALLENGE_FIGURES, Permission.SEE_EDITIONS
NO_WORDS = (422,)


def _step(name: str, permission: Permission, note: str) -> Thing:
    return needing(permission, route=f"editions:{name}", at=At.PLACE, method="POST", codes=NO_WORDS, note=note)


THINGS = (
    published("released:place"),
    published("released:edition"),
    published("released:file", download=True),
    with_role("editions:home", note="one's own schools and places"),
    needing(PREPARE, route="editions:new", at=At.PLACE),
    _step("new", PREPARE, "with nothing filled in"),
    needing(PREPARE, CHECK, route="editions:edition", at=At.PLACE),
    needing(PREPARE, CHECK, route="editions:progress", at=At.PLACE),
    _step("again", PREPARE, "without the draft that was read"),
    _step("drop", PREPARE, "without a reason"),
    _step("answer", PREPARE, "without an answer"),
    _step("check", CHECK, "while schools look"),
    needing(PREPARE, route="editions:release", at=At.PLACE),
    _step("release", PREPARE, "while schools look"),
    needing(OWN, route="editions:own", at=At.SCHOOL),
    needing(CHALLENGE, route="editions:content", at=At.SCHOOL, method="POST", codes=(302,)),
    needing(CHALLENGE, route="editions:challenge", at=At.SCHOOL, method="POST", codes=NO_WORDS, note="without words"),
    needing(PARTNERS, route="editions:partners", at=At.PARTNERS),
    needing(PARTNERS, route="editions:partners-file", at=At.PARTNERS, download=True),
)
