"""What the pages of exploring are about, for the audit log."""

from collections.abc import Mapping

from django.http import HttpRequest

from ropewalk.site.foundation.audit.looks import About, room

WORDS = {
    "home": "the list of places to explore",
    "place": "rounded counts of the place",
    "table": "rounded counts of the place",
}
ASKED = ("measure", "by", "level", "period")


@room("exploring", WORDS)
def about(request: HttpRequest, named: Mapping[str, object]) -> About | None:
    """What a page of exploring is about."""
    if "code" not in named:
        return None
    asked = [request.GET.get(name, "").strip()[:60] for name in ASKED]
    return About(place=str(named["code"])[:20], what=", ".join(filter(None, asked)))
