"""A board report as it was made, and its version for everybody. Neither changes; the second can be withdrawn."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import ProtectedError, Q

from ropewalk.site.agree.partnership.models import Meeting
from ropewalk.site.agree.partnership.models.said import WORDS, Said, SaidRows
from ropewalk.site.agree.plan.models import Plan
from ropewalk.site.foundation.organisations.models import Place
from ropewalk.site.foundation.retention.declaration import ALWAYS, Kept, Rule
from ropewalk.site.foundation.sealed.field import SealedText

LONG = 2_000_000
# What is filled in when a public version is withdrawn; nothing else of it changes.
WITHDRAWING = frozenset({"withdrawn_by", "withdrawn_at", "withdrawn_because"})


class Report(Said):
    """A report on a plan as it stood at a moment: ``content`` is canonical JSON, ``digest`` its SHA-256.

    ``number`` counts the reports of a place. It holds what people wrote, so it is sealed.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="board_reports")
    number = models.PositiveIntegerField()
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="board_reports")
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="board_reports")
    content = SealedText(max_length=LONG)
    digest = models.CharField(max_length=64)

    kept = Kept(
        "what a board was told of its plan",
        Rule(ALWAYS),
        internal=("id", "place", "number", "plan", "meeting", "digest", "by", "at"),
        personal=("content",),
    )

    objects = SaidRows["Report"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("place", "number"), name="one_board_report_of_a_number"),)

    def __str__(self) -> str:
        return f"board report {self.number}"


class PublicVersions(models.QuerySet["PublicVersion"]):
    """How public versions are found. None is deleted; they are withdrawn one by one."""

    def standing(self) -> "PublicVersions":
        """Those that everybody may read."""
        return self.filter(withdrawn_at=None)

    def update(self, **_values: Any) -> NoReturn:
        raise ProtectedError("What was published is not changed: withdraw it.", set(self))

    def delete(self) -> NoReturn:
        raise ProtectedError("What was published is kept: withdraw it.", set(self))


class PublicVersion(models.Model):
    """What everybody may read of a report. Once withdrawn nobody outside reads it, and another may be published."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="public_versions")
    content = models.TextField(max_length=LONG)
    digest = models.CharField(max_length=64)
    money = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = SealedText(max_length=WORDS, blank=True)

    kept = Kept(
        "what everybody may read of a board report",
        Rule(ALWAYS),
        public=("report", "content", "digest", "money", "at"),
        internal=("id", "by", "withdrawn_by", "withdrawn_at"),
        personal=("withdrawn_because",),
    )

    objects = PublicVersions.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("report",), condition=Q(withdrawn_at__isnull=True), name="one_public_version_of_a_report"
            ),
        )

    def __str__(self) -> str:
        return f"public version of {self.report_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new one, or that one is withdrawn."""
        fields = kwargs.get("update_fields")
        if not self._state.adding and (fields is None or not set(fields) <= WITHDRAWING):
            raise ProtectedError("What was published is not changed: withdraw it.", {self})
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Never."""
        raise ProtectedError("What was published is kept: withdraw it.", {self})
