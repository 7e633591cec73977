"""The process that checks or submits one upload: ``python -m ropewalk.site.see.sharing.processing FOLDER``.

It reads the task in the folder and writes there how far it is and what came of it. It needs no Django. It says nothing
on its outputs but faults of ours, and those without a word of what the files hold.
"""

import csv
import fcntl
import io
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from ropewalk.core.errors import RopewalkError
from ropewalk.core.publish.table_files import guarded
from ropewalk.core.use_cases.facts_store import Facts
from ropewalk.core.use_cases.looking_through import Change, LookedThrough, look_through
from ropewalk.core.use_cases.returns import submit_files
from ropewalk.core.use_cases.year_sums import keep_year_sums
from ropewalk.site.foundation.facts_store import identity_key, open_facts
from ropewalk.site.see.sharing.bounds import TOO_MUCH, Bounds, confine, out_of_memory, within
from ropewalk.site.see.sharing.upload_folder import CHECKED, FAULT, PROBLEMS, PROGRESS, SUBMITTED, TASK, UploadFolder

# Uploads wait for each other here: one at a time is quick, many at once would fill the memory.
TURN = "turn.lock"
SCRATCH = "scratch"
OTHERS = (
    "The files speak of schools that you may not send returns for ({}). Nothing of this return was stored. "
    "Send files of your own school alone, or ask whoever runs this site."
)
OURS = (
    "Something went wrong that is not your fault. Nothing of this return was stored. "
    "Try again, or tell whoever runs this site."
)

Progress = Callable[[str], None]


def main(path: Path) -> int:
    """Do the task of an upload's folder; 0 when it is done, 1 when it could not be."""
    folder = UploadFolder(path.parent, UUID(path.name))
    task = folder.read(TASK)

    progress = _Steps(folder)

    try:
        progress("Waiting for other files to be dealt with")
        with (path.parent / TURN).open("w") as turn, _scratch(path) as scratch:
            fcntl.flock(turn, fcntl.LOCK_EX)
            steps = {"check": _check, "submit": _submit}
            with within(Bounds(**task.get("bounds", {})), lambda words: folder.write(FAULT, {"words": words})):
                steps[task["step"]](folder, task, scratch, progress)
    except Exception as problem:  # noqa: BLE001 - whoever waits for the page must be told, whatever it is
        folder.write(FAULT, {"words": _words_for(problem)})
        return 1
    return 0


def _words_for(problem: Exception) -> str:
    """What the page says of a fault."""
    if out_of_memory(problem):
        return TOO_MUCH
    if isinstance(problem, RopewalkError):
        return str(problem)
    # The kind of fault only: its text may hold what stood in a file.
    sys.stderr.write(f"returns: an upload ended with {problem.__class__.__name__}\n")
    return OURS


@contextmanager
def _scratch(path: Path) -> Iterator[Path]:
    """A folder for what the work lays aside; what a killed process left behind in it goes first."""
    scratch = path / SCRATCH
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(mode=0o700)
    try:
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


class _Steps:
    """Tells the page how far the work is. How many steps there are is known only about."""

    ABOUT = 110

    def __init__(self, folder: UploadFolder) -> None:
        self.folder = folder
        self.done = 0

    def __call__(self, what: str) -> None:
        self.done += 1
        self.folder.write(PROGRESS, {"what": what, "done": self.done, "of": max(self.ABOUT, self.done)})


def _facts_and_key(task: dict[str, Any]) -> tuple[Facts, bytes]:
    facts = open_facts(Path(task["store"]), os.environ)
    return facts, identity_key(facts, os.environ) or b""


def _check(folder: UploadFolder, task: dict[str, Any], scratch: Path, progress: Progress) -> None:
    facts, key = _facts_and_key(task)
    found = look_through(
        facts,
        folder.files,
        scratch=scratch,
        today=date.fromisoformat(task["today"]),
        key=key,
        year=task["year"] or None,
        progress=progress,
    )
    if others := _others(task, found.schools):
        # What is known of other schools is not shown either: nothing of what was found is written down.
        folder.write(FAULT, {"words": OTHERS.format(", ".join(map(str, others)))})
        return
    (folder.path / PROBLEMS).write_bytes(problems_csv(found))
    for number, content in found.refused.items():
        (folder.path / f"refused-{number}.csv").write_bytes(content)
    folder.write(CHECKED, found_json(found))


def _others(task: dict[str, Any], schools: Iterable[int]) -> list[int]:
    """Schools that whoever sends the files may not send for."""
    allowed = task["schools"]
    return [] if allowed is None else sorted(set(schools) - set(allowed))


def _submit(folder: UploadFolder, task: dict[str, Any], scratch: Path, progress: Progress) -> None:
    facts, key = _facts_and_key(task)
    done = submit_files(
        facts,
        folder.files,
        by=task["by"],
        key=key,
        scratch=scratch,
        now=datetime.now(UTC),
        year=task["year"] or None,
        progress=progress,
    )
    if done.receipt is None:
        folder.write(FAULT, {"words": "A file could not be read at all. Nothing was stored. Send the files again."})
        return
    folder.write(SUBMITTED, {"receipt": done.receipt.id, "is_new": done.is_new})
    folder.forget_files()
    keep_year_sums(facts, today=date.fromisoformat(task["today"]))


def found_json(found: LookedThrough) -> dict[str, Any]:
    """What the page of the upload shows."""
    return {
        "stopped": found.report.has_whole_file_problem,
        "files": [asdict(file) for file in found.report.files],
        "problems": [asdict(problem) for problem in found.report.problems],
        "changes": [_change_json(change) for change in found.changes],
        "schools": list(found.schools),
    }


def _change_json(change: Change) -> dict[str, Any]:
    days = {"first": change.first, "last": change.last}
    return {**asdict(change), **{name: day.isoformat() if day else None for name, day in days.items()}}


def problems_csv(found: LookedThrough) -> bytes:
    """Every problem with file, row and column, as a spreadsheet opens it."""
    rules = {group.check: group for group in found.report.problems}
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(("file", "row", "column", "how much it matters", "problem", "note", "what to do", "rule"))
    for one in found.problems:
        rule = rules[one.check]
        row = "whole file" if one.line is None else one.line
        writer.writerow(
            (
                *(guarded(one.file), row, one.column or "", rule.severity.words, rule.says),
                *(guarded(one.detail or ""), rule.do, one.check),
            )
        )
    return out.getvalue().encode("utf-8-sig")


if __name__ == "__main__":
    own = Path(sys.argv[1])
    confine(Bounds(**UploadFolder(own.parent, UUID(own.name)).read(TASK).get("bounds", {})))
    sys.exit(main(own))
