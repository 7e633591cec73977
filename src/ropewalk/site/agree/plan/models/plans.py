"""Plans, those who agree them, and every change of them."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import ProtectedError

from ropewalk.site.agree.partnership.models import Body
from ropewalk.site.agree.partnership.models.said import WORDS, Said, SaidRows
from ropewalk.site.agree.plan.kinds import State
from ropewalk.site.foundation.organisations.models import NAME, Place
from ropewalk.site.foundation.retention.declaration import ALWAYS, Kept, Rule
from ropewalk.site.foundation.sealed.field import SealedText


class Plan(models.Model):
    """A plan of a place. ``round`` counts how often it was put to those who agree it; ``way`` names its template."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="plans")
    title = models.CharField(max_length=NAME)
    aim = models.CharField(max_length=WORDS, blank=True)
    way = models.CharField(max_length=30, blank=True)
    state = models.CharField(max_length=20, default=State.DRAFT.value)
    round = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, blank=True)

    kept = Kept(
        "plans of a partnership",
        Rule(ALWAYS),
        internal=("id", "place", "title", "aim", "way", "state", "round", "by", "at", "agreed_at"),
    )

    class Meta:
        constraints = (models.UniqueConstraint(fields=("place", "title"), name="one_plan_of_a_title"),)

    def __str__(self) -> str:
        return self.title

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Never."""
        raise ProtectedError("Plans are kept: close it.", {self})

    @property
    def stage(self) -> State:
        """Where it stands."""
        return State(self.state)


class Assent(models.Model):
    """Somebody is asked to agree a plan, and says so; nobody can say it for them."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="assents")
    round = models.PositiveSmallIntegerField()
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assents")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, blank=True)

    kept = Kept(
        "who agreed a plan of a partnership",
        Rule(ALWAYS),
        internal=("id", "plan", "round", "account", "by", "at", "agreed_at"),
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("plan", "round", "account"), name="somebody_agrees_a_plan_once"),
        )

    def __str__(self) -> str:
        return f"{self.account_id} agrees {self.plan_id}"


class Change(Said):
    """One thing of a plan was changed: what, from what, to what, by whom, why and in whose name.

    ``what`` is a name of ``rules.WHAT``. Before and after stand as they are kept: a day as ISO, money as pence, people,
    organisations and parts of the plan by their number, so that who is forgotten there is forgotten here.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="changes")
    item = models.ForeignKey("plan.Item", null=True, blank=True, on_delete=models.PROTECT, related_name="changes")
    what = models.CharField(max_length=20)
    before = SealedText(max_length=WORDS, blank=True)
    after = SealedText(max_length=WORDS, blank=True)
    because = SealedText(max_length=WORDS, blank=True)
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    kept = Kept(
        "what was changed in a plan",
        Rule(ALWAYS),
        internal=("id", "plan", "item", "what", "body", "by", "at"),
        personal=("before", "after", "because"),
    )

    objects = SaidRows["Change"].as_manager()

    class Meta:
        indexes = (models.Index(fields=("plan", "id"), name="changes_of_a_plan"),)

    def __str__(self) -> str:
        return f"{self.what} of {self.item_id or self.plan_id}"
