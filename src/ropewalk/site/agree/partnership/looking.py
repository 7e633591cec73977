"""Who looked at due diligence, at a booking, or took a paper along: written down by address."""

from collections.abc import Mapping

from django.http import HttpRequest

from ropewalk.site.agree.partnership.models import Diligence
from ropewalk.site.foundation.audit.looks import About, room
from ropewalk.site.foundation.organisations.kinds import OrganisationKind

WORDS = {
    "diligence": "due diligence on the school",
    "diligence-csv": "due diligence on the school",
    "finding-paper": "due diligence on the school: a file",
    "paper": "a paper of a meeting",
}


@room("partnership", WORDS)
def about(request: HttpRequest, named: Mapping[str, object]) -> About | None:
    """What a page is about; None for pages that every member sees, and for forms, which their actions write down."""
    match = request.resolver_match
    if match is None or match.url_name not in WORDS or request.method == "POST":
        return None
    place, number = str(named["code"]), str(named["number"])
    if match.url_name == "paper":
        return About(place=place, what=f"paper {number}")
    found = Diligence.objects.select_related("organisation").filter(pk=number).first()
    if found is None:
        return None
    one = found.organisation
    schools = (int(one.key),) if one.kind == OrganisationKind.SCHOOL else ()
    return About(schools, place, f"due diligence {number}")
