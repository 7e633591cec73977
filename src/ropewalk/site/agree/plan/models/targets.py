"""How a target comes about: proposed, spoken of, revised, agreed by those who are asked."""

from django.db import models

from ropewalk.site.agree.partnership.models.said import WORDS, Said, SaidRows
from ropewalk.site.agree.plan.models.items import Item
from ropewalk.site.agree.plan.models.kpis import DIGITS, PLACES
from ropewalk.site.foundation.retention.declaration import ALWAYS, Kept, Rule
from ropewalk.site.foundation.sealed.field import SealedText


class Proposal(Said):
    """A target that somebody proposes for a KPI; the next number revises the one before."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="proposals")
    number = models.PositiveSmallIntegerField()
    target = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    words = SealedText(max_length=WORDS)

    kept = Kept(
        "targets proposed for a plan",
        Rule(ALWAYS),
        internal=("id", "item", "number", "target", "by", "at"),
        personal=("words",),
    )

    objects = SaidRows["Proposal"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("item", "number"), name="one_proposal_of_a_number"),)

    def __str__(self) -> str:
        return f"proposal {self.number}"


class Answer(Said):
    """What somebody says to a proposal: a comment, or that they agree."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="answers")
    agrees = models.BooleanField()
    words = SealedText(max_length=WORDS, blank=True)

    kept = Kept(
        "what was said to targets of a plan",
        Rule(ALWAYS),
        internal=("id", "proposal", "agrees", "by", "at"),
        personal=("words",),
    )

    objects = SaidRows["Answer"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("proposal", "by"), condition=models.Q(agrees=True), name="somebody_agrees_a_target_once"
            ),
            models.CheckConstraint(condition=models.Q(agrees=True) | ~models.Q(words=""), name="a_comment_has_words"),
        )

    def __str__(self) -> str:
        return "agrees" if self.agrees else "comments"
