"""Rows that are only added to: what somebody decided, signed or said on a day."""

from typing import Any, NoReturn, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import ProtectedError

Row = TypeVar("Row", bound=models.Model)
WORDS = 500


class SaidRows(models.QuerySet[Row]):
    """How they are found. None is deleted or changed."""

    def delete(self) -> NoReturn:
        raise ProtectedError("What was said is only added to.", set())

    def update(self, **_values: Any) -> NoReturn:
        raise ProtectedError("What was said is only added to.", set())


class Said(models.Model):
    """What somebody said at a moment."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new one; a written one is not changed."""
        if not self._state.adding:
            raise ProtectedError("What was said is only added to.", {self})
        super().save(*args, force_insert=True, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Never."""
        raise ProtectedError("What was said is only added to.", {self})


class Lasting(models.Model):
    """What holds from a first day on, and until a last one; who said so, and who ended it."""

    begins = models.DateField()
    until = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Never."""
        raise ProtectedError("It ends with a last day.", {self})


LASTING = ("begins", "until", "by", "at", "ended_by", "ended_at")


def in_order(name: str) -> models.CheckConstraint:
    """A last day is not before the first."""
    held = models.Q(until__isnull=True) | models.Q(until__gte=models.F("begins"))
    return models.CheckConstraint(condition=held, name=name)
