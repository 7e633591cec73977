"""The parts of a plan as one tree, and what shows that something was done."""

from datetime import date
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import F, ProtectedError, Q

from ropewalk.site.agree.partnership.models import Meeting
from ropewalk.site.agree.partnership.models.said import WORDS, Said, SaidRows
from ropewalk.site.agree.plan.kinds import EvidenceKind, ItemKind, Status
from ropewalk.site.agree.plan.models.plans import Plan
from ropewalk.site.foundation.organisations.models import Organisation
from ropewalk.site.foundation.retention.declaration import ALWAYS, Kept, Rule
from ropewalk.site.foundation.sealed.field import SealedText

URL = 500


class Item(models.Model):
    """A strand, objective, KPI, action or milestone. ``note`` says how it stands, ``waits_for`` what comes first.

    ``gathers_minutes`` marks the part under which actions of meetings land.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="items")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    kind = models.CharField(max_length=20)
    number = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=WORDS)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="plan_items"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="plan_items"
    )
    begins = models.DateField(null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=20, default=Status.NOT_BEGUN.value)
    note = SealedText(max_length=WORDS, blank=True)
    pence = models.PositiveBigIntegerField(null=True, blank=True)
    waits_for = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="awaited_by")
    struck_out = models.BooleanField(default=False)
    gathers_minutes = models.BooleanField(default=False)

    kept = Kept(
        "what a plan wants, and who promised it",
        Rule(ALWAYS),
        internal=(
            *("id", "plan", "parent", "kind", "number", "words", "owner", "organisation"),
            *("begins", "due", "status", "pence", "waits_for", "struck_out"),
            "gathers_minutes",
        ),
        personal=("note",),
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(begins__isnull=True) | Q(due__isnull=True) | Q(due__gte=F("begins")),
                name="due_after_it_begins",
            ),
        )
        indexes = (models.Index(fields=("plan", "parent", "number"), name="items_of_a_plan"),)

    def __str__(self) -> str:
        return self.words

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Never."""
        raise ProtectedError("Parts of a plan are kept: strike it out.", {self})

    @property
    def sort(self) -> ItemKind:
        """What it is."""
        return ItemKind(self.kind)

    @property
    def standing(self) -> Status:
        """How it stands."""
        return Status(self.status)

    @property
    def promised_by(self) -> str:
        """Who promised it: ``Ada (North Trust)``; for what a meeting minuted whom it named, while that is kept."""
        origin = getattr(self, "origin", None)
        minuted = origin.outcome.owner if origin is not None and origin.outcome is not None else ""
        who = self.owner.name if self.owner else minuted
        where = self.organisation.name if self.organisation else ""
        return f"{who} ({where})" if who and where else who or where

    def is_late(self, on: date) -> bool:
        """Whether it should have been done by a day and is not."""
        return self.due is not None and self.due < on and not self.standing.is_over


class Evidence(Said):
    """What shows that something was done: a link, a visit on a day, or the minutes of a meeting."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=20)
    words = SealedText(max_length=WORDS)
    day = models.DateField(null=True, blank=True)
    address = models.URLField(max_length=URL, blank=True)
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    kept = Kept(
        "what shows that a plan is carried out",
        Rule(ALWAYS),
        internal=("id", "item", "kind", "day", "address", "meeting", "by", "at"),
        personal=("words",),
    )

    objects = SaidRows["Evidence"].as_manager()

    class Meta:
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return self.kind_words

    @property
    def kind_words(self) -> str:
        """What sort it is, in words."""
        return EvidenceKind(self.kind).words
