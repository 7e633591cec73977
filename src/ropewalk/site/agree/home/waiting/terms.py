"""Terms on which schools share, to be answered or answered anew: for the head."""

from collections import defaultdict
from collections.abc import Iterator

from django.urls import reverse

from ropewalk.site.agree.home.asking import Asking
from ropewalk.site.agree.home.lines import Waiting
from ropewalk.site.foundation.organisations.kinds import OrganisationKind, PlaceKind
from ropewalk.site.foundation.organisations.models import PlaceMembership
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.terms.models import Answer, Terms
from ropewalk.site.foundation.terms.rules import Said, shared_for
from ropewalk.site.foundation.terms.wording import Wording


def found(asking: Asking) -> Iterator[Waiting]:
    """Each place whose terms in force a school has not answered, or must answer anew because they changed."""
    schools = asking.reach(Permission.ANSWER_TERMS).schools
    if not schools:
        return
    keys = [str(urn) for urn in schools]
    rows = PlaceMembership.objects.on(asking.today).filter(
        organisation__kind=OrganisationKind.SCHOOL, organisation__key__in=keys
    )
    belongs = list(rows.exclude(place__kind=PlaceKind.REGION).select_related("organisation", "place"))
    versions: defaultdict[int, dict[int, Wording]] = defaultdict(dict)
    for one in Terms.objects.in_force(at=asking.now).filter(place__in=[row.place_id for row in belongs]):
        versions[one.place_id][one.number] = one.wording
    answers = _answers(asking)
    for row in belongs:
        if not (there := versions[row.place_id]):
            continue
        urn, where = int(row.organisation.key), row.place
        address = reverse("terms:answer", args=[where.code, urn])
        answer = answers.get((urn, where.pk))
        if answer is None:
            words = f"{row.organisation.name} has not answered the data-sharing terms of {where.name}"
            yield Waiting(words, address, f"The data-sharing terms of {where.name} wait for your answer")
        elif _changed(answer, there):
            words = f"The data-sharing terms of {where.name} have changed: answer anew for {row.organisation.name}"
            yield Waiting(words, address, f"The data-sharing terms of {where.name} have changed: answer anew")


def _answers(asking: Asking) -> dict[tuple[int, int], Answer]:
    seen = Answer.objects.visible_to(asking.person, Permission.ANSWER_TERMS, on=asking.today)
    rows = seen.filter(at__lte=asking.now).select_related("terms").order_by("number")
    return {(one.urn, one.place_id): one for one in rows}


def _changed(answer: Answer, versions: dict[int, Wording]) -> bool:
    """Whether the version in force asks for more than was answered; who withdrew is not asked again."""
    if not answer.accepted:
        return False
    current = max(versions)
    said = Said(answer.number, answer.at, answer.terms.number, answer.accepted)
    added = frozenset(versions[current].articles) - frozenset(versions[answer.terms.number].articles)
    return bool((answer.accepted - shared_for(said, versions, current)) | added)
