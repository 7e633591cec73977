"""What the site itself remembers of returns: who started which upload, and which school was reminded.

What was sent, its receipts and the facts stand in the store, not here.
"""

import uuid

from django.conf import settings
from django.db import models

from ropewalk.site.foundation.permissions.scoped import SchoolRows
from ropewalk.site.foundation.retention.declaration import Kept, Rule


class Upload(models.Model):
    """Files somebody sent for a school, on their way from being checked to being submitted or given up.

    The files themselves and what was found stand in a folder of the same id, and are gone after a day.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    urn = models.PositiveIntegerField("school")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="uploads")
    at = models.DateTimeField()
    files = models.PositiveSmallIntegerField()
    receipt = models.CharField(max_length=80, blank=True)
    given_up = models.BooleanField(default=False)

    kept = Kept(
        "who sent files for a school",
        Rule("a year; the files a day", since="at", days=366),
        public=("urn",),
        internal=("id", "by", "at", "files", "receipt", "given_up"),
    )

    objects = SchoolRows.as_manager()

    class Meta:
        indexes = (models.Index(fields=("urn", "-at"), name="uploads_of_a_school"),)

    def __str__(self) -> str:
        return f"upload of {self.at:%Y-%m-%d %H:%M} for {self.urn}"


class Reminder(models.Model):
    """A school was reminded of what it has not sent: by whom and when."""

    urn = models.PositiveIntegerField("school")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reminders")
    at = models.DateTimeField()

    kept = Kept(
        "which school was reminded",
        Rule("two years", since="at", days=731),
        public=("urn",),
        internal=("id", "by", "at"),
    )

    objects = SchoolRows.as_manager()

    class Meta:
        indexes = (models.Index(fields=("urn", "-at"), name="reminders_of_a_school"),)

    def __str__(self) -> str:
        return f"reminder of {self.at:%Y-%m-%d} to {self.urn}"
