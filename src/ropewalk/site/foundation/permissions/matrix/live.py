"""Figures from schools' own returns: a school's and a trust's for its people, a place's for local administrators.

A page of a place shows schools beside each other with small numbers; it stays so until its tables are protected.
"""

from ropewalk.site.foundation.permissions.matrix.thing import At, Thing, administrator, needing, with_role
from ropewalk.site.foundation.permissions.permission import Permission

FIGURES = Permission.SEE_SCHOOL_FIGURES
FIGURE = "measure=absence_overall&period=2024/25&place={code}"
# There is no chart while schools have sent too little for a model.
CHART = (200, 404)
DOWNLOADS = ("table", "measure-table")
PAGES = ("", "-table", "-measure", "-measure-table", "-chart-image", "-chart-spec")


def _own(kind: str, at: At, query: str = "") -> tuple[Thing, ...]:
    return tuple(
        needing(FIGURES, route=f"live:{kind}{page}", at=at, query=query, download=page[1:] in DOWNLOADS)
        for page in PAGES
    )


THINGS = (
    with_role("live:places", note="one's own schools"),
    needing(FIGURES, route="live:figure", at=At.SCHOOL, query=FIGURE + "&school={urn}"),
    needing(FIGURES, route="live:figure", at=At.TRUST, query=FIGURE + "&trust={trust}"),
    administrator("live:figure", query=FIGURE),
    administrator("live:movement"),
    administrator("live:movement-table", download=True),
    administrator("live:children"),
    administrator("live:child"),
    administrator("live:child-chart-image"),
    administrator("live:child-chart-spec"),
    administrator("live:value-added"),
    administrator("live:value-added-chart-image", codes=CHART),
    administrator("live:value-added-chart-spec", codes=CHART),
    administrator("live:value-added-table", download=True),
    *(administrator(f"live:place{page}", download=page[1:] in DOWNLOADS) for page in PAGES),
    *_own("school", At.SCHOOL),
    *_own("trust", At.TRUST, "place={code}"),
)
