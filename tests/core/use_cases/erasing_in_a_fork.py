"""Erases a child in a process of its own for tests of crashes, without the cost of a new start each time.

For each line of JSON on standard input a process is forked that erases the child of a store; its exit code is printed.
With ``step`` it ends itself, without any tidying up, at that one of the moments at which it touches a file or a
database, counted from when it holds the lock of the facts.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from planted_child import BEFORE, ENDED, KEY

from ropewalk.core.use_cases.shredding import child_of_number, erase_child, held_about
from ropewalk.site.foundation.facts_store import open_facts

TOUCHES = {"open", "os.rename", "os.remove", "os.mkdir", "sqlite3.connect", "fcntl.flock", "shutil.rmtree", "step"}


def run(task: dict[str, Any]) -> None:
    """Erase; never returns."""
    facts = open_facts(Path(task["store"]), {"DATABASE_URL": task["url"]})
    held = held_about(facts, child_of_number(facts, BEFORE, key=KEY), key=KEY)
    seen, begun = 0, False

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal seen, begun
        begun = begun or event == "fcntl.flock"
        if not begun or event not in TOUCHES or (event == "open" and task["store"] not in str(arguments[0])):
            return
        seen += 1
        if seen == task["step"]:
            os._exit(ENDED)

    sys.addaudithook(watch)
    now = datetime(2025, 1, 6, 9, tzinfo=UTC)

    def progress(_what: str) -> None:
        sys.audit("step")

    erase_child(facts, held, key=KEY, by="Dana", reason="A parent asked for it", now=now, progress=progress)
    os._exit(0)


def serve() -> None:
    """Fork a process for each line until there are no more."""
    print("ready", flush=True)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                run(json.loads(line))
            finally:
                os._exit(1)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    serve()
