"""Exploring: rounded counts of a place, for analysts who know no school's own numbers."""

from ropewalk.site.foundation.permissions.matrix.thing import At, needing
from ropewalk.site.foundation.permissions.permission import Permission

EXPLORE = Permission.EXPLORE_FIGURES

THINGS = (
    needing(EXPLORE, route="exploring:home", at=At.ANYWHERE),
    needing(EXPLORE, route="exploring:place", at=At.PLACE_ITSELF),
    needing(EXPLORE, route="exploring:table", at=At.PLACE_ITSELF, codes=(404,), note="without terms in force"),
)
