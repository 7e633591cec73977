"""A process killed while it erases a child leaves all of it or nothing, and submissions and erasures take turns."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from tests.core.use_cases.planted_child import BEFORE, ENDED, KEY, OAK, PLACE, PRESENT, store, traces, upn
from tests.databases import SERVER, copy_store

from ropewalk.core.errors import NotFound
from ropewalk.core.facts.store import Facts
from ropewalk.core.facts.writing import damaged_files
from ropewalk.core.use_cases.returns import receipts, submit_files
from ropewalk.core.use_cases.shredding import Held, child_of_number, erase_child, erasures, held_about
from ropewalk.site.foundation.facts_store import open_facts

ROOT = Path(__file__).resolve().parents[3]
NOW = datetime(2025, 1, 6, 9, tzinfo=UTC)


class Forks:
    """The helping program that forks a process for each erasure."""

    def __init__(self) -> None:
        self._program = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("erasing_in_a_fork.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
            text=True,
        )
        assert self._said() == "ready"

    def _said(self) -> str:
        assert self._program.stdout is not None
        return self._program.stdout.readline().strip()

    def run(self, facts: Facts, url: str, step: int) -> int:
        """Erase the child of a store, ending at a step; the exit code."""
        assert self._program.stdin is not None
        self._program.stdin.write(json.dumps({"store": str(facts.root), "url": url, "step": step}) + "\n")
        self._program.stdin.flush()
        return int(self._said())

    def close(self) -> None:
        """Let it end."""
        assert self._program.stdin is not None and self._program.stdout is not None
        self._program.stdin.close()
        self._program.wait(timeout=30)
        self._program.stdout.close()


@pytest.fixture(scope="module")
def forks() -> Iterator[Forks]:
    opened = Forks()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    return store(tmp_path_factory.mktemp("kills") / "home", planted=True)


@pytest.fixture(scope="module")
def held(made: Facts) -> Held:
    return held_about(made, child_of_number(made, BEFORE, key=KEY), key=KEY)


def look(facts: Facts, held: Held) -> str:
    """Check that a store is whole, as whoever opens it next finds it, and say whether the child is in it."""
    assert not damaged_files(facts, facts.snapshot())
    assert len(receipts(facts)) == 3
    with facts.writing():
        pass
    if erasures(facts):
        assert [path for path in (facts.root / "identity").rglob("*draft*") if any(path.iterdir())] == []
        assert traces(facts, held.child.records) == []
        with pytest.raises(NotFound):
            child_of_number(facts, BEFORE, key=KEY)
        return "new"
    assert held_about(facts, child_of_number(facts, BEFORE, key=KEY), key=KEY) == held
    return "old"


def step_through(forks: Forks, copies: Iterator[tuple[Facts, str]], held: Held, stride: int) -> list[str]:
    """End erasures at every so manieth step until one gets through; how each was found."""
    found, step = [], 1
    for facts, url in copies:
        code = forks.run(facts, url, step)
        assert code in {0, ENDED}
        found.append(look(facts, held))
        if code == 0:
            return found
        # Whoever was stopped tries again; shown for the first few.
        if found[-1] == "old" and len(found) < 3:
            assert forks.run(facts, url, 0) == 0
            assert look(facts, held) == "new"
        step += stride
    raise AssertionError("copies ended")


@pytest.mark.own_database("sqlite")
def test_ended_at_steps_all_along_the_way_the_child_is_there_or_gone(
    forks: Forks, made: Facts, held: Held, tmp_path: Path
) -> None:
    found = step_through(forks, copies(made, tmp_path), held, stride=9)
    print(found)
    assert found.index("new") > 3
    assert found[found.index("new") :] == ["new"] * found.count("new")
    assert found.count("new") > 2


@pytest.mark.slow
@pytest.mark.own_database("sqlite")
def test_ended_at_every_single_step_the_child_is_there_or_gone(
    forks: Forks, made: Facts, held: Held, tmp_path: Path
) -> None:
    found = step_through(forks, copies(made, tmp_path), held, stride=1)
    assert found == sorted(found, reverse=True)


def copies(made: Facts, folder: Path) -> Iterator[tuple[Facts, str]]:
    """One copy of a store after the other."""
    for number in range(300):
        shutil.copytree(made.root, folder / str(number))
        yield Facts(folder / str(number)), ""


@pytest.fixture
def server() -> Iterator[psycopg.Connection]:
    try:
        opened = psycopg.connect(SERVER, autocommit=True, connect_timeout=3)
    except psycopg.OperationalError:
        reason = "NO POSTGRESQL: no server answers at DATABASE_URL or 127.0.0.1:5432"
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    with opened:
        yield opened


@pytest.mark.own_database
def test_ended_along_the_way_the_child_is_there_or_gone_on_postgresql(
    forks: Forks, held: Held, tmp_path: Path, server: psycopg.Connection
) -> None:
    names = [f"ropewalk_erasing_{os.getpid()}"]
    server.execute(f'CREATE DATABASE "{names[0]}"')  # type: ignore[call-overload]

    def address(name: str) -> str:
        return f"{SERVER.rpartition('/')[0]}/{name}"

    facts = open_facts(tmp_path / "home" / "store", {"DATABASE_URL": address(names[0])})
    store(tmp_path / "home", planted=True, catalogue=facts.given)

    def copied() -> Iterator[tuple[Facts, str]]:
        for number in range(200):
            names.append(f"{names[0]}_{number}")
            server.execute(f'CREATE DATABASE "{names[-1]}" TEMPLATE "{names[0]}"')  # type: ignore[call-overload]
            shutil.copytree(facts.root, tmp_path / str(number))
            url = address(names[-1])
            yield open_facts(tmp_path / str(number), {"DATABASE_URL": url}), url

    try:
        found = step_through(forks, copied(), held, stride=30)
        print(found)
        assert found[0] == "old" and found[-1] == "new"
    finally:
        for name in reversed(names):
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')  # type: ignore[call-overload]


def test_a_submission_at_the_same_moment_waits_and_then_goes_through(made: Facts, held: Held, tmp_path: Path) -> None:
    copy_store(made.root, tmp_path / "store")
    facts, scratch, file = Facts(tmp_path / "store"), tmp_path / "scratch", tmp_path / "register.csv"
    scratch.mkdir()
    file.write_text(f"urn,upn,week_beginning,marks\n{OAK},{upn(0)},2024-11-11,{PRESENT}\n", encoding="utf-8")
    waiting, done = threading.Event(), threading.Event()

    def submit() -> None:
        def progress(what: str) -> None:
            if what == "Waiting for other submissions":
                waiting.set()

        at = datetime(2025, 1, 6, 10, tzinfo=UTC)
        submit_files(
            Facts(facts.root), [file], by="Bob", key=KEY, scratch=scratch, now=at, place=PLACE, progress=progress
        )
        done.set()

    other = threading.Thread(target=submit)

    def progress(what: str) -> None:
        # The erasure holds the lock, and is not committed yet.
        if what == "Erasing":
            other.start()
            assert waiting.wait(60)
            assert not done.wait(0.2)

    erase_child(facts, held, key=KEY, by="Dana", reason="a test", now=NOW, progress=progress)
    other.join(60)
    assert done.is_set()
    assert len(receipts(facts)) == 4
    assert traces(facts, held.child.records) == []


def test_an_erasure_waits_for_a_submission(made: Facts, held: Held, tmp_path: Path) -> None:
    copy_store(made.root, tmp_path / "store")
    facts, done = Facts(tmp_path / "store"), threading.Event()

    def erase() -> None:
        erase_child(Facts(facts.root), held, key=KEY, by="Dana", reason="a test", now=NOW)
        done.set()

    other = threading.Thread(target=erase)
    with facts.writing():
        other.start()
        assert not done.wait(0.5)
        assert child_of_number(facts, BEFORE, key=KEY) == held.child
    other.join(60)
    assert done.is_set()
    assert traces(facts, held.child.records) == []
