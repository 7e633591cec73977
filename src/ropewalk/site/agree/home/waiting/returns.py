"""Returns that are due: for the data lead of a school, and for its head where it has none."""

from collections.abc import Iterator

from django.urls import reverse

from ropewalk.site.agree.home.asking import Asking
from ropewalk.site.agree.home.lines import Waiting
from ropewalk.site.foundation.organisations.models import Organisation
from ropewalk.site.foundation.permissions.models import Grant
from ropewalk.site.foundation.terms.sending import why_not
from ropewalk.site.see.sharing.parts import missing_words, parts_of

DATA_LEAD, HEAD = "data_lead", "head"


def found(asking: Asking) -> Iterator[Waiting]:
    """Each school that has not sent what every school sends; where terms stand in the way the head is asked first."""
    for school in _schools(asking):
        urn = int(school.key)
        missing = missing_words(parts_of(urn, today=asking.today))
        if missing and not why_not(urn, at=asking.now):
            yield Waiting(
                f"{school.name} has not sent: {missing}",
                reverse("sharing:school", args=[urn]),
                f"Returns of {school.name} are missing",
            )


def _schools(asking: Asking) -> list[Organisation]:
    own = _of(asking, DATA_LEAD)
    headed = [one for one in _of(asking, HEAD) if one not in own]
    if not headed:
        return own
    leads = Grant.objects.on(asking.today).filter(role=DATA_LEAD, organisation__in=headed, account__is_active=True)
    led = set(leads.values_list("organisation", flat=True))
    return [*own, *(one for one in headed if one.pk not in led)]


def _of(asking: Asking, role: str) -> list[Organisation]:
    held = [one.organisation for one in asking.grants if one.role == role]
    return [one for one in held if one is not None]
