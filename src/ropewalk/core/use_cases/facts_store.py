"""The facts of a store as faces see them: where they are, what stands behind the catalogue, the key of pseudonyms."""

from ropewalk.core.facts.catalogue import Catalogue, Connection, Dialect, SqlCatalogue
from ropewalk.core.facts.store import Facts
from ropewalk.core.identity.pseudonyms import checked_key

__all__ = ["Catalogue", "Connection", "Dialect", "Facts", "SqlCatalogue", "checked_key"]
