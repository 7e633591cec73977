"""Heads' decisions to join the partnership of a place and to leave it."""

from django.db import models

from ropewalk.site.agree.partnership.models.said import WORDS, Said, SaidRows
from ropewalk.site.foundation.organisations.models import Organisation, Place
from ropewalk.site.foundation.retention.declaration import ALWAYS, Kept, Rule
from ropewalk.site.foundation.sealed.field import SealedText


class Decision(Said):
    """A school joins the partnership of a place from a day on, or leaves it: then it belongs until the day before.

    ``number`` counts the decisions of a place; of a school's, the latest that has begun counts.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="decisions")
    school = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveIntegerField()
    joins = models.BooleanField()
    day = models.DateField()
    words = SealedText(max_length=WORDS)

    kept = Kept(
        "which schools belong to a partnership, since when, and who decided",
        Rule(ALWAYS),
        public=("place", "school", "joins", "day"),
        internal=("id", "number", "by", "at"),
        personal=("words",),
    )

    objects = SaidRows["Decision"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("place", "number"), name="one_decision_of_a_number"),
            models.CheckConstraint(condition=~models.Q(words=""), name="a_decision_has_words"),
        )
        indexes = (models.Index(fields=("school", "place", "-number"), name="decisions_of_a_school"),)

    def __str__(self) -> str:
        return f"{self.school} {'joins' if self.joins else 'leaves'} {self.place}"
