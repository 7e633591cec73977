"""Code sets of schools' returns: each module of this folder declares one as ``CODE_SET``."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from ropewalk.core.errors import NotFound
from ropewalk.core.schema.code_sets.declaration import Code, CodeSet

__all__ = ["Code", "CodeSet", "all_code_sets", "code_set"]


@cache
def all_code_sets() -> dict[str, CodeSet]:
    """Every declared set by id."""
    modules = (module.name for module in pkgutil.iter_modules(__path__) if module.name != "declaration")
    found = [importlib.import_module(f"{__name__}.{name}").CODE_SET for name in sorted(modules)]
    return {declared.id: declared for declared in found}


def code_set(set_id: str) -> CodeSet:
    """Look a set up by id.

    Raises NotFound when no such set is declared.
    """
    try:
        return all_code_sets()[set_id]
    except KeyError:
        raise NotFound(f"There is no code set '{set_id}'. There are: {', '.join(all_code_sets())}.") from None
