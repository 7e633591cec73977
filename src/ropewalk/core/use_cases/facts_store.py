"""The facts of a store as faces see them: where they are, what stands behind the catalogue, the key of pseudonyms."""

from __future__ import annotations

from ropewalk.core.facts.catalogue import Catalogue
from ropewalk.core.facts.sql_catalogue import Connection, Dialect, SqlCatalogue, catalogue_tables
from ropewalk.core.facts.store import Facts
from ropewalk.core.identity.lines_aside import seal_plain_lines
from ropewalk.core.identity.pseudonyms import checked_key

__all__ = [
    "Catalogue",
    "Connection",
    "Dialect",
    "Facts",
    "SqlCatalogue",
    "catalogue_tables",
    "change_key",
    "checked_key",
]


def change_key(facts: Facts, *, old: bytes, new: bytes) -> int:
    """Make every pseudonym again with a new key, while no submission is under way; the number of records.

    Raises StoreFault when ``old`` is not the key of this store.
    """
    with facts.writing():
        records = facts.book.change_key(old, checked_key(new))
        seal_plain_lines(facts.book, new)
        return records
