"""What a partnership agreed that counts, version by version."""

from django.db import models
from django.db.models import Q

from ropewalk.site.agree.collaboration.kinds import Counted
from ropewalk.site.agree.partnership.models.said import WORDS, Said, SaidRows
from ropewalk.site.foundation.organisations.models import Place
from ropewalk.site.foundation.retention.declaration import ALWAYS, Kept, Rule
from ropewalk.site.foundation.sealed.field import SealedText

LIST = 200


class WhatCounts(Said):
    """What counts from a day on, as the partnership agreed, and why. ``counted`` are names of kinds, by commas."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="what_counts")
    number = models.PositiveSmallIntegerField()
    counted = models.CharField(max_length=LIST)
    day = models.DateField()
    words = SealedText(max_length=WORDS)

    kept = Kept(
        "what counts as collaboration, as a partnership agreed",
        Rule(ALWAYS),
        internal=("id", "place", "number", "counted", "day", "by", "at"),
        personal=("words",),
    )

    objects = SaidRows["WhatCounts"].as_manager()

    class Meta:
        verbose_name_plural = "what counts"
        constraints = (
            models.UniqueConstraint(fields=("place", "number"), name="one_version_of_what_counts_of_a_number"),
            models.CheckConstraint(condition=~Q(words=""), name="what_counts_has_reasons"),
        )

    def __str__(self) -> str:
        return f"what counts, version {self.number}"

    @property
    def kinds(self) -> list[Counted]:
        """What counts, in the order in which it is shown."""
        said = set(self.counted.split(","))
        return [one for one in Counted if one in said]
