"""A workstream: a question of a place, who leads it, who contributes, and the measure set beforehand."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import ProtectedError, Q

from ropewalk.site.agree.partnership.models.said import WORDS, Said, SaidRows
from ropewalk.site.agree.workstreams.kinds import Aim
from ropewalk.site.foundation.organisations.models import NAME, Place
from ropewalk.site.foundation.retention.declaration import ALWAYS, Kept, Rule
from ropewalk.site.foundation.sealed.field import SealedText


class Workstream(models.Model):
    """A question of a place that goes through four stages. Its stage follows from what was done, and is not kept."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="workstreams")
    title = models.CharField(max_length=NAME)
    question = models.CharField(max_length=WORDS)
    aim = models.CharField(max_length=30)
    chair = SealedText(max_length=NAME)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    kept = Kept(
        "workstreams of a place",
        Rule(ALWAYS),
        internal=("id", "place", "title", "question", "aim", "by", "at"),
        personal=("chair",),
    )

    class Meta:
        constraints = (models.UniqueConstraint(fields=("place", "title"), name="one_workstream_of_a_title"),)

    def __str__(self) -> str:
        return self.title

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Never."""
        raise ProtectedError("Workstreams are kept.", {self})

    @property
    def aim_words(self) -> str:
        """What it wants, in words."""
        return Aim(self.aim).words


class Contributor(Said):
    """An organisation that contributes to a workstream, by its name: not all have accounts here."""

    workstream = models.ForeignKey(Workstream, on_delete=models.PROTECT, related_name="contributors")
    name = models.CharField(max_length=NAME)

    kept = Kept("who contributes to a workstream", Rule(ALWAYS), internal=("id", "workstream", "name", "by", "at"))

    objects = SaidRows["Contributor"].as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("workstream", "name"), name="a_contributor_once"),)

    def __str__(self) -> str:
        return self.name


class MeasureSet(Said):
    """By which measure the work will be judged; set before the baseline is signed. The latest counts."""

    workstream = models.ForeignKey(Workstream, on_delete=models.PROTECT, related_name="measures_set")
    measure = models.CharField(max_length=100)
    phase = models.CharField(max_length=30)
    group = models.CharField(max_length=60)

    kept = Kept(
        "by which measure a workstream is judged",
        Rule(ALWAYS),
        internal=("id", "workstream", "measure", "phase", "group", "by", "at"),
    )

    objects = SaidRows["MeasureSet"].as_manager()

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(measure=""), name="a_measure_is_named"),)

    def __str__(self) -> str:
        return self.measure
