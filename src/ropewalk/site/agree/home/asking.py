"""Who asks for the page on which they begin, and what many sources ask of them: each looked up once, when asked for."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, TypeVar

from django.utils import timezone

from ropewalk.site.agree.partnership.members import places_seen
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.kinds import OrganisationKind
from ropewalk.site.foundation.organisations.models import Organisation, Place
from ropewalk.site.foundation.permissions.models import Grant
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.permissions.reach import NOWHERE, Reach, reach_of

Made = TypeVar("Made")
WEEK, MONTH = timedelta(days=7), timedelta(days=30)


@dataclass
class Asking:
    """Somebody at a moment. Local administrators reach everything, and for that reason nothing here is asked of them.

    What they look after (roles, invitations) has sources of its own.
    """

    person: Account
    now: datetime
    _once: dict[object, Any] = field(default_factory=dict)

    @cached_property
    def today(self) -> date:
        """The day here."""
        return timezone.localtime(self.now).date()

    @cached_property
    def soon(self) -> date:
        """Until when something is of this week."""
        return self.today + WEEK

    @cached_property
    def before(self) -> datetime:
        """Since when something has just moved."""
        return self.now - MONTH

    @cached_property
    def looks_after_site(self) -> bool:
        """Whether it is a local administrator."""
        return self.person.is_active and self.person.is_local_administrator

    @cached_property
    def grants(self) -> list[Grant]:
        """The roles held today."""
        if not self.person.is_active or self.looks_after_site:
            return []
        rows = Grant.objects.on(self.today).filter(account=self.person)
        return list(rows.select_related("organisation", "place").order_by("pk"))

    @cached_property
    def organisations(self) -> list[Organisation]:
        """Organisations at which roles are held, each once."""
        return list({one.organisation.pk: one.organisation for one in self.grants if one.organisation}.values())

    @cached_property
    def seen(self) -> list[Place]:
        """Places whose partnership the person sees."""
        return [] if self.looks_after_site or not self.grants else places_seen(self.person, on=self.today)

    @cached_property
    def run(self) -> list[Place]:
        """Those whose partnership the person runs."""
        may = self.reach(Permission.RUN_PARTNERSHIP)
        return [one for one in self.seen if may.holds_place(one.code)]

    def reach(self, permission: Permission) -> Reach:
        """Where the person may do something today by a role."""
        held = [one for one in self.grants if permission in one.declared.permissions]
        roles = tuple(one.pk for one in held)
        return self.once(("reach", roles), lambda: reach_of(held, on=self.today)) if held else NOWHERE

    def once(self, what: object, make: Callable[[], Made]) -> Made:
        """What several sources ask for, looked up by the first of them."""
        if what not in self._once:
            self._once[what] = make()
        found: Made = self._once[what]
        return found

    def names(self, urns: Iterable[int]) -> dict[int, str]:
        """Names of schools by URN."""
        keys = [str(urn) for urn in urns]
        rows = Organisation.objects.filter(kind=OrganisationKind.SCHOOL, key__in=keys) if keys else ()
        return {int(one.key): one.name for one in rows}
