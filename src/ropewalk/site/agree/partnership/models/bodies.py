"""Bodies of a partnership, what they are for, and who is on them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ropewalk.site.agree.partnership.kinds import BodyKind, Part
from ropewalk.site.agree.partnership.models.said import LASTING, Lasting, Said, SaidRows, in_order
from ropewalk.site.foundation.organisations.models import NAME, Place
from ropewalk.site.foundation.retention.declaration import ALWAYS, SIX_YEARS, Kept, Rule
from ropewalk.site.foundation.sealed.field import SealedText

TEXT = 20_000


class Body(Lasting):
    """A board, group, workstream or meeting. ``strand`` is the part of the common plan it works on, in its words."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="bodies")
    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=NAME)
    strand = models.CharField(max_length=NAME, blank=True)

    kept = Kept(
        "bodies of a partnership",
        Rule(ALWAYS),
        public=("place", "kind", "name", "strand"),
        internal=("id", *LASTING),
    )

    class Meta:
        verbose_name_plural = "bodies"
        constraints = (
            in_order("body_in_order"),
            models.UniqueConstraint(
                fields=("place", "name"), condition=Q(until__isnull=True), name="one_body_of_a_name"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def kind_words(self) -> str:
        """What sort it is, in words."""
        return BodyKind(self.kind).words


class TermsOfReference(Said):
    """One version of what a body is for and how it works, as agreed on a day."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="terms")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=TEXT)
    agreed_on = models.DateField()

    kept = Kept(
        "what a body is for",
        Rule(ALWAYS),
        public=("body", "number", "text", "agreed_on"),
        internal=("id", "by", "at"),
    )

    objects = SaidRows["TermsOfReference"].as_manager()

    class Meta:
        verbose_name_plural = "terms of reference"
        constraints = (models.UniqueConstraint(fields=("body", "number"), name="one_terms_of_reference_of_a_number"),)

    def __str__(self) -> str:
        return f"terms of reference of {self.body}, version {self.number}"


class Seat(Lasting):
    """Somebody is on a body: an account, or a name for whoever has none; ``organisation`` is whom they come from."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="seats"
    )
    name = SealedText(max_length=NAME, blank=True)
    organisation = models.CharField(max_length=NAME, blank=True)
    part = models.CharField(max_length=20)

    kept = Kept(
        "who is or was on a body of a partnership",
        Rule("six years after they left it", since="until", days=SIX_YEARS),
        public=("body", "organisation", "part"),
        internal=("id", "account", *LASTING),
        personal=("name",),
    )

    class Meta:
        constraints = (
            in_order("seat_in_order"),
            models.CheckConstraint(
                condition=Q(account__isnull=True) ^ Q(name=""), name="a_seat_is_an_account_s_or_has_a_name"
            ),
            models.UniqueConstraint(
                fields=("body", "account", "part"),
                condition=Q(until__isnull=True, account__isnull=False),
                name="one_seat_goes_on",
            ),
        )

    def __str__(self) -> str:
        return f"{self.part} of {self.body}"

    @property
    def who(self) -> str:
        """Whose it is."""
        return self.account.name if self.account is not None else self.name

    @property
    def part_words(self) -> str:
        """The part they play, in words."""
        return Part(self.part).words
