"""A process killed at any moment of a submission leaves the old state or the new one, and loses no receipt."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ropewalk.core.facts.assembling import assemble
from ropewalk.core.facts.store import Facts
from ropewalk.core.facts.writing import damaged_files
from ropewalk.core.identity.upn import check_letter
from ropewalk.core.use_cases.returns import receipts
from ropewalk.site.foundation.facts_store import open_facts

ROOT = Path(__file__).resolve().parents[2]
KEY = "a key for tests, of no use to anybody"
PUPILS = 4
# Pupils known from the first return on; each later one says of two of them that they are one child.
FIRST_SPARE, SPARES = 300, 640
SPARE_WEEK = date(2025, 11, 10)
RECEIPT = re.compile(r"^Receipt (R\d{8}-\w+), recorded", re.MULTILINE)
MARKS = ("/ \\ / \\ / \\ / \\ / \\", "I I / \\ / \\ / \\ / \\", "O O O O / \\ / \\ / \\")


class Forks:
    """The helping program that forks a process for each command."""

    def __init__(self) -> None:
        self._program = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("command_in_a_fork.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
            text=True,
        )
        assert self._said() == "ready"

    def _said(self) -> str:
        assert self._program.stdout is not None
        return self._program.stdout.readline().strip()

    def run(
        self, task: dict[str, Any], *, kill_after: float | None = None, lock: Path | None = None
    ) -> tuple[int, float]:
        """Run a command; its exit code, minus nine when killed, and the seconds it took.

        It is killed after so many seconds if it still runs. With ``lock`` seconds count from the moment at which it
        has this file open.
        """
        assert self._program.stdin is not None
        self._program.stdin.write(json.dumps(task) + "\n")
        self._program.stdin.flush()
        process = int(self._said())
        if lock is not None:
            wait_until_open(process, lock)
        started = time.perf_counter()
        if kill_after is not None:
            time.sleep(kill_after)
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        return int(self._said()), time.perf_counter() - started

    def close(self) -> None:
        """Let it end."""
        assert self._program.stdin is not None and self._program.stdout is not None
        self._program.stdin.close()
        self._program.wait(timeout=30)
        self._program.stdout.close()


def wait_until_open(process: int, file: Path) -> None:
    """Wait until a process has a file open, or has ended."""
    folder = Path(f"/proc/{process}/fd")
    while True:
        try:
            if any(os.path.realpath(entry) == str(file) for entry in folder.iterdir()):
                return
        except OSError:
            # Ended: its parent has not asked yet how.
            if not (Path(f"/proc/{process}") / "exe").exists():
                return
        time.sleep(0.001)


@pytest.fixture(scope="module")
def forks() -> Iterator[Forks]:
    opened = Forks()
    yield opened
    opened.close()


def upn(serial: int) -> str:
    rest = f"879123420{serial:03d}"
    return check_letter("A" + rest) + rest


@dataclass
class Trial:
    """A store to which one small return after the other is sent, each a little different from the one before."""

    folder: Path
    environment: dict[str, str]
    seen: set[str] = field(default_factory=set)

    @property
    def store(self) -> Path:
        return self.folder / "store"

    @property
    def facts(self) -> Facts:
        return open_facts(self.store, self.environment)

    def task(self, number: int, step: int | None = None) -> dict[str, Any]:
        """What to run to send return ``number``: one week, newly marked, and two known pupils that are one child."""
        roll, register = self.folder / "roll.csv", self.folder / "register.csv"
        header = "urn,upn,former_upn,surname,forename,date_of_birth,year_group,start_date"
        entry = "7,2025-09-03"
        rows = [f"113533,{upn(serial)},,Some,Body{serial},2013-01-0{serial + 1},{entry}" for serial in range(PUPILS)]
        one, other = FIRST_SPARE + 2 * number, FIRST_SPARE + 2 * number + 1
        rows.append(f"113533,{upn(one)},{upn(other)},New,Name{number},2013-02-02,{entry}")
        roll.write_text("\n".join([header, *rows]) + "\n")
        week = monday(number)
        lines = [f"113533,{upn(serial)},{week},{MARKS[(number + serial) % 3]}" for serial in range(PUPILS)]
        if number == 0:
            spares = range(FIRST_SPARE, FIRST_SPARE + SPARES)
            lines += [f"113533,{upn(serial)},{SPARE_WEEK},{MARKS[0]}" for serial in spares]
        register.write_text("\n".join(["urn,upn,week_beginning,marks", *lines]) + "\n")
        return {
            "arguments": [
                "returns",
                "submit",
                str(roll),
                str(register),
                "--by",
                str(number),
                "--store",
                str(self.store),
            ],
            "environment": self.environment,
            "output": str(self.folder / "output"),
            "store": str(self.store),
            "step": step,
        }

    def look(self) -> list[str]:
        """Check that the state is whole, and give the receipts that are live."""
        facts = self.facts
        snapshot = facts.snapshot()
        live = [one.id for one in receipts(facts)]
        assert not damaged_files(facts, snapshot)
        assert self.seen <= set(live), "a receipt was lost"
        printed = RECEIPT.findall((self.folder / "output").read_text())
        assert set(printed) <= set(live), "a receipt was given for nothing"
        self.seen |= set(live)
        numbers = [int(submission.by) for submission in snapshot.submissions]
        with duckdb.connect(config={"threads": 1}) as con:
            assemble(con, facts)
            rows = con.execute("SELECT week, authorised, unauthorised FROM attendance").fetchall()
            assert Counter(rows) == expected_marks(numbers)
            [(enrolled,)] = con.execute("SELECT count(DISTINCT child) FROM enrolment").fetchall()
            assert enrolled == (PUPILS + len(numbers) if numbers else 0)
            # Two pupils are one child exactly when the submission that said so is live.
            [(children,)] = con.execute("SELECT count(DISTINCT child) FROM attendance").fetchall()
            assert children == (PUPILS + SPARES - len(numbers) if numbers else 0)
        return live


def monday(number: int) -> date:
    """Returns are about three weeks by turns, so that most correct an earlier one."""
    return date(2025, 9, 8) + timedelta(weeks=number % 3)


def expected_marks(numbers: list[int]) -> Counter[tuple[date, int, int]]:
    """Sessions of authorised and unauthorised absence in each pupil's week, by the newest return about it."""
    newest = {monday(number): number for number in numbers}
    counts: Counter[tuple[date, int, int]] = Counter()
    for week, number in newest.items():
        for serial in range(PUPILS):
            marks = MARKS[(number + serial) % 3].split()
            counts[week, marks.count("I"), marks.count("O")] += 1
    if numbers:
        counts[SPARE_WEEK, 0, 0] += SPARES
    return counts


