"""Money of a partnership: who gives how much for what, and what was spent. Amounts are pence."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ropewalk.site.agree.partnership.models.said import WORDS, in_order
from ropewalk.site.foundation.organisations.models import NAME, Place
from ropewalk.site.foundation.retention.declaration import ALWAYS, Kept, Rule
from ropewalk.site.foundation.sealed.field import SealedText


class FundingLine(models.Model):
    """What a funder gives for a purpose, from a first day until a last one."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="funding_lines")
    funder = models.CharField(max_length=NAME)
    title = models.CharField(max_length=NAME)
    pence = models.BigIntegerField()
    begins = models.DateField()
    until = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = Kept(
        "who funds a partnership",
        Rule(ALWAYS),
        internal=("id", "place", "funder", "title", "pence", "begins", "until", "by", "at"),
    )

    class Meta:
        constraints = (
            in_order("funding_line_in_order"),
            models.CheckConstraint(condition=Q(pence__gt=0), name="funding_is_more_than_nothing"),
            models.UniqueConstraint(fields=("place", "funder", "title"), name="one_line_of_a_funder_and_title"),
        )

    def __str__(self) -> str:
        return f"{self.funder}: {self.title}"


class Spending(models.Model):
    """What was spent from a line on a day, on what and for which objective. A wrong one is struck out, with why."""

    line = models.ForeignKey(FundingLine, on_delete=models.PROTECT, related_name="spendings")
    day = models.DateField()
    pence = models.BigIntegerField()
    what = SealedText(max_length=WORDS)
    objective = models.CharField(max_length=NAME)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    struck_because = SealedText(max_length=WORDS, blank=True)

    kept = Kept(
        "what a partnership spent on what",
        Rule(ALWAYS),
        internal=("id", "line", "day", "pence", "objective", "by", "at", "struck_at", "struck_by"),
        personal=("what", "struck_because"),
    )

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(pence__gt=0), name="spending_is_more_than_nothing"),)
        indexes = (models.Index(fields=("line", "-day"), name="spendings_of_a_line"),)

    def __str__(self) -> str:
        return f"{self.what} ({self.day})"
