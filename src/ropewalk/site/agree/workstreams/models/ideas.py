"""Stage 2: ideas, votes of contributors, and the shortlist."""

from django.db import models
from django.db.models import Q

from ropewalk.site.agree.partnership.models.said import WORDS, Said, SaidRows
from ropewalk.site.agree.workstreams.kinds import Evidence
from ropewalk.site.agree.workstreams.models.workstream import Contributor, Workstream
from ropewalk.site.foundation.organisations.models import NAME
from ropewalk.site.foundation.retention.declaration import ALWAYS, Kept, Rule
from ropewalk.site.foundation.sealed.field import SealedText


class Idea(Said):
    """What could be done: who would own it, how strong its evidence is, and what it costs, in pence."""

    workstream = models.ForeignKey(Workstream, on_delete=models.PROTECT, related_name="ideas")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=NAME)
    words = SealedText(max_length=WORDS)
    owner = SealedText(max_length=NAME)
    evidence = models.CharField(max_length=20)
    link = models.CharField(max_length=WORDS, blank=True)
    pence = models.BigIntegerField()

    kept = Kept(
        "ideas of a workstream",
        Rule(ALWAYS),
        internal=("id", "workstream", "number", "title", "evidence", "link", "pence", "by", "at"),
        personal=("words", "owner"),
    )

    objects = SaidRows["Idea"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("workstream", "number"), name="one_idea_of_a_number"),
            models.CheckConstraint(condition=Q(pence__gte=0), name="an_idea_costs_nothing_or_more"),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def evidence_words(self) -> str:
        """How strong its evidence is, in words."""
        return Evidence(self.evidence).words


class Vote(Said):
    """For which idea a contributor votes; its latest vote counts."""

    contributor = models.ForeignKey(Contributor, on_delete=models.PROTECT, related_name="votes")
    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="votes")

    kept = Kept("votes on ideas", Rule(ALWAYS), internal=("id", "contributor", "idea", "by", "at"))

    objects = SaidRows["Vote"].as_manager()

    class Meta:
        indexes = (models.Index(fields=("contributor", "-id"), name="votes_of_a_contributor"),)

    def __str__(self) -> str:
        return f"{self.contributor}: {self.idea}"


class Shortlist(Said):
    """The decision which ideas are tried; the latest counts."""

    workstream = models.ForeignKey(Workstream, on_delete=models.PROTECT, related_name="shortlists")
    words = SealedText(max_length=WORDS)

    kept = Kept(
        "which ideas are tried",
        Rule(ALWAYS),
        internal=("id", "workstream", "by", "at"),
        personal=("words",),
    )

    objects = SaidRows["Shortlist"].as_manager()

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(words=""), name="a_shortlist_has_words"),)

    def __str__(self) -> str:
        return f"shortlist of {self.workstream}"


class Shortlisted(models.Model):
    """An idea on a shortlist."""

    shortlist = models.ForeignKey(Shortlist, on_delete=models.PROTECT, related_name="chosen")
    idea = models.ForeignKey(Idea, on_delete=models.PROTECT, related_name="chosen")

    kept = Kept("ideas on a shortlist", Rule(ALWAYS), internal=("id", "shortlist", "idea"))

    class Meta:
        constraints = (models.UniqueConstraint(fields=("shortlist", "idea"), name="an_idea_once_on_a_shortlist"),)

    def __str__(self) -> str:
        return str(self.idea)
