"""Runs ``ropewalk`` commands for tests of crashes, each in a process of its own, without the cost of a new start.

Everything is imported once; for each line of JSON on standard input a process is forked that runs the real command.
Its number is printed, then how it ended. With ``step`` the process ends itself, without any tidying up, at that one of
the moments at which it touches a file, opens a database or tells of progress.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from typing import Any

from ropewalk.cli import main as command_line
from ropewalk.cli import returns
from ropewalk.core.returns.checks import all_checks

TOUCHES = {
    "open",
    "os.rename",
    "os.remove",
    "os.mkdir",
    "os.chmod",
    "sqlite3.connect",
    "sqlite3.connect/handle",
    "fcntl.flock",
    "ropewalk.step",
}


def run(task: dict[str, Any]) -> None:
    """Become the command; never returns."""
    out = os.open(task["output"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(out, 1)
    os.dup2(out, 2)
    os.environ.update(task["environment"])
    sys.argv = ["ropewalk", *task["arguments"]]
    if task.get("step"):
        end_at(task["step"], task["store"])
    code = 0
    try:
        command_line.main()
    except SystemExit as ending:
        code = int(ending.code or 0)
    sys.stdout.flush()
    os._exit(code)


def end_at(step: int, store: str) -> None:
    """End the process at the given moment, counted among those that matter: none before the store is locked."""
    told = returns.Steps.__call__
    seen = 0
    begun = False

    def tell(self: returns.Steps, what: str) -> None:
        sys.audit("ropewalk.step")
        told(self, what)

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal seen, begun
        begun = begun or event == "fcntl.flock"
        if not begun or event not in TOUCHES or (event == "open" and store not in str(arguments[0])):
            return
        seen += 1
        if seen == step:
            os._exit(99)

    returns.Steps.__call__ = tell  # type: ignore[method-assign]
    sys.addaudithook(watch)


def serve() -> None:
    """Fork a process for each line until there are no more."""
    all_checks()
    for line in sys.stdin:
        task = json.loads(line)
        child = os.fork()
        if child == 0:
            run(task)
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    for name in ("psycopg", "ropewalk.site.foundation.catalogue_postgres", "ropewalk.core.use_cases.year_sums"):
        importlib.import_module(name)
    print("ready", flush=True)
    serve()
