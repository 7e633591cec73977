"""Editions, their drafts, what schools say of their own figures, and who checked.

A released edition's figures stand in the store, in a file of the core; a draft's stand here until it is released or
given up.
"""

import uuid
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import ProtectedError, Q

from ropewalk.site.foundation.permissions.scoped import SchoolRows
from ropewalk.site.foundation.retention.declaration import ALWAYS, SIX_YEARS, Kept, Rule
from ropewalk.site.foundation.sealed.field import SealedText

CODE = 200
PERIOD = 20
WORDS = 1_000
OPEN, RELEASED, DROPPED = "open", "released", "dropped"
# What is still filled in when an edition ends.
ENDING = frozenset({"state", "digest", "ended_by", "ended_at", "ended_why"})


class Editions(models.QuerySet["Edition"]):
    """How editions are found. They are changed one by one, and none is deleted."""

    def update(self, **_values: Any) -> NoReturn:
        raise ProtectedError("What was released is not changed.", set(self))

    def delete(self) -> NoReturn:
        raise ProtectedError("An edition is not deleted.", set(self))


class Edition(models.Model):
    """Figures of a place and period, from a draft to what was released; one at a time is open at a place.

    ``number`` counts at the place and is never used twice. ``until`` is the last day on which schools may challenge.
    ``ended_at`` is when it was released or given up. ``cuts`` are pairs of measure and family of groups.
    """

    place = models.CharField(max_length=CODE)
    number = models.PositiveIntegerField()
    period = models.CharField(max_length=PERIOD)
    cuts = models.JSONField()
    replaces = models.PositiveIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=WORDS, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="editions_made")
    made_at = models.DateTimeField()
    until = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, default=OPEN)
    digest = models.CharField(max_length=64, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="editions_ended"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = SealedText(max_length=WORDS, blank=True)

    kept = Kept(
        "figures of a place that were released, or were going to be",
        Rule(ALWAYS),
        public=("place", "number", "period", "cuts", "replaces", "reason", "digest"),
        internal=("id", "made_by", "made_at", "until", "state", "ended_by", "ended_at"),
        personal=("ended_why",),
    )

    objects = Editions.as_manager()

    class Meta:
        ordering = ("place", "-number")
        constraints = (
            models.UniqueConstraint(fields=("place", "number"), name="one_edition_of_a_number"),
            models.UniqueConstraint(fields=("place",), condition=Q(state=OPEN), name="one_edition_is_open_at_a_place"),
            models.CheckConstraint(
                condition=Q(state=OPEN, ended_at__isnull=True)
                | Q(state=RELEASED, ended_at__isnull=False, digest__gt="")
                | Q(state=DROPPED, ended_at__isnull=False, digest=""),
                name="edition_is_open_released_or_given_up",
            ),
        )

    def __str__(self) -> str:
        return f"edition {self.number} of {self.place}"

    def save(self, *args: Any, **named: Any) -> None:
        """Keep it. Raises ProtectedError for one that ended: what was released stays released."""
        if getattr(self, "_was", OPEN) != OPEN:
            raise ProtectedError("An edition that was released or given up is not changed.", {self})
        super().save(*args, **named)
        self._was = self.state

    def delete(self, *_args: Any, **_named: Any) -> tuple[int, dict[str, int]]:
        """Never."""
        raise ProtectedError("An edition is not deleted.", {self})

    @classmethod
    def from_db(cls, *args: Any, **named: Any) -> "Edition":
        """Remember how it stood in the database."""
        made = super().from_db(*args, **named)
        made._was = made.state
        return made


class Draft(models.Model):
    """One computation of an edition's figures: from which schools, as of when, and what came of it.

    ``content`` are the protected figures as they would be released, and ``digest`` their sum; both are empty while it
    is being computed. ``partners`` are those of the schools whose own rows partners may see.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="drafts")
    number = models.PositiveSmallIntegerField()
    schools = models.JSONField()
    partners = models.JSONField()
    threshold = models.PositiveSmallIntegerField()
    as_of = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    digest = models.CharField(max_length=64, blank=True)
    content = models.BinaryField(null=True, blank=True)

    kept = Kept(
        "protected figures that wait to be released",
        Rule("six years; the figures until the edition is released or given up", since="at", days=SIX_YEARS),
        public=("schools", "partners", "threshold"),
        internal=("id", "edition", "number", "as_of", "by", "at", "digest", "content"),
    )

    class Meta:
        ordering = ("edition", "number")
        constraints = (models.UniqueConstraint(fields=("edition", "number"), name="one_draft_of_a_number"),)

    def __str__(self) -> str:
        return f"draft {self.number} of {self.edition}"


class Contentment(models.Model):
    """A school has seen its own figures of a draft and is content."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="contentments")
    urn = models.PositiveIntegerField("school")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = Kept(
        "which school was content with its figures",
        Rule("six years", since="at", days=SIX_YEARS),
        public=("urn",),
        internal=("id", "draft", "by", "at"),
    )

    objects = SchoolRows.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("draft", "urn"), name="a_school_is_content_once"),)

    def __str__(self) -> str:
        return f"{self.urn} is content with {self.draft}"


class Challenge(models.Model):
    """What a school says of its own figures, and what it was answered. ``draft`` is the one it speaks of."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="challenges")
    draft = models.PositiveSmallIntegerField()
    urn = models.PositiveIntegerField("school")
    kind = models.CharField(max_length=20)
    words = SealedText(max_length=WORDS)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=20, blank=True)
    answer = SealedText(max_length=WORDS, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    kept = Kept(
        "what schools said of their figures before these were released",
        Rule("six years", since="at", days=SIX_YEARS),
        public=("urn",),
        internal=("id", "edition", "draft", "kind", "by", "at", "outcome", "answered_by", "answered_at"),
        personal=("words", "answer"),
    )

    objects = SchoolRows.as_manager()

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.kind} of {self.urn} on {self.edition}"


class Check(models.Model):
    """Somebody checked a draft."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="checks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    words = SealedText(max_length=WORDS, blank=True)

    kept = Kept(
        "who checked figures before they were released",
        Rule("six years", since="at", days=SIX_YEARS),
        internal=("id", "draft", "by", "at"),
        personal=("words",),
    )

    class Meta:
        ordering = ("at", "pk")
        constraints = (models.UniqueConstraint(fields=("draft", "by"), name="somebody_checks_a_draft_once"),)

    def __str__(self) -> str:
        return f"{self.draft} checked by {self.by}"
