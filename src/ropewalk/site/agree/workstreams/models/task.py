"""Stages 3 and 4: the charter with its end date, extensions, the closing, and what was decided in the end."""

from django.db import models
from django.db.models import F, Q

from ropewalk.site.agree.partnership.models.bodies import TEXT
from ropewalk.site.agree.partnership.models.said import WORDS, Said, SaidRows
from ropewalk.site.agree.workstreams.kinds import Ending
from ropewalk.site.agree.workstreams.models.baseline import LONG
from ropewalk.site.agree.workstreams.models.workstream import Workstream
from ropewalk.site.foundation.retention.declaration import ALWAYS, Kept, Rule
from ropewalk.site.foundation.sealed.field import SealedText


class Charter(Said):
    """What the task group does, who is on it, from when until when."""

    workstream = models.OneToOneField(Workstream, on_delete=models.PROTECT, related_name="charter")
    text = SealedText(max_length=TEXT)
    members = SealedText(max_length=TEXT)
    begins = models.DateField()
    ends = models.DateField()

    kept = Kept(
        "the charter of a task and finish group",
        Rule(ALWAYS),
        internal=("id", "workstream", "begins", "ends", "by", "at"),
        personal=("text", "members"),
    )

    objects = SaidRows["Charter"].as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="a_charter_ends_after_it_begins"),
        )

    def __str__(self) -> str:
        return f"charter of {self.workstream}"


class Extension(Said):
    """A formal extension to a later end date, with why."""

    workstream = models.ForeignKey(Workstream, on_delete=models.PROTECT, related_name="extensions")
    ends = models.DateField()
    because = SealedText(max_length=WORDS)

    kept = Kept(
        "formal extensions of a workstream",
        Rule(ALWAYS),
        internal=("id", "workstream", "ends", "by", "at"),
        personal=("because",),
    )

    objects = SaidRows["Extension"].as_manager()

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(because=""), name="an_extension_has_a_reason"),)

    def __str__(self) -> str:
        return f"{self.workstream} until {self.ends}"


class Closing(Said):
    """The work is closed, with what was done."""

    workstream = models.OneToOneField(Workstream, on_delete=models.PROTECT, related_name="closing")
    words = SealedText(max_length=TEXT)

    kept = Kept(
        "the closing of a workstream",
        Rule(ALWAYS),
        internal=("id", "workstream", "by", "at"),
        personal=("words",),
    )

    objects = SaidRows["Closing"].as_manager()

    def __str__(self) -> str:
        return f"closing of {self.workstream}"


class Decided(Said):
    """Adopted, adapted or stopped, with reasons and what was seen that day: canonical JSON and its SHA-256."""

    workstream = models.OneToOneField(Workstream, on_delete=models.PROTECT, related_name="decided")
    ending = models.CharField(max_length=20)
    words = SealedText(max_length=TEXT)
    seen = models.TextField(max_length=LONG)
    digest = models.CharField(max_length=64)

    kept = Kept(
        "what became of a workstream",
        Rule(ALWAYS),
        internal=("id", "workstream", "ending", "seen", "digest", "by", "at"),
        personal=("words",),
    )

    objects = SaidRows["Decided"].as_manager()

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(words=""), name="what_is_decided_has_reasons"),)

    def __str__(self) -> str:
        return f"{self.workstream}: {self.ending_words}"

    @property
    def ending_words(self) -> str:
        """What became of it, in words."""
        return Ending(self.ending).words
