"""Who may change what a school keeps of itself; taking turns; the line in the log."""

from datetime import datetime

from django.utils import timezone

from ropewalk.core.errors import NotAllowed
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.audit.recording import Deed, record
from ropewalk.site.foundation.organisations.kinds import OrganisationKind
from ropewalk.site.foundation.organisations.models import Organisation
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.permissions.reach import reach


def writes(urn: int, by: Account, now: datetime) -> None:
    """Take turns at a school, for whoever writes for it. Raises NotAllowed for anybody else."""
    _may(Permission.WRITE_SCHOOL_PLANS, urn, by, now, "Only the school writes this.")


def heads(urn: int, by: Account, now: datetime) -> None:
    """Take turns at a school, for its head. Raises NotAllowed for anybody else."""
    _may(Permission.APPROVE_SCHOOL_PLANS, urn, by, now, "Only the head decides this.")


def _may(permission: Permission, urn: int, by: Account, now: datetime, refused: str) -> None:
    if not reach(by, permission, on=timezone.localtime(now).date()).holds_school(urn):
        raise NotAllowed(refused)
    turn(urn)


def turn(urn: int) -> None:
    """Take turns with whoever else changes what this school keeps, until the transaction ends."""
    Organisation.objects.select_for_update(no_key=True).get(kind=OrganisationKind.SCHOOL, key=str(urn))


def write_down(thing: str, urn: int, about: str, *, by: Account, now: datetime) -> None:
    """A line in the log of the school; ``about`` names nobody."""
    record(by=by, deed=Deed.CHANGED, thing=thing, now=now, school=urn, about=about)
