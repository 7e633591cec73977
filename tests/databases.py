"""A database for each store that a test makes, where the tests run on a PostgreSQL.

A database belongs to one store. With ``DATABASE_URL`` naming a PostgreSQL server every store of a test therefore gets a
database of its own there, by ``database_of``, with the tables of the site in it; without, each store keeps its files as
it does on one machine. Whoever starts the site or a command on a store says so in its environment; what a test opens in
its own process finds the catalogue there by itself, see ``catalogues_on_the_server``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from ropewalk.core.facts import store as facts_store
from ropewalk.core.facts.sql_catalogue import SqlCatalogue
from ropewalk.site.foundation import catalogue_postgres
from ropewalk.site.foundation.catalogue_postgres import postgres_catalogue

SOURCE = Path(__file__).resolve().parent.parent / "src"
NAMED = os.environ.get("DATABASE_URL", "").strip()
ON_A_SERVER = NAMED.startswith(("postgres://", "postgresql://"))
# Where tests that are about PostgreSQL look for one, whatever the run is on.
SERVER = NAMED if ON_A_SERVER else "postgresql://postgres@127.0.0.1:5432/postgres"
MAKES_TABLES = "from pathlib import Path; from ropewalk.site.config.prepare import migrate; migrate(Path('store'))"
# The process that was started by hand names the run; those it starts take the name from it.
RUN = "ROPEWALK_TESTS_RUN"
# Any number, the same in every process of a run: they take turns to make the tables.
_TURN = 7_265_722
_numbers = count(1)
_made: dict[Path, str] = {}


def database_of(store: Path) -> str:
    """What ``DATABASE_URL`` says for a store: the address of its own database, made when first asked for.

    Nothing where the run is in files. A database of a store in a test's ``tmp_path`` goes with the test, any other
    with the run.
    """
    if not ON_A_SERVER:
        return ""
    place = store.resolve()
    if place not in _made:
        _made[place] = _create(template=_with_tables())
    return _address(_made[place])


def copy_store(store: Path, to: Path, ignore: Callable[..., set[str]] | None = None) -> Path:
    """Copy a store, or a folder with stores in it, together with their databases; addresses asked for before hold."""
    copied = Path(shutil.copytree(store, to, ignore=ignore))
    for place, name in list(_made.items()):
        if place.is_relative_to(store.resolve()):
            own = copied.resolve() / place.relative_to(store.resolve())
            _made[own] = _create(template=name, name=_made.get(own, ""))
    return copied


def forget(folder: Path) -> None:
    """Drop the databases of the stores in a folder."""
    gone = [place for place in _made if place.is_relative_to(folder.resolve())]
    if gone:
        with _server() as server:
            for place in gone:
                _drop(server, _made.pop(place))


def new_database(like: str = "") -> str:
    """The address of a new database on the server that there is: empty, or like another; dropped with the run.

    Skips with a reason where no server answers, and fails where CI=true promises one.
    """
    try:
        return _address(_create(template=urlsplit(like).path.strip("/") or "template1"))
    except psycopg.OperationalError:
        reason = "NO POSTGRESQL: no server answers at DATABASE_URL or 127.0.0.1:5432"
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)


def begin() -> None:
    """Name the run; on a server, put the catalogues of this process there."""
    os.environ.setdefault(RUN, str(os.getpid()))
    if ON_A_SERVER:
        facts_store.sqlite_catalogue = catalogue_on_the_server
        catalogue_postgres.postgres_catalogue = _own_catalogue


def _own_catalogue(url: str) -> SqlCatalogue | None:
    """The catalogue at an address; that of the whole run belongs to no store: each finds its own by its folder."""
    return None if url == NAMED else postgres_catalogue(url)


def catalogue_on_the_server(folder: Path) -> SqlCatalogue:
    """The catalogue of a store's facts for a test that names none: in the store's own database, not in its file.

    Tests of the core know a folder alone, and are to hold for the catalogue of a server as well.
    """
    return postgres_catalogue(database_of(folder.parent))


def end() -> None:
    """Drop all databases of this run, those of processes that were killed among them."""
    if os.environ.get(RUN) != str(os.getpid()):
        return
    try:
        with _server() as server:
            names = server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [_prefix()])
            for (name,) in names.fetchall():
                _drop(server, name)
    except psycopg.OperationalError:
        # No server: then none was made.
        return


def _prefix() -> str:
    return f"ropewalk_stores_{os.environ[RUN]}_"


@contextmanager
def _server() -> Iterator[psycopg.Connection]:
    with psycopg.connect(SERVER, autocommit=True, connect_timeout=3) as server:
        yield server


def _address(name: str) -> str:
    return urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}"))


def _create(*, template: str, name: str = "") -> str:
    name = name or f"{_prefix()}{os.getpid()}_{next(_numbers)}"
    with _server() as server:
        _drop(server, name)
        made = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        server.execute(made)
    return name


def _drop(server: psycopg.Connection, name: str) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _with_tables() -> str:
    """The name of a database with the tables of the site and nothing in them, made once for all processes of a run."""
    name = f"{_prefix()}tables"
    with _server() as server:
        server.execute("SELECT pg_advisory_lock(%s)", [_TURN])
        if server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return name
        draft = _create(template="template1", name=f"{name}_draft")
        with tempfile.TemporaryDirectory() as home:
            whole = {**os.environ, "DATABASE_URL": _address(draft), "XDG_DATA_HOME": home, "PYTHONPATH": str(SOURCE)}
            subprocess.run([sys.executable, "-c", MAKES_TABLES], env=whole, cwd=home, check=True)
        renamed = sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(draft), sql.Identifier(name))
        server.execute(renamed)
    return name
