"""Functions and modules stay small, and no module has a name that says nothing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST_FUNCTION = 50
LONGEST_MODULE = 400
EMPTY_NAMES = re.compile(r"(^|_)(utils?|helpers?|commons?|managers?|misc)(_|$)")
MODULES = sorted((ROOT / "src").rglob("*.py"))


def long_functions(source: str) -> Iterator[str]:
    """Name, line and length of every function over the limit."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                yield f"{node.name} (line {node.lineno}) has {length} lines"


def empty_names(path: Path) -> list[str]:
    """Parts of a module's path that say nothing about what is inside."""
    return [part for part in [*path.parts[:-1], path.stem] if EMPTY_NAMES.search(part)]


def test_there_is_something_to_look_at() -> None:
    assert MODULES


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT / "src")))
def test_module_is_small_and_well_named(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    problems = list(long_functions(source))
    lines = source.count("\n")
    # What the framework writes of a room's tables is as long as these are many.
    if lines > LONGEST_MODULE and path.parent.name != "migrations":
        problems.append(f"the module has {lines} lines, more than {LONGEST_MODULE}")
    problems += [f"{part!r} says nothing about what is inside" for part in empty_names(path.relative_to(ROOT))]
    assert not problems, f"{path.relative_to(ROOT)}: {'; '.join(problems)}"


def test_the_limits_bite() -> None:
    assert list(long_functions("def f():\n" + "    x = 1\n" * LONGEST_FUNCTION))
    assert not list(long_functions("def f():\n" + "    x = 1\n" * (LONGEST_FUNCTION - 1)))
    assert empty_names(Path("src/ropewalk/core/date_utils.py")) == ["date_utils"]
    assert empty_names(Path("src/ropewalk/core/periods.py")) == []
