"""What a backup may be brought back into: never an older Ropewalk, never a database with something in it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from ropewalk.core.errors import InputRefused
from ropewalk.site.foundation.backups.database import (
    _newest_of_each_app,
    refuse_newer,
    refuse_where_there_is_something,
)


def test_a_backup_of_a_newer_version_is_refused() -> None:
    refuse_newer({"migrations": [["accounts", "0001_initial"]]})
    with pytest.raises(InputRefused, match="newer version"):
        refuse_newer({"migrations": [["accounts", "0001_initial"], ["accounts", "9999_of_next_year"]]})


@pytest.mark.django_db
def test_a_database_with_tables_of_ours_is_refused() -> None:
    assert "accounts_account" in connection.introspection.table_names()
    with pytest.raises(InputRefused, match="not empty"):
        refuse_where_there_is_something()


@pytest.mark.django_db
def test_tables_are_made_as_they_were_on_the_day_of_the_backup() -> None:
    loader = MigrationExecutor(connection).loader
    today = set(loader.graph.nodes)
    assert set(_newest_of_each_app(loader, today)) == set(loader.graph.leaf_nodes())
    before = today - {("accounts", "0006_sealed_texts"), ("sessions", "0001_initial")}
    found = dict(_newest_of_each_app(loader, before))
    assert found["accounts"] == "0005_texts_are_sealed"
    assert "sessions" not in found
    assert len(found) == len(loader.graph.leaf_nodes()) - 1
