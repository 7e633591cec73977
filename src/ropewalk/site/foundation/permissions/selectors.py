"""Grants as pages show them."""

from dataclasses import dataclass
from datetime import date

from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.kinds import OrganisationKind
from ropewalk.site.foundation.organisations.models import Organisation
from ropewalk.site.foundation.permissions.models import Grant
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.permissions.reach import Reach, reach_of


@dataclass(frozen=True)
class GrantLine:
    """A grant with where it stands on a day; ``state`` is one word."""

    grant: Grant
    state: str
    is_due: bool


@dataclass(frozen=True)
class OwnGrant:
    """A grant as its holder reads it: what it allows, at how many schools, or at which."""

    grant: Grant
    may: tuple[str, ...]
    schools: tuple[str, ...]


def grants_by_due(*, viewer: Account, on: date) -> list[GrantLine]:
    """All grants: those that hold or will, the longest due for review first; then those that ended, newest first.

    For local administrators; anybody else is given none.
    """
    if not viewer.is_local_administrator:
        return []
    rows = Grant.objects.select_related("account", "organisation", "place")
    lines = [line_of(grant, on=on) for grant in rows]
    going = [line for line in lines if line.state in {"holds", "to come"}]
    over = [line for line in lines if line.state in {"ended", "expired"}]
    going.sort(key=lambda line: (line.grant.review_due, line.grant.account.name.casefold(), line.grant.pk))
    over.sort(key=lambda line: (line.grant.ended_on or line.grant.until, line.grant.pk), reverse=True)
    return [*going, *over]


def line_of(grant: Grant, *, on: date) -> GrantLine:
    """A grant with where it stands on a day."""
    state = _state(grant, on)
    return GrantLine(grant, state, state in {"holds", "to come"} and grant.review_due <= on)


def _state(grant: Grant, on: date) -> str:
    if grant.ended_on is not None and grant.ended_on <= on:
        return "ended"
    if grant.until < on:
        return "expired"
    return "to come" if grant.begins > on else "holds"


def own_grants(*, viewer: Account, on: date) -> list[OwnGrant]:
    """The grants an account holds on a day, with what each allows."""
    held = Grant.objects.on(on).filter(account=viewer).select_related("organisation", "place", "given_by")
    return [_own(grant, on) for grant in held.order_by("role", "pk")]


def _own(grant: Grant, on: date) -> OwnGrant:
    permissions = grant.declared.permissions - {Permission.SEE_PUBLISHED_FIGURES}
    may = tuple(permission.words for permission in Permission if permission in permissions)
    return OwnGrant(grant, may, _school_names(reach_of([grant], on=on)) if may else ())


def _school_names(seen: Reach) -> tuple[str, ...]:
    keys = [str(urn) for urn in seen.schools]
    rows = Organisation.objects.filter(kind=OrganisationKind.SCHOOL, key__in=keys)
    return tuple(sorted(rows.values_list("name", flat=True), key=str.casefold))