@pytest.fixture
def database(new_database: Callable[[], str]) -> str:
    """A PostgreSQL database of its own."""
    return new_database()


def trial(folder: Path, url: str = "") -> Trial:
    return Trial(folder, {"ROPEWALK_IDENTITY_KEY": KEY, "DATABASE_URL": url, "XDG_DATA_HOME": str(folder)})


def kill_often(forks: Forks, one: Trial, *, kills: int, seed: int) -> Counter[str]:
    """Kill submissions at random moments, look at the state each time; how often it was the old one or the new one."""
    chance = random.Random(seed)  # noqa: S311 - moments to kill at, not secrets
    code, whole = forks.run(one.task(0))
    assert code == 0 and len(one.look()) == 1
    lock = (one.store / "facts" / ".lock").resolve()
    code, writing = forks.run(one.task(1), lock=lock)
    assert code == 0 and len(one.look()) == 2
    ends: Counter[str] = Counter()
    number = 2
    while ends["old"] + ends["new"] < kills:
        before = len(one.seen)
        # Reading comes first and writes nothing, and after the receipt only sums are made that may be lost: most kills
        # fall into the time between.
        early, late = number % 6 == 0, number % 6 == 1
        moment = chance.uniform(0, whole if early else 1.1 * writing if late else 0.4 * writing)
        code, took = forks.run(one.task(number), kill_after=moment, lock=None if early else lock)
        after = len(one.look())
        assert after in (before, before + 1)
        if code == -signal.SIGKILL:
            ends["new" if after > before else "old"] += 1
        else:
            assert code == 0 and after == before + 1
            ends["finished"] += 1
            # Other work on the machine makes it slower or faster: the moments follow.
            writing = writing if early else (writing + took) / 2
        number += 1
    # After all that, a submission goes through as on the first day.
    before = len(one.seen)
    assert forks.run(one.task(number))[0] == 0
    assert len(one.look()) == before + 1
    return ends


@pytest.mark.slow
@pytest.mark.own_database("sqlite")
def test_killed_at_hundreds_of_moments_the_store_is_whole(forks: Forks, tmp_path: Path) -> None:
    ends = kill_often(forks, trial(tmp_path), kills=200, seed=1)
    print(ends)
    assert ends["old"] > 50 and ends["new"] > 0


@pytest.mark.slow
@pytest.mark.own_database
def test_killed_at_hundreds_of_moments_the_store_is_whole_on_postgresql(
    forks: Forks, tmp_path: Path, database: str
) -> None:
    ends = kill_often(forks, trial(tmp_path, database), kills=200, seed=2)
    print(ends)
    assert ends["old"] > 50 and ends["new"] > 0


@pytest.mark.own_database("sqlite")
def test_ended_at_steps_all_along_the_way_the_store_is_whole(forks: Forks, tmp_path: Path) -> None:
    step_through(forks, trial(tmp_path), stride=13)


@pytest.mark.slow
@pytest.mark.own_database("sqlite")
def test_ended_at_every_single_step_the_store_is_whole(forks: Forks, tmp_path: Path) -> None:
    step_through(forks, trial(tmp_path), stride=1)


@pytest.mark.slow
@pytest.mark.own_database
def test_ended_at_every_single_step_the_store_is_whole_on_postgresql(
    forks: Forks, tmp_path: Path, database: str
) -> None:
    step_through(forks, trial(tmp_path, database), stride=1)


def step_through(forks: Forks, one: Trial, *, stride: int) -> None:
    """End submissions at every so manieth step until one gets through."""
    assert forks.run(one.task(0))[0] == 0
    one.look()
    number, step = 1, 1
    while (code := forks.run(one.task(number, step))[0]) == 99:
        before = len(one.seen)
        assert len(one.look()) in (before, before + 1)
        number, step = number + 1, step + stride
    assert code == 0
    one.look()
    assert step > 20


@pytest.mark.own_database("sqlite")
def test_the_first_submission_of_all_may_be_killed_too(forks: Forks, tmp_path: Path) -> None:
    for step in (4, 30):
        folder = tmp_path / str(step)
        folder.mkdir()
        one = trial(folder)
        forks.run(one.task(0, step))
        assert len(one.look()) in (0, 1)
        assert forks.run(one.task(0))[0] == 0
        assert len(one.look()) == 1
