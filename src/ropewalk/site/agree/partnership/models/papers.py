"""Papers of a meeting, and who besides its body is invited to it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ropewalk.site.agree.partnership.models.meetings import Meeting
from ropewalk.site.foundation.organisations.models import NAME
from ropewalk.site.foundation.papers.models import Attached
from ropewalk.site.foundation.retention.declaration import Kept, Rule
from ropewalk.site.foundation.sealed.field import SealedText


class MeetingPaper(Attached):
    """A file for a meeting, put there by whoever runs it; seen by whoever sees the meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="papers")

    kept = Kept("papers of meetings", Rule("as long as the file"), internal=("id", "paper", "meeting"))

    def __str__(self) -> str:
        return str(self.paper)


class Guest(models.Model):
    """Somebody who is not on the body and is invited to one meeting, by name and address."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="guests")
    name = SealedText(max_length=NAME)
    email = SealedText(max_length=254)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = Kept(
        "guests who are invited to a meeting",
        Rule("two years after they were named", since="at", days=731),
        internal=("id", "meeting", "by", "at"),
        personal=("name", "email"),
    )

    def __str__(self) -> str:
        return self.name


class Letter(models.Model):
    """One person is told of one state of a meeting: called, moved (a higher ``sequence``) or called off.

    There is one row for each, made before the letter leaves. ``tried_at`` is when it was last tried, ``sent_at`` when
    the mail server took it: nobody gets the same news twice, also when two press the button at once.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="letters")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    guest = models.ForeignKey(Guest, null=True, blank=True, on_delete=models.CASCADE, related_name="letters")
    sequence = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    kept = Kept(
        "who was told of a meeting by mail",
        Rule("two years", since="made_at", days=731),
        internal=("id", "meeting", "account", "guest", "sequence", "made_at", "tried_at", "sent_at"),
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(account__isnull=True) ^ Q(guest__isnull=True), name="a_letter_is_to_one_person"
            ),
            models.UniqueConstraint(
                fields=("meeting", "account", "sequence"),
                condition=Q(account__isnull=False),
                name="one_letter_to_an_account",
            ),
            models.UniqueConstraint(
                fields=("meeting", "guest", "sequence"), condition=Q(guest__isnull=False), name="one_letter_to_a_guest"
            ),
        )

    def __str__(self) -> str:
        return f"letter {self.sequence} of meeting {self.meeting_id}"
