"""``ropewalk retention run``: facts about years long over, and old lines set aside, are erased on the day."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from tests.core.use_cases.planted_child import ELM, KEY, PRESENT, Sent, store, upn

from ropewalk.core.use_cases.shredding import erasures

HEADER = "urn,upn,week_beginning,marks"


def test_facts_of_years_long_over_go_when_asked(
    ropewalk: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    old = [HEADER, f"{ELM},{upn(1)},2015-09-07,{PRESENT}", f"{ELM},{upn(1)},never,{PRESENT}"]
    new = [HEADER, f"{ELM},{upn(2)},2025-09-08,{PRESENT}"]
    sent = [Sent(datetime(2025, 1, day, tzinfo=UTC), {"register": (rows, [])}) for day, rows in ((1, old), (2, new))]
    facts = store(tmp_path / "home", planted=False, sent=sent)

    def run(*more: str) -> str:
        environment = {"XDG_DATA_HOME": str(tmp_path), "ROPEWALK_IDENTITY_KEY": KEY.decode()}
        done = ropewalk("retention", "run", *more, "--store", facts.root, **environment)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "facts" not in run("--dry-run")
    told = run("--dry-run", "--facts-older-than", "6")
    assert "facts: 1 rows of academic years before" in told
    assert "(2015/16), 1 records known by nothing else" in told
    assert "lines set aside: 1 files" in told
    assert erasures(facts) == []
    assert run("--facts-older-than", "6") == told.replace("would be", "were")
    [done] = erasures(facts)
    assert (done.by, done.years, done.rows) == ("retention", ("2015/16",), 1)
    assert "facts: 0 rows" in run("--facts-older-than", "6")
