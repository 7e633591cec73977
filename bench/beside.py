"""Ropewalk and what a user would write instead, in turn, each a process of its own: medians, ratios, who gave up.

Part of the benchmarks, not one of them. Whoever takes more memory or time than there is gets stopped and says so.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import psutil

WIDTH = 66
LONGEST = 900.0
# Of the memory that is free when a process starts this part may be taken by it.
SHARE_OF_FREE = 0.8
_LOOK_EVERY = 0.02


@dataclass(frozen=True)
class Contender:
    """A command that does the work, or why it cannot be run."""

    name: str
    command: Sequence[str] = ()
    left_out: str = ""


@dataclass(frozen=True)
class Run:
    """One run: seconds, processor seconds, peak MiB, what was printed, and why it did not end by itself."""

    wall: float
    processor: float
    memory: float
    said: str
    gave_up: str = ""


@dataclass
class Watch:
    """Looks after a process: its peak memory, and its end when it takes too much."""

    process: subprocess.Popen[bytes]
    most: float = field(default_factory=lambda: SHARE_OF_FREE * psutil.virtual_memory().available)
    peak: float = 0.0
    gave_up: str = ""
    done: threading.Event = field(default_factory=threading.Event)

    def look(self) -> None:
        """Until the process ends."""
        began = time.monotonic()
        while not self.done.wait(_LOOK_EVERY):
            used = _peak(self.process.pid)
            self.peak = max(self.peak, used)
            if used > self.most:
                self._stop(f"took more than {self.most / 2**30:,.1f} GiB")
            elif time.monotonic() - began > LONGEST:
                self._stop(f"took longer than {LONGEST:,.0f} s")

    def _stop(self, why: str) -> None:
        self.gave_up = self.gave_up or why
        self.process.kill()


def _peak(process: int) -> float:
    """The most memory a process has held since it began, in bytes; where that is not told, what it holds now.

    What the system tells of an ended process is no use: it begins with the memory of the process that started it.
    """
    try:
        told = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
        return next(float(line.split()[1]) * 1024 for line in told.splitlines() if line.startswith("VmHWM"))
    except (OSError, StopIteration):
        pass
    try:
        return float(psutil.Process(process).memory_info().rss)
    except psutil.Error:
        return 0.0


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Run:
    """Run a command to its end. Raises RuntimeError with the last line it wrote when it fails."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=output, stderr=errors, env={**os.environ, **(environment or {})})
        watch = Watch(process)
        watcher = threading.Thread(target=watch.look)
        watcher.start()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.done.set()
        watcher.join()
        output.seek(0)
        errors.seek(0)
        said, faults = output.read().decode(), errors.read().decode(errors="replace").strip()
    if process.returncode and not watch.gave_up:
        if "MemoryError" in faults or "Out of Memory" in faults or process.returncode == -9:
            watch.gave_up = "ran out of memory"
        else:
            raise RuntimeError(f"{' '.join(command[:4])} … ended with {process.returncode}: {faults[-600:]}")
    return Run(wall, used.ru_utime + used.ru_stime, watch.peak / 2**20, said, watch.gave_up)


def head() -> str:
    """The names of the columns."""
    return f"{'':<{WIDTH}} {'seconds':>9} {'processor':>9} {'peak MiB':>9} {'ratio':>7}"


def line(name: str, runs: Sequence[Run], ours: Sequence[Run]) -> str:
    """One row of the table; the ratio says how many times as long as Ropewalk it took."""
    given_up = next((one.gave_up for one in runs if one.gave_up), "")
    if given_up:
        return f"{name:<{WIDTH}} did not finish: {given_up}"
    wall, processor, memory = (median(getattr(one, part) for one in runs) for part in ("wall", "processor", "memory"))
    ratio = wall / median(one.wall for one in ours)
    return f"{name:<{WIDTH}} {wall:>9.2f} {processor:>9.2f} {memory:>9,.0f} {ratio:>7.2f}"


def compare(contenders: Sequence[Contender], runs: int, ours: Sequence[Run] = ()) -> dict[str, list[Run]]:
    """Run all in turn, so many times, and print what came out; the first one is Ropewalk, or ``ours`` are its runs.

    Whoever gave up once is not run again.
    """
    able = [one for one in contenders if not one.left_out]
    found: dict[str, list[Run]] = {one.name: [] for one in able}
    for _ in range(runs):
        for one in able:
            if not any(before.gave_up for before in found[one.name]):
                found[one.name].append(run(one.command))
    if not ours:
        print(head())
    for one in contenders:
        left_out = f"{one.name:<{WIDTH}} left out: {one.left_out}"
        print(left_out if one.left_out else line(one.name, found[one.name], ours or found[able[0].name]))
    return found


def target(what: str, runs: Sequence[Run], seconds: float, mebibytes: float | None = None) -> None:
    """Print whether the medians are within what was aimed at."""
    wall, memory = median(one.wall for one in runs), median(one.memory for one in runs)
    aims = [f"{wall:,.2f} s of {seconds:,.0f} s"]
    kept = wall <= seconds
    if mebibytes is not None:
        aims.append(f"{memory:,.0f} MiB of {mebibytes:,.0f} MiB")
        kept = kept and memory <= mebibytes
    print(f"{what}: {', '.join(aims)} — {'within the aim' if kept else 'NOT within the aim'}")


@contextmanager
def scratch(needs: float) -> Iterator[Path]:
    """A folder for what is made on the way, deleted afterwards. Raises RuntimeError without so many bytes of room."""
    with tempfile.TemporaryDirectory(prefix="ropewalk-bench-") as name:
        free = psutil.disk_usage(name).free
        if free < needs:
            raise RuntimeError(
                f"{needs / 2**30:,.0f} GiB are needed in {Path(name).parent}, {free / 2**30:,.0f} GiB are free. "
                "Name another folder with TMPDIR, or fewer pupils with --pupils."
            )
        yield Path(name)


@contextmanager
def told(what: str) -> Iterator[None]:
    """Say what is being made ready, and how long it took."""
    print(f"making ready: {what} …", end="", flush=True)
    started = time.perf_counter()
    yield
    print(f" {time.perf_counter() - started:,.1f} s", flush=True)


def load() -> str:
    """How busy the machine is, and how large."""
    one, five, _ = os.getloadavg()
    memory = psutil.virtual_memory()
    return (
        f"{os.cpu_count()} processors, {memory.total / 2**30:,.0f} GiB; load before it began {one:.1f} "
        f"(over five minutes {five:.1f})"
    )
