"""A school's self-evaluation as it stands or stood on a day, one claim with its history, and what others say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from ropewalk.site.agree.school_plans.kinds import Area
from ropewalk.site.agree.school_plans.models import Claim, Evidence, Validation, Version
from ropewalk.site.agree.school_plans.selectors.figures import Read, read
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.permissions.permission import Permission


@dataclass(frozen=True)
class Shown:
    """Evidence as a page shows it."""

    row: Evidence
    read: Read | None


@dataclass(frozen=True)
class ClaimLine:
    """A claim as it stands or stood, with its evidence and what others say of this or an earlier version."""

    claim: Claim
    version: Version
    evidence: list[Shown]
    validations: list[Validation]


@dataclass(frozen=True)
class EvaluationPage:
    """The self-evaluation of a school: every area with its claims."""

    areas: list[tuple[Area, list[ClaimLine]]]

    @property
    def lines(self) -> list[ClaimLine]:
        """All claims."""
        return [line for _, lines in self.areas for line in lines]


def claims_of(urn: int, *, viewer: Account, on: date) -> QuerySet[Claim]:
    """Claims of a school for whoever sees its plans."""
    rows: QuerySet[Claim] = Claim.objects.visible_to(viewer, Permission.SEE_SCHOOL_PLANS, on=on).filter(urn=urn)
    return rows


def evaluation(urn: int, *, viewer: Account, on: date, own: bool, at: datetime | None = None) -> EvaluationPage:
    """The self-evaluation as it stands, or stood at a moment. ``own``: figures of the school's returns are shown."""
    claims = list(claims_of(urn, viewer=viewer, on=on).order_by("pk"))
    if at is None:
        claims = [one for one in claims if one.withdrawn_at is None]
    else:
        claims = [one for one in claims if one.at <= at and (one.withdrawn_at is None or one.withdrawn_at > at)]
    lines = claim_lines(urn, claims, own=own, at=at)
    areas = [(area, [line for line in lines if line.claim.of is area]) for area in Area]
    return EvaluationPage([(area, listed) for area, listed in areas if listed or at is None])


def claim_lines(urn: int, claims: Iterable[Claim], *, own: bool, at: datetime | None = None) -> list[ClaimLine]:
    """Claims with what belongs to them, in four questions."""
    wanted = list(claims)
    newest: dict[int, Version] = {}
    for version in Version.objects.filter(claim__in=wanted).select_related("by").order_by("number"):
        if at is None or version.at <= at:
            newest[version.claim_id] = version
    rows = list(Evidence.objects.filter(claim__in=wanted).order_by("pk"))
    held = [one for one in rows if _stood(one, at)]
    figures = read(urn, held, own=own)
    evidence: dict[int, list[Shown]] = {}
    for row in held:
        evidence.setdefault(row.claim_id, []).append(Shown(row, figures.get(row.pk)))
    said: dict[int, list[Validation]] = {}
    asked = Validation.objects.filter(version__claim__in=wanted).select_related("asked", "version").order_by("pk")
    for one in asked:
        if at is None or one.at <= at:
            said.setdefault(one.version.claim_id, []).append(one)
    return [
        ClaimLine(one, newest[one.pk], evidence.get(one.pk, []), said.get(one.pk, []))
        for one in wanted
        if one.pk in newest
    ]


def _stood(row: Evidence, at: datetime | None) -> bool:
    if at is None:
        return row.withdrawn_at is None
    return row.at <= at and (row.withdrawn_at is None or row.withdrawn_at > at)
