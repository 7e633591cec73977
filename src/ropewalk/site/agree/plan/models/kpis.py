"""What a KPI of a plan measures, and values of those that nothing measures."""

from typing import Any

from django.db import models
from django.db.models import Q

from ropewalk.site.agree.partnership.models.said import WORDS, Said, SaidRows
from ropewalk.site.agree.plan.kinds import Comes
from ropewalk.site.agree.plan.models.items import URL, Item
from ropewalk.site.foundation.retention.declaration import ALWAYS, Kept, Rule
from ropewalk.site.foundation.sealed.field import SealedText

DIGITS, PLACES = 14, 4


def _value() -> Any:
    return models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)


class Kpi(models.Model):
    """A measure, group, phase, first period, target and day of a KPI; its value comes from elsewhere.

    The baseline is frozen when the plan is agreed: its value, and what it was counted from, as they were that day.
    A typed KPI has neither measure nor periods, but a unit.
    """

    item = models.OneToOneField(Item, on_delete=models.PROTECT, related_name="kpi")
    comes = models.CharField(max_length=20)
    area = models.CharField(max_length=40, blank=True)
    measure = models.CharField(max_length=60, blank=True)
    phase = models.CharField(max_length=30, blank=True)
    group = models.CharField(max_length=60, blank=True)
    period = models.CharField(max_length=40, blank=True)
    unit = models.CharField(max_length=30, blank=True)
    target = _value()
    by_period = models.CharField(max_length=40, blank=True)
    baseline = _value()
    baseline_source = models.CharField(max_length=WORDS, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)

    kept = Kept(
        "how a plan is measured",
        Rule(ALWAYS),
        internal=(
            *("id", "item", "comes", "area", "measure", "phase", "group", "period", "unit"),
            *("target", "by_period", "baseline", "baseline_source", "frozen_at"),
        ),
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(comes="typed", measure="") | (~Q(comes="typed") & ~Q(measure="")),
                name="a_kpi_is_measured_or_typed",
            ),
        )

    def __str__(self) -> str:
        return f"{self.measure or self.unit}: {self.target}"

    @property
    def source(self) -> Comes:
        """Where its value comes from."""
        return Comes(self.comes)


class Typed(Said):
    """A value that somebody wrote in for a KPI nothing measures, with where it comes from and what shows it."""

    kpi = models.ForeignKey(Kpi, on_delete=models.PROTECT, related_name="typed")
    day = models.DateField()
    value = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    numerator = models.PositiveIntegerField(null=True, blank=True)
    denominator = models.PositiveIntegerField(null=True, blank=True)
    source = SealedText(max_length=WORDS)
    address = models.URLField(max_length=URL, blank=True)

    kept = Kept(
        "values people wrote in for a plan",
        Rule(ALWAYS),
        internal=("id", "kpi", "day", "value", "numerator", "denominator", "address", "by", "at"),
        personal=("source",),
    )

    objects = SaidRows["Typed"].as_manager()

    class Meta:
        verbose_name_plural = "typed values"
        constraints = (
            models.CheckConstraint(
                condition=Q(numerator__isnull=True, denominator__isnull=True)
                | Q(numerator__lte=models.F("denominator"), denominator__gt=0),
                name="a_typed_share_is_a_share",
            ),
        )

    def __str__(self) -> str:
        return f"{self.value} on {self.day}"
