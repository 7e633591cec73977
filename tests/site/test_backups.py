"""What a backup may be brought back into: never an older Ropewalk, never a database with something in it."""

from __future__ import annotations

import pytest
from django.db import connection

from ropewalk.core.errors import InputRefused
from ropewalk.site.foundation.backups.database import refuse_newer, refuse_where_there_is_something


def test_a_backup_of_a_newer_version_is_refused() -> None:
    refuse_newer({"migrations": [["accounts", "0001_initial"]]})
    with pytest.raises(InputRefused, match="newer version"):
        refuse_newer({"migrations": [["accounts", "0001_initial"], ["accounts", "9999_of_next_year"]]})


@pytest.mark.django_db
def test_a_database_with_tables_of_ours_is_refused() -> None:
    assert "accounts_account" in connection.introspection.table_names()
    with pytest.raises(InputRefused, match="not empty"):
        refuse_where_there_is_something()
