"""Organisations, places, and dated memberships. Nothing is deleted: what ends has a last day.

``begins`` is the first day, ``until`` the last one; a membership without ``until`` goes on.
"""

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q

from ropewalk.site.foundation.organisations.kinds import OrganisationKind, PlaceKind
from ropewalk.site.foundation.retention.declaration import ALWAYS, Kept, Rule
from ropewalk.site.foundation.sealed.field import SealedText

Row = TypeVar("Row", bound=models.Model)
NAME = 200
BY = 80


class Organisation(models.Model):
    """A school, trust, council or any other body that people act for."""

    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=NAME)
    name = models.CharField(max_length=NAME)

    kept = Kept("bodies that people act for", Rule(ALWAYS), public=("kind", "key", "name"), internal=("id",))

    class Meta:
        constraints = (models.UniqueConstraint(fields=("kind", "key"), name="one_organisation_of_a_key"),)

    def __str__(self) -> str:
        return self.name

    @property
    def kind_words(self) -> str:
        """What sort it is, in words."""
        return OrganisationKind(self.kind).words


class Place(models.Model):
    """A council area, a region, or a set of schools with a name of its own."""

    code = models.CharField(max_length=NAME, unique=True)
    name = models.CharField(max_length=NAME)
    kind = models.CharField(max_length=20)

    kept = Kept("areas and sets of schools", Rule(ALWAYS), public=("code", "name", "kind"), internal=("id",))

    def __str__(self) -> str:
        return self.name

    @property
    def kind_words(self) -> str:
        """What sort it is, in words."""
        return PlaceKind(self.kind).words


class DatedRows(models.QuerySet[Row]):
    """Rows that hold for some days."""

    def on(self, day: date) -> Self:
        """Those that hold on a day."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), begins__lte=day)


class Dated(models.Model):
    """What holds from a first day on, and until a last one; who said so, and who ended it."""

    begins = models.DateField()
    until = models.DateField(null=True, blank=True)
    by = SealedText(max_length=BY)
    at = models.DateTimeField()
    ended_by = SealedText(max_length=BY, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


def _kept(purpose: str, *public: str) -> Kept:
    dated = ("begins", "until")
    return Kept(
        purpose, Rule(ALWAYS), public=(*public, *dated), internal=("id", "at", "ended_at"), personal=("by", "ended_by")
    )


def _in_order(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("begins")), name=name)


class TrustMembership(Dated):
    """A school is in a trust; in no other on the same day."""

    school = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="trust_memberships")
    trust = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="school_memberships")

    kept = _kept("which trust a school was in", "school", "trust")

    objects = DatedRows.as_manager()

    class Meta:
        constraints = (
            _in_order("trust_membership_in_order"),
            models.UniqueConstraint(fields=("school",), condition=Q(until__isnull=True), name="one_trust_goes_on"),
            models.UniqueConstraint(fields=("school", "begins"), name="one_trust_begins_on_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.school} in {self.trust}"


class PlaceMembership(Dated):
    """An organisation belongs to a place; it may belong to several."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="place_memberships")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="memberships")

    kept = _kept("which place an organisation belonged to", "organisation", "place")

    objects = DatedRows.as_manager()

    class Meta:
        constraints = (
            _in_order("place_membership_in_order"),
            models.UniqueConstraint(
                fields=("organisation", "place"), condition=Q(until__isnull=True), name="one_membership_goes_on"
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation} in {self.place}"


class PlaceNesting(Dated):
    """A place lies within a region."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="lies_within")
    region = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="holds")

    kept = _kept("which region a place lay in", "place", "region")

    objects = DatedRows.as_manager()

    class Meta:
        constraints = (
            _in_order("place_nesting_in_order"),
            models.UniqueConstraint(fields=("place",), condition=Q(until__isnull=True), name="one_region_goes_on"),
        )

    def __str__(self) -> str:
        return f"{self.place} within {self.region}"
