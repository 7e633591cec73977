"""The database of the site as it is at one moment, as parts of a backup, and bringing it back into an empty one.

A SQLite file is copied whole. On PostgreSQL every table of Ropewalk is copied out of one snapshot with the server's own
COPY, and no program beside Python: the site's machine often has none of the server's. It is brought back into tables
that the migrations of that day make, so a backup of an earlier version comes back too.
"""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.core.use_cases.backup_files import BackupWriter
from ropewalk.core.use_cases.facts_store import catalogue_tables
from ropewalk.core.use_cases.store_snapshot import copy_database

SQLITE, POSTGRESQL = "sqlite", "postgresql"
FOLDER, FILE = "database", "app.sqlite"
# What a table is cut into; each cut is held in memory once.
CUT = 8 * 1024 * 1024
# Tables that are not models': the count of wrong codes, and those of the facts' catalogue.
COUNTED, CATALOGUE = "counted_attempts", "facts_"


def kind() -> str:
    """Which kind of database the settings name."""
    return POSTGRESQL if connection.vendor == "postgresql" else SQLITE


class Snapshot:
    """The database as it was when this was made, until ``close``."""

    def __init__(self, scratch: Path) -> None:
        """``scratch`` is a folder for a copy of a SQLite file."""
        self._file = scratch / FILE
        self.about: dict[str, Any] = {"kind": kind(), "migrations": sorted(map(list, _applied())), "tables": {}}
        if kind() == SQLITE:
            connection.close()
            copy_database(Path(str(connection.settings_dict["NAME"])), self._file)
            return
        self._transaction = transaction.atomic()
        self._transaction.__enter__()
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            # The snapshot is taken with the first question, so it is asked while all locks are held.
            self.about["tables"] = {table: _columns(cursor, table) for table in _tables(cursor)}

    def write(self, backup: BackupWriter) -> None:
        """Add it to a backup."""
        if kind() == SQLITE:
            backup.add_file(f"{FOLDER}/{FILE}", self._file)
            return
        for table, columns in self.about["tables"].items():
            for number, cut in enumerate(_cuts(table, columns)):
                backup.add(f"{FOLDER}/{table}/{number:06d}", io.BytesIO(cut), len(cut))

    def close(self) -> None:
        """Let it go."""
        if kind() == POSTGRESQL:
            self._transaction.__exit__(None, None, None)
        connection.close()


def _applied() -> set[tuple[str, str]]:
    return set(MigrationRecorder(connection).applied_migrations())


def _tables(cursor: Any) -> list[str]:
    """Tables of ours, among those there are: others may share the database."""
    there = connection.introspection.table_names(cursor)
    ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True)} | {COUNTED}
    return sorted(table for table in there if table in ours or table.startswith(CATALOGUE))


def _columns(cursor: Any, table: str) -> list[str]:
    return [column.name for column in connection.introspection.get_table_description(cursor, table)]


def _quoted(table: str, columns: list[str]) -> str:
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    return f"{connection.ops.quote_name(table)} ({names})"


def _cuts(table: str, columns: list[str]) -> Iterator[bytes]:
    waiting = bytearray()
    with connection.cursor() as cursor, cursor.copy(f"COPY {_quoted(table, columns)} TO STDOUT") as rows:
        for row in rows:
            waiting += row
            if len(waiting) >= CUT:
                yield bytes(waiting)
                waiting.clear()
    yield bytes(waiting)


def refuse_newer(about: dict[str, Any]) -> None:
    """See that this version of Ropewalk knows the tables of a backup. Raises InputRefused."""
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations or {}
    if not {tuple(one) for one in about["migrations"]} <= set(known):
        what = "The backup was made by a newer version of Ropewalk."
        raise InputRefused([Problem(what, "Bring Ropewalk up to date first. Nothing was written.")])


def refuse_where_there_is_something() -> None:
    """See that nothing of ours stands in the database. Raises InputRefused."""
    with connection.cursor() as cursor:
        there = _tables(cursor)
    if there:
        what = "The database that DATABASE_URL names is not empty."
        raise InputRefused([Problem(what, "Make an empty one and name that. Nothing was written.")])


@transaction.atomic
def bring_back(folder: Path, about: dict[str, Any]) -> None:
    """Fill an empty PostgreSQL database from an unpacked backup, all or nothing."""
    executor = MigrationExecutor(connection)
    executor.migrate(_newest_of_each_app(executor.loader, {(app, name) for app, name in about["migrations"]}))
    call_command("createcachetable", verbosity=0)
    tables: dict[str, list[str]] = about["tables"]
    with connection.cursor() as cursor:
        if any(table.startswith(CATALOGUE) for table in tables):
            for statement in catalogue_tables():
                cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(f"TRUNCATE {', '.join(map(connection.ops.quote_name, tables))}")
        for table, columns in tables.items():
            with cursor.copy(f"COPY {_quoted(table, columns)} FROM STDIN") as rows:
                for cut in sorted((folder / table).iterdir()):
                    rows.write(cut.read_bytes())
        models = [model for model in apps.get_models(include_auto_created=True) if model._meta.db_table in tables]
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _newest_of_each_app(loader: MigrationLoader, applied: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of the migrations that were applied those after which none of the same app came."""

    def later(one: tuple[str, str]) -> bool:
        return any(child.key in applied and child.key[0] == one[0] for child in loader.graph.node_map[one].children)

    return sorted(one for one in applied if not later(one))
