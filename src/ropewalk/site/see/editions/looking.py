"""What the pages of editions are about, for the audit log. Released figures for everyone are in a room of their own."""

from collections.abc import Mapping

from django.http import HttpRequest

from ropewalk.site.foundation.audit.looks import About, room

# The page asks again and again how far computing is; the choice of places and schools shows no figure.
NOTHING_SHOWN = ("home", "progress")
# Actions write their own line.
ACTIONS = ("content", "challenge", "answer", "again", "drop", "check")
WORDS = {
    "home": "which editions wait",
    "new": "an edition that is made",
    "edition": "figures of the place before their release",
    "again": "figures of the place, computed anew",
    "drop": "an edition, given up",
    "answer": "the answer to the school's challenge",
    "check": "an edition of the place, checked",
    "release": "an edition of the place and its release",
    "own": "the school's own figures before their release",
    "content": "whether the school is content with its figures",
    "challenge": "what the school says of its figures",
    "partners": "released figures of the schools, for partners",
    "partners-file": "released figures of the schools, for partners",
}


@room("editions", WORDS)
def about(request: HttpRequest, named: Mapping[str, object]) -> About | None:
    """What a page of editions is about."""
    match = request.resolver_match
    page = match.url_name if match else None
    if page in NOTHING_SHOWN or (request.method == "POST" and page in {*ACTIONS, "new", "release"}):
        return None
    what = f"edition {named['number']}" if "number" in named else ""
    if "urn" in named:
        return About((int(str(named["urn"])),), what=what)
    return About(place=str(named.get("code", ""))[:20], what=what)
