"""The self-evaluation of a school: claims in words, each with versions, evidence and what others say of it."""

from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import ProtectedError

from ropewalk.site.agree.partnership.models.said import Said, SaidRows
from ropewalk.site.agree.school_plans.kinds import Agreed, Area, Comes, Judgement
from ropewalk.site.foundation.permissions.scoped import SchoolOwned
from ropewalk.site.foundation.retention.declaration import ALWAYS, Kept, Rule
from ropewalk.site.foundation.sealed.field import SealedText

LONG, SHORT, URL = 2000, 500, 500


class Lasting(models.Model):
    """What a school wrote and may withdraw, but not delete."""

    urn = models.PositiveIntegerField(db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[Any] = SchoolOwned()

    class Meta:
        abstract = True

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Never."""
        raise ProtectedError("What a school wrote is kept: withdraw it.", {self})


class Claim(Lasting):
    """Something a school says of itself in one area. Its words stand in its versions."""

    area = models.CharField(max_length=20)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    kept = Kept(
        "what a school says of itself", Rule(ALWAYS), internal=("id", "urn", "by", "at", "area", "withdrawn_at")
    )

    def __str__(self) -> str:
        return f"claim {self.pk}"

    @property
    def of(self) -> Area:
        """The area."""
        return Area(self.area)


class Version(Said):
    """The words of a claim and the school's judgement, from a moment on until the next version."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    words = SealedText(max_length=LONG)
    judgement = models.CharField(max_length=20)

    kept = Kept(
        "what a school says of itself, as it stood",
        Rule(ALWAYS),
        internal=("id", "claim", "number", "judgement", "by", "at"),
        personal=("words",),
    )

    objects = SaidRows["Version"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("claim", "number"), name="one_version_of_a_claim_of_a_number"),)

    def __str__(self) -> str:
        return f"version {self.number}"

    @property
    def judged(self) -> Judgement:
        """What the school says."""
        return Judgement(self.judgement)


class Evidence(models.Model):
    """What a claim rests on: a figure that was chosen, a page, or words."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=20)
    comes = models.CharField(max_length=20, blank=True)
    measure = models.CharField(max_length=60, blank=True)
    phase = models.CharField(max_length=30, blank=True)
    group = models.CharField(max_length=60, blank=True)
    period = models.CharField(max_length=40, blank=True)
    address = models.URLField(max_length=URL, blank=True)
    words = SealedText(max_length=SHORT, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    kept = Kept(
        "what a school's claims rest on",
        Rule(ALWAYS),
        internal=(
            *("id", "claim", "kind", "comes", "measure", "phase", "group", "period", "address"),
            *("by", "at", "withdrawn_at"),
        ),
        personal=("words",),
    )

    class Meta:
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return self.kind

    @property
    def source(self) -> Comes:
        """Where a figure comes from."""
        return Comes(self.comes)


class Validation(models.Model):
    """The head asks somebody to look at a version of a claim; they say whether they agree, in words."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="validations")
    asked = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    due = models.DateField(null=True, blank=True)
    agreed = models.CharField(max_length=20, blank=True)
    words = SealedText(max_length=LONG, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    kept = Kept(
        "what peers and visitors say of a school's claims",
        Rule(ALWAYS),
        internal=("id", "version", "asked", "by", "at", "due", "agreed", "answered_at"),
        personal=("words",),
    )

    class Meta:
        constraints = (models.UniqueConstraint(fields=("version", "asked"), name="somebody_looks_at_a_version_once"),)

    def __str__(self) -> str:
        return f"validation {self.pk}"

    @property
    def verdict(self) -> Agreed | None:
        """What was said, once it was."""
        return Agreed(self.agreed) if self.agreed else None
