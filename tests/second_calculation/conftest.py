"""The second calculation, for tests that compare with it."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="session")
def naive() -> ModuleType:
    """The module beside this file; it is no part of the package."""
    spec = importlib.util.spec_from_file_location("second_calculation_naive", Path(__file__).parent / "naive.py")
    if spec is None or spec.loader is None:
        raise ImportError("naive.py is not where it should be")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
