"""Slots of a surgery that schools book."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ropewalk.site.agree.partnership.models.meetings import Meeting
from ropewalk.site.agree.partnership.models.said import WORDS
from ropewalk.site.foundation.organisations.models import Organisation
from ropewalk.site.foundation.retention.declaration import Kept, Rule
from ropewalk.site.foundation.sealed.field import SealedText


class Booking(models.Model):
    """A school has a slot of a surgery, and what it wants to speak of. ``number`` counts slots from 0."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="bookings")
    number = models.PositiveSmallIntegerField()
    school = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    about = SealedText(max_length=WORDS)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    kept = Kept(
        "which school booked a slot of a surgery, and what about",
        Rule("two years", since="at", days=731),
        internal=("id", "meeting", "number", "school", "by", "at", "cancelled_at", "cancelled_by"),
        personal=("about",),
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("meeting", "number"), condition=Q(cancelled_at__isnull=True), name="a_slot_is_booked_once"
            ),
        )

    def __str__(self) -> str:
        return f"slot {self.number} of meeting {self.meeting_id}"
