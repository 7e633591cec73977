"""Help between members: who helped whom with what, how the other side answered, and what came of it."""

from django.db import models
from django.db.models import F, Q

from ropewalk.site.agree.collaboration.kinds import Answered
from ropewalk.site.agree.partnership.models.said import WORDS, Said, SaidRows
from ropewalk.site.foundation.organisations.models import Organisation, Place
from ropewalk.site.foundation.retention.declaration import ALWAYS, Kept, Rule
from ropewalk.site.foundation.sealed.field import SealedText


class Help(Said):
    """A member helped another from a day until a day. ``told_by`` is the side that wrote it down."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="help")
    giver = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="help_given")
    taker = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="help_taken")
    told_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    what = SealedText(max_length=WORDS)
    minutes = models.PositiveIntegerField()
    begins = models.DateField()
    until = models.DateField()

    kept = Kept(
        "help members of a partnership gave each other",
        Rule(ALWAYS),
        internal=("id", "place", "giver", "taker", "told_by", "minutes", "begins", "until", "by", "at"),
        personal=("what",),
    )

    objects = SaidRows["Help"].as_manager()

    class Meta:
        verbose_name_plural = "help"
        constraints = (
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="nobody_helps_themselves"),
            models.CheckConstraint(
                condition=Q(told_by=F("giver")) | Q(told_by=F("taker")), name="help_is_told_by_one_of_its_sides"
            ),
            models.CheckConstraint(condition=Q(until__gte=F("begins")), name="help_in_order"),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="help_takes_time"),
        )
        indexes = (models.Index(fields=("place", "until"), name="help_of_a_place"),)

    def __str__(self) -> str:
        return f"{self.giver} helped {self.taker}"

    @property
    def asked(self) -> Organisation:
        """The side that is to confirm it."""
        return self.taker if self.told_by_id == self.giver_id else self.giver


class HelpAnswer(Said):
    """The other side confirmed or disputed a record of help, or its own side withdrew it; once."""

    help = models.OneToOneField(Help, on_delete=models.PROTECT, related_name="answer")
    kind = models.CharField(max_length=20)
    words = SealedText(max_length=WORDS, blank=True)

    kept = Kept(
        "whether the other side confirms help",
        Rule(ALWAYS),
        internal=("id", "help", "kind", "by", "at"),
        personal=("words",),
    )

    objects = SaidRows["HelpAnswer"].as_manager()

    def __str__(self) -> str:
        return self.kind_words

    @property
    def kind_words(self) -> str:
        """What it says, in words."""
        return Answered(self.kind).words


class CameOfIt(Said):
    """What came of help in the words of the member that was helped; its latest counts."""

    help = models.ForeignKey(Help, on_delete=models.PROTECT, related_name="came_of_it")
    words = SealedText(max_length=WORDS)

    kept = Kept("what came of help", Rule(ALWAYS), internal=("id", "help", "by", "at"), personal=("words",))

    objects = SaidRows["CameOfIt"].as_manager()

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(words=""), name="what_came_of_help_has_words"),)

    def __str__(self) -> str:
        return f"what came of {self.help_id}"
