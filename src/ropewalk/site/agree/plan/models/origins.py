"""What came into a plan from a meeting."""

from django.db import models
from django.utils import timezone

from ropewalk.site.agree.partnership.models import Meeting, Outcome
from ropewalk.site.agree.plan.models.items import Item
from ropewalk.site.agree.plan.models.plans import Plan
from ropewalk.site.foundation.numbers import long_date
from ropewalk.site.foundation.retention.declaration import ALWAYS, Kept, Rule


class Origin(models.Model):
    """A decision or action of a meeting in a plan. A decision has no part of the plan; it is told in its changes.

    ``outcome`` is what was minuted, for as long as that is kept: who does it stands there and nowhere else.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="origins")
    item = models.OneToOneField(Item, null=True, blank=True, on_delete=models.PROTECT, related_name="origin")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="+")
    outcome = models.ForeignKey(Outcome, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    kept = Kept(
        "what came into a plan from a meeting",
        Rule(ALWAYS),
        internal=("id", "plan", "item", "meeting", "outcome"),
    )

    class Meta:
        constraints = (models.UniqueConstraint(fields=("plan", "outcome"), name="an_outcome_comes_into_a_plan_once"),)

    def __str__(self) -> str:
        return f"{self.item_id or self.plan_id} from {self.meeting_id}"

    @property
    def words(self) -> str:
        """``Education Board of 12 March 2026``."""
        return meeting_words(self.meeting)


def meeting_words(meeting: Meeting) -> str:
    """``Education Board of 12 March 2026``."""
    return f"{meeting.body.name} of {long_date(timezone.localtime(meeting.starts_at).date())}"
