"""A school's own plan: few priorities, their actions, the support that was received, and every change in words."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from ropewalk.site.agree.partnership.models.said import Said, SaidRows
from ropewalk.site.agree.plan.kinds import Status
from ropewalk.site.agree.plan.models import Item
from ropewalk.site.agree.school_plans.kinds import State
from ropewalk.site.agree.school_plans.models.claims import LONG, SHORT, Claim, Lasting
from ropewalk.site.foundation.organisations.models import NAME, Organisation
from ropewalk.site.foundation.retention.declaration import ALWAYS, Kept, Rule
from ropewalk.site.foundation.sealed.field import SealedText

DIGITS, PLACES = 14, 4


class SchoolPlan(Lasting):
    """A plan of one school. ``chair`` is who chairs the governors, where the school wants the name to stand."""

    title = models.CharField(max_length=NAME)
    state = models.CharField(max_length=20, default=State.DRAFT.value)
    review_due = models.DateField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    chair = SealedText(max_length=NAME, blank=True)

    kept = Kept(
        "plans of single schools",
        Rule(ALWAYS),
        internal=("id", "urn", "by", "at", "title", "state", "review_due", "approved_at", "approved_by"),
        personal=("chair",),
    )

    class Meta:
        constraints = (models.UniqueConstraint(fields=("urn", "title"), name="one_school_plan_of_a_title"),)

    def __str__(self) -> str:
        return self.title

    @property
    def stage(self) -> State:
        """Where it stands."""
        return State(self.state)


class Priority(models.Model):
    """What the school puts first, why, and what is to change, with a measure whose first value is frozen."""

    plan = models.ForeignKey(SchoolPlan, on_delete=models.PROTECT, related_name="priorities")
    number = models.PositiveSmallIntegerField()
    words = SealedText(max_length=SHORT)
    expected = SealedText(max_length=SHORT, blank=True)
    objective = models.ForeignKey(Item, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    measure = models.CharField(max_length=60, blank=True)
    phase = models.CharField(max_length=30, blank=True)
    group = models.CharField(max_length=60, blank=True)
    period = models.CharField(max_length=40, blank=True)
    target = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    by_period = models.CharField(max_length=40, blank=True)
    baseline = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    baseline_source = models.CharField(max_length=SHORT, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    struck_out = models.BooleanField(default=False)

    kept = Kept(
        "what a school puts first",
        Rule(ALWAYS),
        internal=(
            *("id", "plan", "number", "objective", "measure", "phase", "group", "period", "target", "by_period"),
            *("baseline", "baseline_source", "frozen_at", "struck_out"),
        ),
        personal=("words", "expected"),
    )

    class Meta:
        verbose_name_plural = "priorities"
        constraints = (models.UniqueConstraint(fields=("plan", "number"), name="one_priority_of_a_number"),)

    def __str__(self) -> str:
        return f"priority {self.number}"


class PriorityClaim(models.Model):
    """A priority rests on a claim of the self-evaluation."""

    priority = models.ForeignKey(Priority, on_delete=models.CASCADE, related_name="links")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="priorities")

    kept = Kept("which claims a school's priorities rest on", Rule(ALWAYS), internal=("id", "priority", "claim"))

    class Meta:
        constraints = (models.UniqueConstraint(fields=("priority", "claim"), name="a_claim_stands_once_there"),)

    def __str__(self) -> str:
        return f"{self.priority_id} rests on {self.claim_id}"


class Action(models.Model):
    """What is done for a priority: by whom, when, for how much, and how it stands."""

    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="actions")
    words = SealedText(max_length=SHORT)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="school_actions"
    )
    begins = models.DateField(null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    pence = models.PositiveBigIntegerField(null=True, blank=True)
    status = models.CharField(max_length=20, default=Status.NOT_BEGUN.value)
    note = SealedText(max_length=SHORT, blank=True)
    struck_out = models.BooleanField(default=False)

    kept = Kept(
        "what a school does for its priorities",
        Rule(ALWAYS),
        internal=("id", "priority", "owner", "begins", "due", "pence", "status", "struck_out"),
        personal=("words", "note"),
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(begins__isnull=True) | Q(due__isnull=True) | Q(due__gte=F("begins")),
                name="a_school_action_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return f"action {self.pk}"

    @property
    def standing(self) -> Status:
        """How it stands."""
        return Status(self.status)

    def is_late(self, on: date) -> bool:
        """Whether it should have been done by a day and is not."""
        return self.due is not None and self.due < on and not self.standing.is_over


class Support(Said):
    """Help that a school received for a priority. ``hours`` are whole hours."""

    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, related_name="support")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="school_support"
    )
    who = SealedText(max_length=NAME, blank=True)
    words = SealedText(max_length=SHORT)
    hours = models.PositiveIntegerField(null=True, blank=True)
    begins = models.DateField()
    until = models.DateField(null=True, blank=True)

    kept = Kept(
        "help that schools received",
        Rule(ALWAYS),
        internal=("id", "priority", "organisation", "hours", "begins", "until", "by", "at"),
        personal=("who", "words"),
    )

    objects = SaidRows["Support"].as_manager()

    class Meta:
        verbose_name_plural = "support"

    def __str__(self) -> str:
        return f"support {self.pk}"


class Change(Said):
    """One change of a school's plan, as a sentence without who and when, which stand beside it."""

    plan = models.ForeignKey(SchoolPlan, on_delete=models.PROTECT, related_name="changes")
    words = SealedText(max_length=LONG)
    after_approval = models.BooleanField()

    kept = Kept(
        "what was changed in a school's plan",
        Rule(ALWAYS),
        internal=("id", "plan", "after_approval", "by", "at"),
        personal=("words",),
    )

    objects = SaidRows["Change"].as_manager()

    def __str__(self) -> str:
        return f"change {self.pk}"
