"""Checks of returns: one file for each rule, in a folder for each stage, each declaring one ``CHECK``."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from pathlib import Path

from ropewalk.core.errors import NotFound
from ropewalk.core.returns.checks.declaration import Check, Query, Severity, Stage

__all__ = ["Check", "Query", "Severity", "Stage", "all_checks", "check"]


@cache
def all_checks() -> dict[str, Check]:
    """Every declared check by id, in the order of the stages and then by id."""
    found: dict[str, Check] = {}
    for stage in Stage:
        folder = str(Path(__file__).parent / stage.slug)
        for module in sorted(module.name for module in pkgutil.iter_modules([folder])):
            declared: Check = importlib.import_module(f"{__name__}.{stage.slug}.{module}").CHECK
            if declared.id != module or declared.stage is not stage or declared.id in found:
                raise ValueError(f"check '{declared.id}' must stand in {stage.slug}/{declared.id}.py, and only there")
            found[declared.id] = declared
    return found


def check(check_id: str) -> Check:
    """Look a check up by id.

    Raises NotFound when there is none.
    """
    try:
        return all_checks()[check_id]
    except KeyError:
        raise NotFound(f"There is no check '{check_id}'.") from None
