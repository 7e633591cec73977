"""Versions of the terms of a place, and what schools answered. A version in force and an answer are never changed."""

from datetime import datetime
from typing import Any, NoReturn, Self

from django.conf import settings
from django.db import models
from django.db.models import ProtectedError, Q

from ropewalk.site.foundation.organisations.models import NAME, Place
from ropewalk.site.foundation.permissions.scoped import SchoolRows
from ropewalk.site.foundation.retention.declaration import ALWAYS, Kept, Rule
from ropewalk.site.foundation.sealed.field import SealedText
from ropewalk.site.foundation.terms.purposes import Purpose
from ropewalk.site.foundation.terms.wording import (
    HIGHEST_THRESHOLD,
    LOWEST_THRESHOLD,
    Wording,
    digest_of,
    read_articles,
    written,
)

NOTE = 500


class TermsRows(models.QuerySet["Terms"]):
    """How versions are found. None is deleted, and none is changed by the dozen."""

    def in_force(self, *, at: datetime) -> Self:
        """Versions that were in force by a moment; the newest first, which is the one that holds."""
        return self.filter(begins_at__lte=at).order_by("-number")

    def delete(self) -> NoReturn:
        raise ProtectedError("Terms are never deleted.", set(self))

    def update(self, **_values: Any) -> NoReturn:
        raise ProtectedError("Terms in force are never changed: draft a new version.", set(self))


class Terms(models.Model):
    """One version of a place's terms: a draft until ``begins_at``, in force from then until the next one begins."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="terms")
    number = models.PositiveSmallIntegerField()
    summary = models.TextField()
    threshold = models.PositiveSmallIntegerField()
    challenge_days = models.PositiveSmallIntegerField()
    articles = models.JSONField()
    digest = models.CharField(max_length=64)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="terms_drafted")
    drafted_at = models.DateTimeField()
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="terms_begun"
    )
    begins_at = models.DateTimeField(null=True, blank=True)

    kept = Kept(
        "what schools of a place share, for what and on which terms",
        Rule(ALWAYS),
        public=("place", "number", "summary", "threshold", "challenge_days", "articles", "digest", "begins_at"),
        internal=("id", "drafted_by", "drafted_at", "begun_by"),
    )

    objects = TermsRows.as_manager()

    class Meta:
        verbose_name_plural = "terms"
        constraints = (
            models.UniqueConstraint(fields=("place", "number"), name="one_version_of_a_number"),
            models.UniqueConstraint(
                fields=("place",), condition=Q(begins_at__isnull=True), name="one_draft_of_a_place"
            ),
            models.CheckConstraint(
                condition=Q(threshold__gte=LOWEST_THRESHOLD, threshold__lte=HIGHEST_THRESHOLD), name="threshold_is_safe"
            ),
            models.CheckConstraint(
                condition=Q(begins_at__isnull=True, begun_by__isnull=True)
                | Q(begins_at__isnull=False, begun_by__isnull=False),
                name="terms_begun_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"terms of {self.place}, version {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a draft; a version that is in force is not changed."""
        if not self._state.adding and Terms.objects.filter(pk=self.pk, begins_at__isnull=False).exists():
            raise ProtectedError("Terms in force are never changed: draft a new version.", {self})
        self.digest = digest_of(self.place.code, self.number, self.wording)
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Never."""
        raise ProtectedError("Terms are never deleted.", {self})

    @property
    def wording(self) -> Wording:
        """What it says."""
        return Wording(
            summary=self.summary,
            threshold=self.threshold,
            challenge_days=self.challenge_days,
            articles=read_articles(self.articles),
        )

    @property
    def content(self) -> bytes:
        """What it says, as it is hashed."""
        return written(self.place.code, self.number, self.wording)

    def say(self, wording: Wording) -> None:
        """Have a draft say something else."""
        self.summary, self.threshold = wording.summary, wording.threshold
        self.challenge_days = wording.challenge_days
        self.articles = wording.as_json()["purposes"]


class AnswerRows(SchoolRows["Answer"]):
    """How answers are found: for whom must be said. None is deleted or changed."""

    def delete(self) -> NoReturn:
        raise ProtectedError("Answers are only added to.", set())

    def update(self, **_values: Any) -> NoReturn:
        raise ProtectedError("Answers are only added to.", set())


class Answer(models.Model):
    """What a school's head said to a version: ``purposes`` are those accepted, none of them when it withdraws.

    ``number`` counts the answers of a place; a school's latest counts. ``who`` is the name of the head that day.
    """

    urn = models.IntegerField()
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="answers")
    terms = models.ForeignKey(Terms, on_delete=models.PROTECT, related_name="answers")
    number = models.PositiveIntegerField()
    purposes = models.JSONField()
    note = SealedText(max_length=NOTE, blank=True)
    school = models.CharField(max_length=NAME)
    who = SealedText(max_length=NAME)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="answers_to_terms")
    at = models.DateTimeField()

    kept = Kept(
        "what each school shares, since when, and who said so",
        Rule(ALWAYS),
        public=("urn", "place", "terms", "school"),
        internal=("id", "number", "purposes", "by", "at"),
        personal=("who", "note"),
    )

    objects = models.Manager.from_queryset(AnswerRows)()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("place", "number"), name="one_answer_of_a_number"),)
        indexes = (models.Index(fields=("urn", "place", "-number"), name="answers_of_a_school"),)

    def __str__(self) -> str:
        return self.receipt

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new one; a written one is not changed."""
        if not self._state.adding:
            raise ProtectedError("Answers are only added to.", {self})
        super().save(*args, force_insert=True, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Never."""
        raise ProtectedError("Answers are only added to.", {self})

    @property
    def receipt(self) -> str:
        """The number on its receipt."""
        return f"{self.place.code}-{self.number:04}"

    @property
    def accepted(self) -> frozenset[Purpose]:
        """The purposes it accepts."""
        return frozenset(Purpose(one) for one in self.purposes)

    @property
    def accepted_in_order(self) -> list[Purpose]:
        """The same in the order in which terms name them."""
        return [one for one in Purpose if one in self.accepted]
