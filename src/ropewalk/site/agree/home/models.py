"""How often somebody wants to be reminded, and the letters of each day. What the letters say is not kept."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ropewalk.site.agree.home.kinds import Became, Often
from ropewalk.site.foundation.retention.declaration import Kept, Rule


class Wish(models.Model):
    """How often somebody wants to be reminded; without a row it is as usual."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    often = models.CharField(max_length=10)
    at = models.DateTimeField()

    kept = Kept(
        "how often somebody is reminded by e-mail",
        Rule("as long as the account"),
        internal=("id", "account", "often", "at"),
    )

    class Meta:
        verbose_name_plural = "wishes"
        constraints = (
            models.CheckConstraint(condition=Q(often__in=[one.value for one in Often]), name="a_wish_is_known"),
        )

    def __str__(self) -> str:
        return self.often


class Letter(models.Model):
    """The one letter of a day to somebody. The row is taken before anything is sent, so that no two are."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=1)
    became = models.CharField(max_length=10, default=Became.UNDER_WAY.value)

    kept = Kept(
        "who was reminded on which day, so that nobody is twice",
        Rule("90 days", since="at", days=90),
        internal=("id", "account", "day", "at", "tries", "became"),
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("account", "day"), name="one_letter_a_day"),
            models.CheckConstraint(condition=Q(tries__gte=1, tries__lte=2), name="a_letter_is_tried_twice_at_most"),
        )

    def __str__(self) -> str:
        return f"letter of {self.day}: {self.became}"
