"""Exploring: rounded counts of a place, for analysts who know no school's own numbers."""

from ropewalk.site.foundation.permissions.matrix.thing import At, needing, with_role
from ropewalk.site.foundation.permissions.permission import Permission

EXPLORE = Permission.EXPLORE_FIGURES

THINGS = (
    with_role("exploring:home", note="one's own places"),
    needing(EXPLORE, route="exploring:place", at=At.PLACE_ITSELF),
    needing(EXPLORE, route="exploring:table", at=At.PLACE_ITSELF, codes=(404,), note="without terms in force"),
)
