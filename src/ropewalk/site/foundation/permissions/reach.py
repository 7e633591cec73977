"""What an account may do, and where, on a day: worked out from its grants and who belonged where that day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.kinds import OrganisationKind
from ropewalk.site.foundation.organisations.membership import schools_of_places, schools_of_trusts
from ropewalk.site.foundation.organisations.models import Place
from ropewalk.site.foundation.permissions.models import Grant
from ropewalk.site.foundation.permissions.permission import NOT_FOR_ADMINISTRATORS, OF_PUPILS, Permission
from ropewalk.site.foundation.permissions.roles import ROLES


@dataclass(frozen=True)
class Reach:
    """Where something is allowed. ``everywhere`` is the local administrator's; else schools by URN, places by code."""

    everywhere: bool = False
    schools: frozenset[int] = frozenset()
    places: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.schools or self.places)

    def holds_school(self, urn: int) -> bool:
        """Whether it is allowed at a school."""
        return self.everywhere or urn in self.schools

    def holds_schools(self, urns: Iterable[int]) -> bool:
        """Whether it is allowed at every one of some schools, of which there must be one at least."""
        asked = set(urns)
        return self.everywhere or (bool(asked) and asked <= self.schools)

    def holds_place(self, code: str) -> bool:
        """Whether it is allowed at a place."""
        return self.everywhere or code in self.places


EVERYWHERE = Reach(everywhere=True)
NOWHERE = Reach()


def reach(account: Account, permission: Permission, *, on: date) -> Reach:
    """Where an account may do something on a day."""
    if not account.is_active:
        return NOWHERE
    if account.is_local_administrator:
        return NOWHERE if permission in NOT_FOR_ADMINISTRATORS else EVERYWHERE
    roles = [role.id for role in ROLES.values() if role.is_given and permission in role.permissions]
    grants = Grant.objects.on(on).filter(account=account, role__in=roles).select_related("organisation", "place")
    return reach_of(list(grants), on=on)


def reach_of(grants: Iterable[Grant], *, on: date) -> Reach:
    """The schools and places that some grants reach on a day."""
    held = list(grants)
    at = [grant.organisation for grant in held if grant.organisation is not None]
    places = [grant.place for grant in held if grant.place is not None]
    councils = [one.key for one in at if one.kind == OrganisationKind.COUNCIL]
    places += list(Place.objects.filter(code__in=councils)) if councils else []
    own = {int(one.key) for one in at if one.kind == OrganisationKind.SCHOOL}
    trusts = [one.pk for one in at if one.kind == OrganisationKind.TRUST]
    of_trusts = schools_of_trusts(trusts, on) if trusts else frozenset()
    of_places = schools_of_places([place.pk for place in places], on) if places else frozenset()
    return Reach(schools=frozenset(own) | of_trusts | of_places, places=frozenset(place.code for place in places))


def holds_role(account: Account, *, on: date) -> bool:
    """Whether an account holds any role on a day; a local administrator needs none."""
    return account.is_active and (
        account.is_local_administrator or Grant.objects.on(on).filter(account=account).exists()
    )


def holds_role_with_pupils(account: Account, *, on: date) -> bool:
    """Whether an account holds any role on a day that shows pupils: it then needs a second factor to sign in."""
    roles = [role.id for role in ROLES.values() if role.is_given and role.permissions & OF_PUPILS]
    return Grant.objects.on(on).filter(account=account, role__in=roles).exists()
