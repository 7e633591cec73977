"""A database in memory, for one piece of work."""

from __future__ import annotations

import duckdb


def in_memory() -> duckdb.DuckDBPyConnection:
    """A database of its own that is gone with its last connection."""
    # It has no file to come back from, and squeezing tables that are read once takes longer than reading them.
    return duckdb.connect(config={"threads": 2, "checkpoint_threshold": "1TB"})
