"""Meetings of bodies: agenda, who was there, what was decided and who does what by when."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ropewalk.site.agree.partnership.kinds import OutcomeKind, Presence
from ropewalk.site.agree.partnership.models.bodies import Body, Seat
from ropewalk.site.agree.partnership.models.said import WORDS
from ropewalk.site.foundation.organisations.models import NAME
from ropewalk.site.foundation.retention.declaration import ALWAYS, SIX_YEARS, Kept, Rule
from ropewalk.site.foundation.sealed.field import SealedText


class Meeting(models.Model):
    """A body meets at a moment and place; a meeting that does not take place is called off, with why.

    ``uid`` is what calendar programs know it by; ``sequence`` counts how often it was moved or called off.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    where = models.CharField(max_length=NAME)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    called_off_at = models.DateTimeField(null=True, blank=True)
    called_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    called_off_because = SealedText(max_length=WORDS, blank=True)
    sequence = models.PositiveSmallIntegerField(default=0)

    kept = Kept(
        "when bodies of a partnership meet",
        Rule(ALWAYS),
        public=("body", "starts_at", "ends_at", "where"),
        internal=("id", "uid", "by", "at", "called_off_at", "called_off_by", "sequence"),
        personal=("called_off_because",),
    )

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_meeting_ends_after_it_starts"),
            models.UniqueConstraint(fields=("body", "starts_at"), name="one_meeting_of_a_body_at_once"),
        )

    def __str__(self) -> str:
        return f"{self.body}, {self.starts_at:%Y-%m-%d}"


class AgendaItem(models.Model):
    """What a meeting is to speak of."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="agenda")
    number = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=WORDS)

    kept = Kept("what meetings are to speak of", Rule(ALWAYS), internal=("id", "meeting", "number", "words"))

    class Meta:
        constraints = (models.UniqueConstraint(fields=("meeting", "number"), name="one_agenda_item_of_a_number"),)

    def __str__(self) -> str:
        return f"{self.number}. {self.words}"


class Attendance(models.Model):
    """Whether somebody on a body was at a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendance")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="attendance")
    presence = models.CharField(max_length=20)

    kept = Kept(
        "who was at a meeting",
        Rule("as long as it is kept who was on the body"),
        internal=("id", "meeting", "seat", "presence"),
    )

    class Meta:
        constraints = (models.UniqueConstraint(fields=("meeting", "seat"), name="one_attendance_of_a_seat"),)

    def __str__(self) -> str:
        return f"{self.presence} at {self.meeting_id}"

    @property
    def presence_words(self) -> str:
        """How they were there, in words."""
        return Presence(self.presence).words


class Outcome(models.Model):
    """A decision of a meeting, or an action with who does it by when; its meeting is where it comes from."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="outcomes")
    kind = models.CharField(max_length=20)
    words = SealedText(max_length=WORDS)
    owner = SealedText(max_length=NAME, blank=True)
    due = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    kept = Kept(
        "what meetings decided and who does what",
        Rule("six years after it was done; what is not done as long as the site", since="done_on", days=SIX_YEARS),
        internal=("id", "meeting", "kind", "due", "by", "at", "done_on", "done_by"),
        personal=("words", "owner"),
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(kind="decision", owner="", due__isnull=True)
                | (Q(kind="action", due__isnull=False) & ~Q(owner="")),
                name="an_action_has_an_owner_and_a_day",
            ),
        )

    def __str__(self) -> str:
        return self.words

    @property
    def is_action(self) -> bool:
        """Whether somebody is to do something."""
        return self.kind == OutcomeKind.ACTION

    def is_late(self, on: date) -> bool:
        """Whether it should have been done by a day and is not."""
        return self.is_action and self.done_on is None and self.due is not None and self.due < on
