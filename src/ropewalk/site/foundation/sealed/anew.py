"""Sealing everything in the database anew with the present key."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models, transaction
from django.db.models import QuerySet

from ropewalk.site.foundation.sealed.field import SealedText

BATCH = 1_000


def sealed_fields(model: type[models.Model]) -> list[SealedText]:
    """The fields of a model that are sealed."""
    return [field for field in model._meta.concrete_fields if isinstance(field, SealedText)]


def models_with_sealed_fields() -> Iterator[tuple[type[models.Model], list[SealedText]]]:
    """Every model that has any, with them."""
    for model in apps.get_models(include_auto_created=True):
        if fields := sealed_fields(model):
            yield model, fields


@transaction.atomic
def seal_anew() -> int:
    """Seal every text with the present key, all or none; how many rows were written."""
    written = 0
    for model, fields in models_with_sealed_fields():
        names = [field.attname for field in fields]
        # Not the model's own manager: what may not be changed is not changed, only sealed anew.
        rows = QuerySet(model).select_for_update().only("pk", *names).order_by("pk")
        batch: list[models.Model] = []
        for row in rows.iterator(chunk_size=BATCH):
            batch.append(row)
            if len(batch) == BATCH:
                written += QuerySet(model).bulk_update(batch, names)
                batch = []
        if batch:
            written += QuerySet(model).bulk_update(batch, names)
    return written
