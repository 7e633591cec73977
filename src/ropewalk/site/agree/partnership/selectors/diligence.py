"""Due diligence for those it concerns: the school or trust, whoever runs the partnership, and who was named."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.http import Http404

from ropewalk.site.agree.partnership.kinds import DiligenceArea
from ropewalk.site.agree.partnership.models import Diligence, DiligenceAnswer, DiligenceReader, Finding
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.kinds import OrganisationKind
from ropewalk.site.foundation.organisations.models import Organisation, Place
from ropewalk.site.foundation.permissions.models import Grant
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.permissions.reach import reach
from ropewalk.site.foundation.permissions.roles import ROLES


@dataclass(frozen=True)
class FindingShown:
    """A finding as it stands, its earlier versions (the newest first), and what was answered."""

    finding: Finding
    earlier: list[Finding]
    answers: list[DiligenceAnswer]
    is_late: bool


@dataclass(frozen=True)
class DiligencePage:
    """A record: findings by area, answers to the whole, who else may read it."""

    diligence: Diligence
    findings: list[FindingShown]
    answers: list[DiligenceAnswer]
    readers: list[DiligenceReader]


def answers_for(viewer: Account, organisation: Organisation, *, on: date) -> bool:
    """Whether somebody speaks for a school (its head, the leader of its trust) or trust in its due diligence."""
    if organisation.kind == OrganisationKind.SCHOOL:
        return reach(viewer, Permission.ANSWER_DILIGENCE, on=on).holds_school(int(organisation.key))
    roles = [role.id for role in ROLES.values() if Permission.ANSWER_DILIGENCE in role.permissions]
    rows = Grant.objects.on(on).filter(account=viewer, organisation=organisation, role__in=roles)
    return viewer.is_active and not viewer.is_local_administrator and rows.exists()


def seen_diligences(place: Place, *, viewer: Account, may_run: bool, on: date) -> list[Diligence]:
    """Records of a place that somebody may read, the newest first."""
    rows = list(Diligence.objects.filter(place=place).select_related("organisation", "place", "by").order_by("-pk"))
    if may_run:
        return rows
    lasting = Q(until=None) | Q(until__gte=on)
    named = DiligenceReader.objects.filter(lasting, begins__lte=on, account=viewer, diligence__place=place)
    shown = set(named.values_list("diligence", flat=True)) if viewer.is_active else set()
    own = _spoken_for(viewer, {one.organisation for one in rows}, on)
    return [one for one in rows if one.pk in shown or one.organisation_id in own]


def _spoken_for(viewer: Account, organisations: Iterable[Organisation], on: date) -> set[int]:
    schools = reach(viewer, Permission.ANSWER_DILIGENCE, on=on)
    found = set()
    for one in organisations:
        if one.kind == OrganisationKind.SCHOOL:
            if schools.holds_school(int(one.key)):
                found.add(one.pk)
        elif answers_for(viewer, one, on=on):
            found.add(one.pk)
    return found


def diligence_seen(place: Place, number: int, *, viewer: Account, may_run: bool, on: date) -> Diligence:
    """A record that somebody may read. Raises Http404 for any other."""
    for one in seen_diligences(place, viewer=viewer, may_run=may_run, on=on):
        if one.pk == number:
            return one
    raise Http404


def diligence_page(diligence: Diligence, *, on: date) -> DiligencePage:
    """One record with everything in it, in four questions."""
    rows = Finding.objects.filter(diligence=diligence).select_related(
        "by", "paper__by", "paper__deleted_by", "minutes__body"
    )
    versions: defaultdict[int, list[Finding]] = defaultdict(list)
    for one in rows.order_by("-version"):
        versions[one.number].append(one)
    said: defaultdict[int, list[DiligenceAnswer]] = defaultdict(list)
    for word in DiligenceAnswer.objects.filter(diligence=diligence).select_related("by").order_by("pk"):
        said[word.number].append(word)
    shown = [
        FindingShown(first, rest, said[number], first.due is not None and first.due < on)
        for number, (first, *rest) in versions.items()
    ]
    areas = list(DiligenceArea)
    shown.sort(key=lambda one: (areas.index(DiligenceArea(one.finding.area)), one.finding.number))
    readers = DiligenceReader.objects.filter(Q(until=None) | Q(until__gte=on), diligence=diligence)
    return DiligencePage(diligence, shown, said[0], list(readers.select_related("account").order_by("pk")))
