"""Due diligence on a school or trust: what was looked at, what was found, what shows it, what it answers."""

from django.conf import settings
from django.db import models

from ropewalk.site.agree.partnership.kinds import DiligenceArea
from ropewalk.site.agree.partnership.models.meetings import Meeting
from ropewalk.site.agree.partnership.models.said import LASTING, Lasting, Said, SaidRows, in_order
from ropewalk.site.foundation.organisations.models import NAME, Organisation, Place
from ropewalk.site.foundation.papers.models import Paper
from ropewalk.site.foundation.retention.declaration import SIX_YEARS, Kept, Rule
from ropewalk.site.foundation.sealed.field import SealedText

FINDING = 4_000
_SIX_YEARS = Rule("six years", since="at", days=SIX_YEARS)


class Diligence(models.Model):
    """A look at a school or trust, and why it is taken."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="diligences")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="diligences")
    why = SealedText(max_length=FINDING)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = Kept(
        "due diligence on a school or trust",
        _SIX_YEARS,
        internal=("id", "place", "organisation", "by", "at"),
        personal=("why",),
    )

    def __str__(self) -> str:
        return f"due diligence {self.pk}"


class Finding(Said):
    """One version of what was found of one question; ``number`` counts questions of the record."""

    diligence = models.ForeignKey(Diligence, on_delete=models.CASCADE, related_name="findings")
    number = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()
    area = models.CharField(max_length=20)
    question = SealedText(max_length=NAME)
    words = SealedText(max_length=FINDING)
    looked_on = models.DateField()
    looked_by = SealedText(max_length=NAME)
    link = SealedText(max_length=500, blank=True)
    paper = models.ForeignKey(Paper, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    minutes = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    follows = SealedText(max_length=FINDING, blank=True)
    due = models.DateField(null=True, blank=True)

    kept = Kept(
        "what due diligence found",
        _SIX_YEARS,
        internal=("id", "diligence", "number", "version", "area", "looked_on", "paper", "minutes", "due", "by", "at"),
        personal=("question", "words", "looked_by", "link", "follows"),
    )

    objects = SaidRows["Finding"].as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("diligence", "number", "version"), name="one_version_of_a_finding"),
        )

    def __str__(self) -> str:
        return f"finding {self.number}, version {self.version}, of {self.diligence_id}"

    @property
    def area_words(self) -> str:
        """What it is about, in words."""
        return DiligenceArea(self.area).words


class DiligenceAnswer(Said):
    """What the school or trust says to a finding; to the whole where ``number`` is 0."""

    diligence = models.ForeignKey(Diligence, on_delete=models.CASCADE, related_name="answers")
    number = models.PositiveSmallIntegerField()
    words = SealedText(max_length=FINDING)

    kept = Kept(
        "what a school or trust answers to due diligence",
        _SIX_YEARS,
        internal=("id", "diligence", "number", "by", "at"),
        personal=("words",),
    )

    objects = SaidRows["DiligenceAnswer"].as_manager()

    def __str__(self) -> str:
        return f"answer to finding {self.number} of {self.diligence_id}"


class DiligenceReader(Lasting):
    """Somebody besides those it concerns who may read a record, from a day until a day."""

    diligence = models.ForeignKey(Diligence, on_delete=models.CASCADE, related_name="readers")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    kept = Kept(
        "who else may read due diligence",
        Rule("six years after it ended", since="until", days=SIX_YEARS),
        internal=("id", "diligence", "account", *LASTING),
    )

    class Meta:
        constraints = (in_order("a_reader_in_order"),)

    def __str__(self) -> str:
        return f"reader of {self.diligence_id}"
