"""Erasing a child everywhere: shown first, handed over, then taken out of facts, book and lines set aside for good.

What was known on an earlier day changes with it: whoever counts again as of a moment asks ``erasures`` whether facts
of the academic years in question were erased since.
"""

from __future__ import annotations

from ropewalk.core.facts.catalogue import Erasure
from ropewalk.core.facts.store import Facts

__all__ = ["Erasure", "erasures"]


def erasures(facts: Facts, *, since: str | None = None, years: frozenset[str] | None = None) -> list[Erasure]:
    """What was erased, oldest first: all, or after a moment (as the catalogue writes it), or touching some years."""
    return [
        one
        for one in facts.catalogue.erasures()
        if (since is None or one.erased_at > since) and (years is None or years & set(one.years))
    ]
