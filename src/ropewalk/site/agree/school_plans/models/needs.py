"""Needs that schools name in words, and joint objectives that were made of needs of several."""

from django.conf import settings
from django.db import models

from ropewalk.site.agree.partnership.models.said import Said, SaidRows
from ropewalk.site.agree.plan.models import Item
from ropewalk.site.agree.school_plans.kinds import Topic
from ropewalk.site.agree.school_plans.models.claims import SHORT, Lasting
from ropewalk.site.foundation.organisations.models import Place
from ropewalk.site.foundation.retention.declaration import ALWAYS, Kept, Rule
from ropewalk.site.foundation.sealed.field import SealedText


class Need(Lasting):
    """A need in words. Whoever runs the partnership sees it only once the head shares it."""

    topic = models.CharField(max_length=20)
    words = SealedText(max_length=SHORT)
    shared_at = models.DateTimeField(null=True, blank=True)
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    kept = Kept(
        "needs that schools name",
        Rule(ALWAYS),
        internal=("id", "urn", "by", "at", "topic", "shared_at", "shared_by", "ended_at"),
        personal=("words",),
    )

    def __str__(self) -> str:
        return f"need {self.pk}"

    @property
    def about(self) -> Topic:
        """What it is about."""
        return Topic(self.topic)


class JointObjective(Said):
    """Needs of several schools of a place became an objective of its plan."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    topic = models.CharField(max_length=20)
    schools = models.PositiveSmallIntegerField()
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")

    kept = Kept(
        "objectives made of needs of several schools",
        Rule(ALWAYS),
        internal=("id", "place", "topic", "schools", "item", "by", "at"),
    )

    objects = SaidRows["JointObjective"].as_manager()

    def __str__(self) -> str:
        return f"{self.topic}: {self.item_id}"
