"""Deleting what is kept no longer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.apps import apps
from django.db import models, transaction
from django.db.models import QuerySet

from ropewalk.site.foundation.retention.declaration import Kept
from ropewalk.site.foundation.retention.elsewhere import ELSEWHERE


@dataclass(frozen=True)
class Cleared:
    """What became of one model: how many rows were over."""

    model: str
    words: str
    rows: int


def kept_of(model: type[models.Model]) -> Kept:
    """What a model keeps and how long. Raises LookupError for one that does not say."""
    said = vars(model).get("kept") or ELSEWHERE.get(model._meta.label)
    if not isinstance(said, Kept):
        raise LookupError(f"{model._meta.label} does not say what it keeps: give it the attribute 'kept'.")
    return said


def all_models() -> Iterator[type[models.Model]]:
    """Every model with a table."""
    return iter(apps.get_models(include_auto_created=True))


def over(model: type[models.Model], *, now: datetime) -> QuerySet[models.Model] | None:
    """Rows that are kept no longer; None where no row ever is."""
    rule = kept_of(model).rule
    if not rule.days:
        return None
    since: datetime | object = now - timedelta(days=rule.days)
    if not isinstance(model._meta.get_field(rule.since), models.DateTimeField):
        since = (now - timedelta(days=rule.days)).date()
    # Not the model's own manager: what is kept for ever as long as it is kept may not be deleted through that.
    return QuerySet(model).filter(**{f"{rule.since}__lt": since})


@transaction.atomic
def clear(*, now: datetime, only_count: bool = False) -> list[Cleared]:
    """Delete every row whose time is over, or only count them; one answer for each model that has a time."""
    found = []
    for model in all_models():
        rows = over(model, now=now)
        if rows is not None:
            number = rows.count()
            if number and not only_count:
                rows.delete()
            found.append(Cleared(str(model._meta.verbose_name_plural), kept_of(model).rule.words, number))
    return found
