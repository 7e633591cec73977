"""Whatever works with a database runs on a file and on a server; a test that runs once touches none."""

from __future__ import annotations

import ast
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# What a test has to name to come to a database: that of the site, the facts of a store, a store of live figures, or a
# command. Those on published figures alone open none.
NAMES = {"Facts", "open_facts", "send_results", "live_store", "django_db", "db", "transactional_db", "database_of"}
PUBLISHED_ALONE = {"open-data"}
# Made for others, who are looked at themselves.
HELPERS = {"databases.py", "conftest.py", "editions_world.py", "made_up_results.py", "typed_returns.py"}


@pytest.fixture(scope="module")
def twice() -> list[Path]:
    """The folders and files that scripts/check.py runs on both."""
    spec = importlib.util.spec_from_file_location("check", ROOT / "scripts" / "check.py")
    assert spec is not None and spec.loader is not None
    check = importlib.util.module_from_spec(spec)
    sys.modules["check"] = check
    spec.loader.exec_module(check)
    return [ROOT / name for name in check.WITH_A_DATABASE]


def named(file: Path) -> Iterator[str]:
    """Names of databases in a file: as a name, an argument that asks for a fixture, an attribute, a command."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        found = ""
        if isinstance(node, ast.Name):
            found = node.id
        elif isinstance(node, ast.arg):
            found = node.arg
        elif isinstance(node, ast.Attribute):
            found = node.attr
        elif isinstance(node, ast.List):
            words = [one.value for one in node.elts if isinstance(one, ast.Constant)]
            if words[:2] == ["-m", "ropewalk"] and not PUBLISHED_ALONE & set(words):
                yield "ropewalk"
        if found in NAMES:
            yield found


def test_what_is_run_on_both_is_there(twice: list[Path]) -> None:
    assert [path for path in twice if not path.exists()] == []


def test_what_is_run_once_touches_no_database(twice: list[Path]) -> None:
    once = [
        file
        for file in (ROOT / "tests").rglob("*.py")
        if file.name not in HELPERS and file != Path(__file__) and not any(file.is_relative_to(one) for one in twice)
    ]
    assert len(once) > 50
    touching = {str(file.relative_to(ROOT)): sorted(set(named(file))) for file in once}
    told = {file: found for file, found in touching.items() if found}
    assert told == {}, "add these to WITH_A_DATABASE in scripts/check.py, so that they run on a server as well"


def test_a_database_in_a_test_is_noticed(twice: list[Path]) -> None:
    for name in ("site/test_accounts.py", "cli/test_edition.py", "core/use_cases/test_editions.py"):
        file = ROOT / "tests" / name
        assert any(file.is_relative_to(one) for one in twice)
        assert list(named(file))


@pytest.mark.parametrize("address", ["", "postgresql://nobody@127.0.0.1:1/none"])
def test_pure_tests_need_no_server(address: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/core/identity/test_upn.py"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": address},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
