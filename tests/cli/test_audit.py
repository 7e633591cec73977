"""``ropewalk audit verify`` on a file and on a PostgreSQL, after several processes wrote at one moment."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

Ropewalk = Callable[..., subprocess.CompletedProcess[str]]
AT_ONCE, EACH = 4, 10
SOURCE = Path(__file__).resolve().parents[2] / "src"
WRITER = """
import django
django.setup()
from django.utils import timezone
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.audit.recording import Deed, record
for number in range(EACH):
    record(by=Account(pk=1, name="Alice"), deed=Deed.LOOKED, thing="live:place", now=timezone.now(), place="X")
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where the log is: a file, or a PostgreSQL database of its own."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'app.sqlite'}"
    made: str = request.getfixturevalue("new_database")()
    return made


def in_hand(url: str, statement: str) -> None:
    """Do something to the database behind Ropewalk's back."""
    if url.startswith("sqlite"):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as file:
            file.execute(statement)
    else:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(statement)  # type: ignore[call-overload]


@pytest.mark.own_database
def test_entries_of_one_moment_follow_one_another_and_meddling_shows(
    ropewalk: Ropewalk, tmp_path: Path, url: str
) -> None:
    environment = {"DATABASE_URL": url, "XDG_DATA_HOME": str(tmp_path)}

    def verify(*more: str) -> subprocess.CompletedProcess[str]:
        return ropewalk("audit", "verify", *more, "--store", tmp_path / "store", **environment)

    empty = verify()
    assert empty.returncode == 0, empty.stderr
    assert "Nothing is written yet." in empty.stdout

    def write(_number: int) -> int:
        script = f"EACH = {EACH}\n{WRITER}"
        settings = {"DJANGO_SETTINGS_MODULE": "ropewalk.site.config.settings", "PYTHONPATH": str(SOURCE)}
        whole = os.environ | environment | settings
        return subprocess.run([sys.executable, "-c", script], check=False, env=whole).returncode

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert list(pool.map(write, range(AT_ONCE))) == [0] * AT_ONCE
    whole = verify()
    assert whole.returncode == 0, whole.stderr
    noted = re.search(rf"Newest entry: ({AT_ONCE * EACH}:[0-9a-f]{{64}})", whole.stdout)
    assert noted
    assert verify("--known", noted[1]).returncode == 0

    in_hand(url, f"DELETE FROM audit_entry WHERE number = {AT_ONCE * EACH}")  # noqa: S608 - a number
    assert verify().returncode == 0
    cut = verify("--known", noted[1])
    assert (cut.returncode, "which was noted, is gone" in cut.stderr) == (2, True)
    in_hand(url, "UPDATE audit_entry SET place = 'Y' WHERE number = 7")
    changed = verify("--json")
    assert changed.returncode == 2
    assert {name: json.loads(changed.stdout)[name] for name in ("holds", "broken_at")} == {
        "holds": False,
        "broken_at": 7,
    }


@pytest.mark.parametrize("known", ["", "7", "x:y", "0:" + "a" * 64, "3:" + "z" * 64])
def test_a_note_that_is_none_is_refused(ropewalk: Ropewalk, tmp_path: Path, known: str) -> None:
    answer = ropewalk("audit", "verify", "--known", known, "--store", tmp_path, XDG_DATA_HOME=str(tmp_path))
    assert answer.returncode == 2
    assert "as this command printed it" in answer.stderr
