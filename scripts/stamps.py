"""Steps of the set-up, each stamped by the SHA-256 of what it was made from.

A step whose stamp matches and whose outputs exist is not run again, which is why a second set-up takes no time.
The stamp is written last, so a step that was killed half way has none and is simply done again.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


class SetUpError(Exception):
    """The set-up cannot go on; the message says what is wrong and what to do."""


@dataclass(frozen=True)
class Step:
    """One thing the set-up makes: from which inputs, into which outputs, and how."""

    name: str
    title: str
    run: Callable[[], None]
    inputs: Sequence[Path] = ()
    outputs: Sequence[Path] = ()
    facts: Sequence[str] = ()
    # Fingerprints of larger steps that include this one: tests need all that the demo needs, and more.
    covered_by: Sequence[str] = field(default_factory=tuple)


def fingerprint(inputs: Sequence[Path], facts: Sequence[str] = ()) -> str:
    """SHA-256 over facts, and over the names and bytes of the files (folders: every file below them)."""
    digest = hashlib.sha256()
    for fact in facts:
        digest.update(f"{len(fact)}:{fact}".encode())
    for path in sorted(inputs):
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in files:
            content = file.read_bytes() if file.is_file() else b""
            digest.update(f"{file.relative_to(path.parent)}:{file.is_file()}:{len(content)}:".encode())
            digest.update(content)
    return digest.hexdigest()


class Stamps:
    """The stamps of one checkout, kept inside its virtual environment so that they go when it goes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def is_done(self, step: Step) -> bool:
        """True when the step was finished from these very inputs and nothing it made has gone."""
        stamp = self.folder / step.name
        if not stamp.is_file() or not all(path.exists() for path in step.outputs):
            return False
        return stamp.read_text() in {fingerprint(step.inputs, step.facts), *step.covered_by}

    def bring_up_to_date(self, step: Step) -> bool:
        """Run the step if it is not done; True when it had to be run."""
        if self.is_done(step):
            return False
        say(f"{step.title} …")
        started = time.monotonic()
        (self.folder / step.name).unlink(missing_ok=True)
        before = fingerprint(step.inputs, step.facts)
        step.run()
        gone = [str(path) for path in step.outputs if not path.exists()]
        if gone:
            raise SetUpError(f"{step.title}: finished, but these are missing: {', '.join(gone)}.")
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / step.name).write_text(before)
        say(f"{step.title}: done in {time.monotonic() - started:.0f} s")
        return True


def say(line: str) -> None:
    """One line of progress, on standard error so that a program's own output stays clean."""
    print(line, file=sys.stderr, flush=True)


def run_logged(command: Sequence[str], *, log: Path, cwd: Path, env: Mapping[str, str] | None = None) -> int:
    """Run a program with its output in the log, saying every 15 seconds that it still works; its exit code."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a", encoding="utf-8") as out:
        out.write(f"$ {' '.join(command)}\n")
        out.flush()
        started = time.monotonic()
        with subprocess.Popen(command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=out) as process:
            try:
                while True:
                    try:
                        return process.wait(timeout=15)
                    except subprocess.TimeoutExpired:
                        say(f"   still working ({time.monotonic() - started:.0f} s)")
            except BaseException:
                process.kill()
                raise


def last_lines(log: Path, count: int = 25) -> str:
    """The end of the log, for an error message."""
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:])
