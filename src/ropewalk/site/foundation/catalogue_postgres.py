"""The catalogue of the facts in PostgreSQL, for a server with several processes. Needs ``ropewalk[postgresql]``."""

from typing import Any

import psycopg

from ropewalk.core.errors import StoreFault
from ropewalk.core.use_cases.facts_store import Dialect, SqlCatalogue

# Any number, the same in every process: submissions take turns on it, before there are tables too.
_TURN = 7_265_721
PATIENCE = 10

POSTGRESQL = Dialect(
    placeholder="%s",
    begin=("BEGIN", f"SELECT pg_advisory_xact_lock({_TURN})"),
    begin_reading="BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY",
    has_table="SELECT 1 WHERE to_regclass(?) IS NOT NULL",
)


def postgres_catalogue(url: str) -> SqlCatalogue:
    """The catalogue in the database at an address; its tables are made with the first submission."""
    return SqlCatalogue(lambda: _connect(url), POSTGRESQL)


def _connect(url: str) -> Any:
    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=PATIENCE)
    except psycopg.OperationalError as error:
        # The reason may hold the address with its password: it is not repeated.
        raise StoreFault(
            "The PostgreSQL server that DATABASE_URL names does not answer. Nothing was changed. "
            "See that it runs, and that address, user and password are right."
        ) from error
