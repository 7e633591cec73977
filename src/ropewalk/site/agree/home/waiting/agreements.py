"""Agreements to be signed: for whoever signs for a school, a trust or the council."""

from collections import defaultdict
from collections.abc import Iterator

from django.urls import reverse

from ropewalk.site.agree.home.asking import Asking
from ropewalk.site.agree.home.lines import Waiting
from ropewalk.site.agree.partnership.kinds import SIGN_HERE
from ropewalk.site.agree.partnership.members import spoken_for
from ropewalk.site.agree.partnership.models import AgreementVersion, Commitment, Signature
from ropewalk.site.agree.partnership.selectors.belonging import members_on
from ropewalk.site.foundation.organisations.models import Organisation, Place
from ropewalk.site.foundation.permissions.permission import Permission


def found(asking: Asking) -> Iterator[Waiting]:
    """Each version before members or in force that an organisation is asked to sign and has not signed."""
    if not any(Permission.SIGN_AGREEMENTS in one.declared.permissions for one in asking.grants):
        return
    own = [one for one in spoken_for(asking.person, on=asking.today) if one.kind in SIGN_HERE]
    rows = AgreementVersion.objects.filter(agreement__place__in=asking.seen, put_at__isnull=False, replaced_at=None)
    versions = list(rows.select_related("agreement__place"))
    kinds: defaultdict[int, set[str]] = defaultdict(set)
    for number, kind in Commitment.objects.filter(version__in=versions).values_list("version", "kind"):
        kinds[number].add(kind)
    given = set(Signature.objects.filter(version__in=versions).values_list("version", "organisation"))
    for version in versions:
        place = version.agreement.place
        for one in own:
            if one.kind in kinds[version.pk] and (version.pk, one.pk) not in given and _belongs(one, place, asking):
                words = f"Sign “{version.agreement.title}” of {place.name} for {one.name}"
                yield Waiting(words, reverse("partnership:sign", args=[place.code, version.pk]), words)


def _belongs(organisation: Organisation, place: Place, asking: Asking) -> bool:
    members = asking.once(("members", place.pk), lambda: members_on(place, on=asking.today))
    return organisation in members
