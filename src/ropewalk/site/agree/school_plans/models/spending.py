"""How a school uses its pupil premium: the amount, what stands in pupils' way, what it chose, and what came of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from ropewalk.site.agree.school_plans.approaches import BY_ID
from ropewalk.site.agree.school_plans.kinds import State
from ropewalk.site.agree.school_plans.models.claims import LONG, SHORT, URL, Lasting
from ropewalk.site.foundation.organisations.models import NAME
from ropewalk.site.foundation.retention.declaration import ALWAYS, Kept, Rule
from ropewalk.site.foundation.sealed.field import SealedText


class Spending(Lasting):
    """A disadvantage plan for one academic year. ``pence`` is the whole pupil premium of the school that year."""

    year = models.CharField(max_length=10)
    pence = models.PositiveBigIntegerField()
    pupils = models.PositiveIntegerField()
    source = models.CharField(max_length=SHORT)
    state = models.CharField(max_length=20, default=State.DRAFT.value)
    review_due = models.DateField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    review = SealedText(max_length=LONG, blank=True)

    kept = Kept(
        "how a school uses its pupil premium",
        Rule(ALWAYS),
        internal=(
            *("id", "urn", "by", "at", "year", "pence", "pupils", "source", "state", "review_due"),
            *("approved_at", "approved_by"),
        ),
        personal=("review",),
    )

    class Meta:
        verbose_name_plural = "spending"
        constraints = (models.UniqueConstraint(fields=("urn", "year"), name="one_disadvantage_plan_of_a_year"),)

    def __str__(self) -> str:
        return f"disadvantage plan {self.year}"

    @property
    def stage(self) -> State:
        """Where it stands."""
        return State(self.state)


class Challenge(models.Model):
    """What stands in the way of disadvantaged pupils, as the school sees it."""

    spending = models.ForeignKey(Spending, on_delete=models.PROTECT, related_name="challenges")
    number = models.PositiveSmallIntegerField()
    words = SealedText(max_length=SHORT)

    kept = Kept(
        "what stands in the way of disadvantaged pupils",
        Rule(ALWAYS),
        internal=("id", "spending", "number"),
        personal=("words",),
    )

    def __str__(self) -> str:
        return f"challenge {self.number}"


class Choice(models.Model):
    """What the school chose to do about a challenge, what it costs, on which evidence, and what is to change."""

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="choices")
    approach = models.CharField(max_length=20)
    words = SealedText(max_length=SHORT)
    pence = models.PositiveBigIntegerField()
    evidence = SealedText(max_length=SHORT, blank=True)
    evidence_source = models.CharField(max_length=NAME, blank=True)
    address = models.URLField(max_length=URL, blank=True)
    outcome = SealedText(max_length=SHORT)
    measure = models.CharField(max_length=60, blank=True)
    struck_out = models.BooleanField(default=False)

    kept = Kept(
        "what a school chose for disadvantaged pupils",
        Rule(ALWAYS),
        internal=(*("id", "challenge", "approach", "pence", "evidence_source", "address", "measure", "struck_out"),),
        personal=("words", "evidence", "outcome"),
    )

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(approach=""), name="a_choice_names_an_approach"),)

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The approach in words."""
        known = BY_ID.get(self.approach)
        return known.title if known else self.approach
