"""Stage 1: figures that contributors submit, definitions reconciled, the picture frozen and signed."""

from django.db import models
from django.db.models import Q

from ropewalk.site.agree.partnership.models.bodies import TEXT
from ropewalk.site.agree.partnership.models.said import WORDS, Said, SaidRows
from ropewalk.site.agree.workstreams.models.workstream import Contributor, Workstream
from ropewalk.site.foundation.organisations.models import NAME
from ropewalk.site.foundation.retention.declaration import ALWAYS, Kept, Rule
from ropewalk.site.foundation.sealed.field import SealedText

LONG = 100_000


class SubmittedFigure(Said):
    """A figure of the picture: chosen from published statistics (``measure`` is set), or typed with its evidence."""

    contributor = models.ForeignKey(Contributor, on_delete=models.PROTECT, related_name="figures")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=NAME)
    value = models.CharField(max_length=NAME)
    period = models.CharField(max_length=60)
    definition = models.TextField(max_length=TEXT)
    source = models.CharField(max_length=WORDS)
    evidence = models.CharField(max_length=WORDS, blank=True)
    measure = models.CharField(max_length=100, blank=True)
    phase = models.CharField(max_length=30, blank=True)
    group = models.CharField(max_length=60, blank=True)

    kept = Kept(
        "figures of the baseline of a workstream",
        Rule(ALWAYS),
        internal=(
            *("id", "contributor", "number", "title", "value", "period", "definition", "source", "evidence"),
            *("measure", "phase", "group", "by", "at"),
        ),
    )

    objects = SaidRows["SubmittedFigure"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("contributor", "number"), name="one_figure_of_a_number"),
            models.CheckConstraint(condition=~Q(measure="", evidence=""), name="a_typed_figure_has_evidence"),
        )

    def __str__(self) -> str:
        return f"{self.title}, {self.period}"

    @property
    def is_published(self) -> bool:
        """Whether its value comes from published statistics."""
        return bool(self.measure)


class Reconciliation(Said):
    """What was decided where definitions differ."""

    workstream = models.ForeignKey(Workstream, on_delete=models.PROTECT, related_name="reconciliations")
    title = models.CharField(max_length=NAME)
    words = SealedText(max_length=WORDS)

    kept = Kept(
        "how differences of definition were reconciled",
        Rule(ALWAYS),
        internal=("id", "workstream", "title", "by", "at"),
        personal=("words",),
    )

    objects = SaidRows["Reconciliation"].as_manager()

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(words=""), name="a_reconciliation_has_words"),)

    def __str__(self) -> str:
        return self.title


class Picture(Said):
    """The baseline as it is frozen: canonical JSON and its SHA-256. A later number replaces it until all signed."""

    workstream = models.ForeignKey(Workstream, on_delete=models.PROTECT, related_name="pictures")
    number = models.PositiveSmallIntegerField()
    content = models.TextField(max_length=LONG)
    digest = models.CharField(max_length=64)

    kept = Kept(
        "the frozen baseline of a workstream",
        Rule(ALWAYS),
        internal=("id", "workstream", "number", "content", "digest", "by", "at"),
    )

    objects = SaidRows["Picture"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("workstream", "number"), name="one_picture_of_a_number"),)

    def __str__(self) -> str:
        return f"{self.workstream}, picture {self.number}"


class PictureSignature(Said):
    """A named person signed a picture for a contributor; ``digest`` is that of what they read."""

    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="signatures")
    contributor = models.ForeignKey(Contributor, on_delete=models.PROTECT, related_name="signatures")
    name = SealedText(max_length=NAME)
    digest = models.CharField(max_length=64)

    kept = Kept(
        "who signed the baseline of a workstream",
        Rule(ALWAYS),
        internal=("id", "picture", "contributor", "digest", "by", "at"),
        personal=("name",),
    )

    objects = SaidRows["PictureSignature"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("picture", "contributor"), name="a_contributor_signs_once"),)

    def __str__(self) -> str:
        return f"{self.contributor}, {self.picture}"
