"""Worked examples of measures: every module of this folder declares some as ``EXAMPLES``.

Tests run them on all engines, and the documentation shows them.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from ropewalk.core.engines.examples.declaration import Example

__all__ = ["Example", "all_examples"]


@cache
def all_examples() -> tuple[Example, ...]:
    """Every worked example, in the order of their modules' names."""
    modules = sorted(module.name for module in pkgutil.iter_modules(__path__) if module.name != "declaration")
    return tuple(example for name in modules for example in importlib.import_module(f"{__name__}.{name}").EXAMPLES)
