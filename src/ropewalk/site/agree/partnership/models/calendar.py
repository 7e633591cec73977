"""Secret addresses at which calendar programs fetch the meetings somebody sees."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ropewalk.site.foundation.retention.declaration import Kept, Rule


class CalendarLink(models.Model):
    """An address of somebody's own. The address is not kept, only what it can be known by."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calendar_links")
    mark = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    kept = Kept(
        "which calendar programs may fetch meetings",
        Rule("30 days after it ended", since="ended_at", days=30),
        internal=("id", "account", "mark", "made_at", "ended_at"),
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("account",), condition=Q(ended_at__isnull=True), name="one_calendar_link_of_an_account"
            ),
        )

    def __str__(self) -> str:
        return f"a calendar link of {self.made_at:%Y-%m-%d}"
