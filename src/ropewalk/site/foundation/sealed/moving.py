"""Sealing columns that held plain texts, and opening them again: for migrations."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.db import migrations

from ropewalk.site.foundation.sealed.texts import opened, sealed

# Name of a column, and whether its texts are found again.
Columns = Mapping[str, bool]
BATCH = 1_000


def seal_columns(app: str, tables: Mapping[str, Columns]) -> migrations.RunPython:
    """The step of a migration in which columns, just widened to texts without limit, are sealed."""
    return migrations.RunPython(_each(app, tables, _sealed), _each(app, tables, _opened))


def _sealed(text: str, of: str, found_again: bool) -> str:
    return sealed(text, of=of, keys=settings.DATA_KEYS, found_again=found_again)


def _opened(text: str, of: str, _found_again: bool) -> str:
    return opened(text, of=of, keys=settings.DATA_KEYS)


def _each(app: str, tables: Mapping[str, Columns], change: Callable[[str, str, bool], str]) -> Any:
    def changing(apps: Any, _schema_editor: Any) -> None:
        for name, columns in tables.items():
            model = apps.get_model(app, name)
            rows = list(model._base_manager.only("pk", *columns).iterator(chunk_size=BATCH))
            for row in rows:
                for column, found_again in columns.items():
                    of = f"{model._meta.db_table}.{column}"
                    setattr(row, column, change(getattr(row, column), of, found_again))
            model._base_manager.bulk_update(rows, list(columns), batch_size=BATCH)

    return changing
