"""Grants: who holds which role, where, from when and until when, why, and who gave it. None is ever deleted."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ropewalk.site.foundation.organisations.models import Organisation, Place
from ropewalk.site.foundation.permissions.roles import ROLES, Role
from ropewalk.site.foundation.retention.declaration import SIX_YEARS, Kept, Rule
from ropewalk.site.foundation.sealed.field import SealedText

REASON = 300


class Grants(models.QuerySet["Grant"]):
    """Grants by whether they hold."""

    def on(self, day: date) -> Self:
        """Those in force on a day: begun, not expired, not ended. A grant that was ended does not hold that day."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day), begins__lte=day, until__gte=day)


class Grant(models.Model):
    """An account holds a role at an organisation or a place; ``begins`` is the first day, ``until`` the last."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=40)
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT)
    begins = models.DateField()
    until = models.DateField()
    reason = SealedText(max_length=REASON)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="grants_given")
    given_at = models.DateTimeField()
    review_due = models.DateField()
    reviewed_on = models.DateField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="grants_reviewed"
    )
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="grants_ended"
    )
    ended_reason = SealedText(max_length=REASON, blank=True)

    kept = Kept(
        "who might do what, where, and why",
        Rule("six years after it ran out", since="until", days=SIX_YEARS),
        internal=(
            *("id", "account", "role", "organisation", "place", "begins", "until", "given_by", "given_at"),
            *("review_due", "reviewed_on", "reviewed_by", "ended_on", "ended_by"),
        ),
        personal=("reason", "ended_reason"),
    )

    objects = Grants.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(until__gte=F("begins")), name="grant_in_order"),
            models.CheckConstraint(
                condition=Q(organisation__isnull=True, place__isnull=False)
                | Q(organisation__isnull=False, place__isnull=True),
                name="grant_at_one_organisation_or_place",
            ),
        )
        indexes = (models.Index(fields=("account", "until"), name="grants_of_an_account"),)

    def __str__(self) -> str:
        return f"{self.title} at {self.where}"

    @property
    def declared(self) -> Role:
        """The role as declared."""
        return ROLES[self.role]

    @property
    def title(self) -> str:
        """What the role is called."""
        return self.declared.title

    @property
    def where(self) -> Organisation | Place:
        """Where it is held."""
        found = self.organisation or self.place
        if found is None:
            raise ValueError("A grant is held nowhere.")
        return found
