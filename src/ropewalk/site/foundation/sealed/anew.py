"""Sealing everything in the database anew with the present key."""

from collections.abc import Iterator
from itertools import islice

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import QuerySet

from ropewalk.site.foundation.sealed.field import Sealed, SealedBytes

# Files are large: few of them are held at once.
BATCH, FILES = 1_000, 4


def sealed_fields(model: type[models.Model]) -> list[Sealed]:
    """The fields of a model that are sealed."""
    return [field for field in model._meta.concrete_fields if isinstance(field, Sealed)]


def models_with_sealed_fields() -> Iterator[tuple[type[models.Model], list[Sealed]]]:
    """Every model that has any, with them."""
    for model in apps.get_models(include_auto_created=True):
        if fields := sealed_fields(model):
            yield model, fields


def be_sure_of_keys() -> None:
    """See that the key of the newest sealed text of every model is here. Raises StoreFault when one is not."""
    for model, (field, *_) in models_with_sealed_fields():
        # A text that was meddled with may name no key at all: that is for whoever reads it to say.
        if name := field.newest_key(QuerySet(model)):
            settings.DATA_KEYS.named(name)


@transaction.atomic
def seal_anew() -> int:
    """Seal every text and file with the present key, all or none; how many rows were written."""
    return sum(_anew(model, fields) for model, fields in models_with_sealed_fields())


def _anew(model: type[models.Model], fields: list[Sealed]) -> int:
    names = [field.attname for field in fields]
    size = FILES if any(isinstance(field, SealedBytes) for field in fields) else BATCH
    # Not the model's own manager: what may not be changed is not changed, only sealed anew.
    every: QuerySet[models.Model] = QuerySet(model)
    rows = every.select_for_update().only("pk", *names).order_by("pk").iterator(size)
    written = 0
    while batch := list(islice(rows, size)):
        written += every.bulk_update(batch, names, batch_size=size)
    return written
