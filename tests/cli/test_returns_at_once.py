"""Several submissions at one moment take turns: none is lost, none is mixed with another."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ropewalk.core.facts.writing import damaged_files
from ropewalk.core.identity.upn import check_letter
from ropewalk.core.use_cases.returns import receipts
from ropewalk.site.foundation.facts_store import open_facts

Ropewalk = Callable[..., subprocess.CompletedProcess[str]]
KEY = "a key for tests, of no use to anybody"
AT_ONCE = 4


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """Where the catalogue is: a file, or a PostgreSQL database of its own."""
    if request.param == "sqlite":
        return ""
    made: str = request.getfixturevalue("new_database")()
    return made


@pytest.mark.own_database
def test_submissions_at_one_moment_take_turns(ropewalk: Ropewalk, tmp_path: Path, url: str) -> None:
    environment = {"ROPEWALK_IDENTITY_KEY": KEY, "DATABASE_URL": url, "XDG_DATA_HOME": str(tmp_path)}

    def submit(number: int) -> subprocess.CompletedProcess[str]:
        file = tmp_path / f"register-{number}.csv"
        rest = f"879123420{number:03d}"
        upn = check_letter("A" + rest) + rest
        file.write_text(f"urn,upn,week_beginning,marks\n{113533 + number},{upn},2025-09-08,/ \\ / \\ / \\ / \\ / \\\n")
        return ropewalk("returns", "submit", file, "--by", "me", "--store", tmp_path / "store", **environment)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = list(pool.map(submit, range(AT_ONCE)))
    assert [one.returncode for one in done] == [0] * AT_ONCE, [one.stderr for one in done]
    facts = open_facts(tmp_path / "store", environment)
    live = receipts(facts)
    assert len({one.id for one in live}) == AT_ONCE
    assert sorted(school for one in live for school in one.schools) == [113533 + number for number in range(AT_ONCE)]
    assert [one.sequence for one in facts.snapshot().submissions] == [1, 2, 3, 4]
    assert not damaged_files(facts, facts.snapshot())
    # The same file from two offices at one moment is one submission.
    with ThreadPoolExecutor(2) as pool:
        again = list(pool.map(submit, [7, 7]))
    assert [one.returncode for one in again] == [0, 0]
    assert sum("received before" in one.stdout for one in again) == 1
    assert len(receipts(facts)) == AT_ONCE + 1
