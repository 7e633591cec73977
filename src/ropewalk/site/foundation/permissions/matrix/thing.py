"""What stands in the matrix, and which answers follow for whom."""

from dataclasses import dataclass
from enum import StrEnum

from ropewalk.site.foundation.organisations.kinds import OrganisationKind, PlaceKind
from ropewalk.site.foundation.permissions.permission import NOT_FOR_ADMINISTRATORS, Permission
from ropewalk.site.foundation.permissions.roles import Role

# Places that hold schools themselves.
OF_PLACES = frozenset({PlaceKind.COUNCIL_AREA, PlaceKind.NAMED_SET})
# To the page of a step that comes first (signing in, a data session), and: there is no such page.
STEP_FIRST, NOT_THERE = 302, 404


class At(StrEnum):
    """Where the permission must be held for what the address names."""

    ANYWHERE = "anywhere"
    SCHOOL = "the school"
    TRUST = "every school of the trust"
    PLACE = "the place"
    PARTNERS = "the place, or a school or trust of it"
    PLACE_ITSELF = "the place, or the region it lies in"


class Need(StrEnum):
    """What is asked of a reader besides permissions."""

    NOTHING = "nothing"
    SIGNED_IN = "to be signed in"
    ROLE = "to hold a role"
    CARETAKER = "to be a local administrator"
    ADMINISTRATOR = "to be a local administrator with a data session open"


@dataclass(frozen=True)
class Thing:
    """An address of the site as one method asks for it.

    ``needs`` is any one of some permissions, or a ``Need``. ``codes`` are the answers to whoever may; anybody else who
    is signed in is told that there is no such page. ``query`` completes the address: ``place={code}``. ``note`` says
    what the answer is about where that is not plain.
    """

    route: str
    needs: frozenset[Permission] | Need
    at: At = At.ANYWHERE
    method: str = "GET"
    codes: tuple[int, ...] = (200,)
    query: str = ""
    download: bool = False
    note: str = ""

    def codes_for_nobody(self) -> tuple[int, ...]:
        """Answers to somebody who has not signed in."""
        return self.codes if self.is_public else (STEP_FIRST,)

    def codes_for_administrator(self, *, data_session: bool) -> tuple[int, ...]:
        """Answers to a local administrator, with or without a data session open."""
        if data_session and not isinstance(self.needs, Need) and self.needs <= NOT_FOR_ADMINISTRATORS:
            return (NOT_THERE,)
        if data_session or self.is_public or self.needs in {Need.SIGNED_IN, Need.CARETAKER}:
            return self.codes
        return (STEP_FIRST,)

    def codes_for(self, role: Role | None, *, here: bool) -> tuple[int, ...]:
        """Answers to somebody who holds a role alone (or none): here, where the address leads, or elsewhere."""
        if self.is_public or self.needs is Need.SIGNED_IN:
            return self.codes
        if self.needs is Need.ROLE:
            return self.codes if role is not None else (NOT_THERE,)
        return self.codes if role is not None and self._allows(role, here=here) else (NOT_THERE,)

    @property
    def is_public(self) -> bool:
        """Whether everybody gets it, without signing in."""
        return self.needs is Need.NOTHING or self.needs == frozenset({Permission.SEE_PUBLISHED_FIGURES})

    def _allows(self, role: Role, *, here: bool) -> bool:
        if isinstance(self.needs, Need) or not self.needs & role.permissions:
            return False
        if self.at is At.ANYWHERE:
            return True
        if self.at is At.TRUST:
            return here and OrganisationKind.TRUST in role.at
        if self.at is At.PARTNERS and role.at & {OrganisationKind.SCHOOL, OrganisationKind.TRUST}:
            # Another school of the place is a partner too.
            return True
        if self.at is At.PLACE and role.at == {OrganisationKind.REGION}:
            # The body of a region reaches no place; whoever leads at the region itself does what is the region's.
            return False
        if self.at is At.PLACE_ITSELF and not role.at_places & OF_PLACES and OrganisationKind.COUNCIL not in role.at:
            # The body of a region reaches no place; whoever leads at the region itself does.
            return False
        return here


@dataclass(frozen=True)
class Job:
    """A command of the command line, for whoever may run programs on the machine; ``reaches`` says what it reads."""

    command: str
    reaches: str


def published(route: str, *, query: str = "", download: bool = False) -> Thing:
    """An address of published figures: for everybody."""
    return Thing(route, frozenset({Permission.SEE_PUBLISHED_FIGURES}), query=query, download=download)


def administrator(
    route: str,
    method: str = "GET",
    codes: tuple[int, ...] = (200,),
    *,
    query: str = "",
    download: bool = False,
    note: str = "",
) -> Thing:
    """An address with what schools have sent, for local administrators alone."""
    return Thing(route, Need.ADMINISTRATOR, method=method, codes=codes, query=query, download=download, note=note)


def with_role(route: str, codes: tuple[int, ...] = (200,), *, note: str) -> Thing:
    """An address for whoever holds any role, and for local administrators: it shows each what is theirs."""
    return Thing(route, Need.ROLE, codes=codes, note=note)


def caretaker(route: str, method: str = "GET", codes: tuple[int, ...] = (200,), *, note: str = "") -> Thing:
    """An address for local administrators alone, on which nothing stands that schools have sent."""
    return Thing(route, Need.CARETAKER, method=method, codes=codes, note=note)


def needing(  # noqa: PLR0913 - what tells one address from another
    *permissions: Permission,
    route: str,
    at: At,
    method: str = "GET",
    codes: tuple[int, ...] = (200,),
    query: str = "",
    download: bool = False,
    note: str = "",
) -> Thing:
    """An address for whoever holds any of these permissions there."""
    return Thing(route, frozenset(permissions), at, method, codes, query, download, note)
