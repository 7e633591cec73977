"""Practice a member shares with its evidence, and which members took it up."""

from django.db import models

from ropewalk.site.agree.partnership.models.said import WORDS, Said, SaidRows
from ropewalk.site.foundation.organisations.models import NAME, Organisation, Place
from ropewalk.site.foundation.retention.declaration import ALWAYS, Kept, Rule
from ropewalk.site.foundation.sealed.field import SealedText

URL = 500


class Practice(Said):
    """What a member does that others may take up, what shows that it works, and where to read more."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="practice")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="practice")
    title = models.CharField(max_length=NAME)
    words = SealedText(max_length=WORDS)
    evidence = SealedText(max_length=WORDS)
    link = models.URLField(max_length=URL, blank=True)

    kept = Kept(
        "practice members of a partnership shared",
        Rule(ALWAYS),
        internal=("id", "place", "organisation", "title", "link", "by", "at"),
        personal=("words", "evidence"),
    )

    objects = SaidRows["Practice"].as_manager()

    class Meta:
        verbose_name_plural = "practice"
        constraints = (
            models.UniqueConstraint(fields=("place", "organisation", "title"), name="one_practice_of_a_title"),
        )
        indexes = (models.Index(fields=("place", "at"), name="practice_of_a_place"),)

    def __str__(self) -> str:
        return self.title


class TakenUp(Said):
    """A member took up another's practice, and says what became of it; once."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="taken_up")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="practice_taken_up")
    words = SealedText(max_length=WORDS)

    kept = Kept(
        "who took up whose practice",
        Rule(ALWAYS),
        internal=("id", "practice", "organisation", "by", "at"),
        personal=("words",),
    )

    objects = SaidRows["TakenUp"].as_manager()

    class Meta:
        verbose_name_plural = "taken up"
        constraints = (
            models.UniqueConstraint(fields=("practice", "organisation"), name="a_member_takes_up_a_practice_once"),
        )

    def __str__(self) -> str:
        return f"{self.organisation}: {self.practice}"
