"""Run every gate of the house, one after the other, and report all that failed rather than the first.

Tests run last, so their own closing line stands near the end. Exit code: 0 all passed, 1 something failed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
SETTINGS = "ropewalk.site.config.settings"
# `check --deploy` judges the settings of a server, so it is given what a server must be given.
SERVER = {
    "ROPEWALK_HTTPS": "1",
    "ROPEWALK_ALLOWED_HOSTS": "ropewalk.example",
    "ROPEWALK_SECRET_KEY": "only-for-this-check-" + "abcdefghijklmnopqrstuvwxyz0123456789" * 2,
}


# Where tests that need a PostgreSQL look for one.
NAMED = os.environ.get("DATABASE_URL", "")
POSTGRESQL = NAMED or "postgresql://postgres@127.0.0.1:5432/postgres"
# Tests that work with a database of the site or of the facts. They run on a file and on a server: a store of theirs has
# a database of its own there, see tests/databases.py. All others touch none, and need not run twice: they ask for no
# database, start no command and open no facts, which tests/architecture/test_both_databases.py holds.
WITH_A_DATABASE = (
    "tests/cli",
    "tests/site",
    "tests/canary",
    "tests/browser",
    "tests/core/facts/test_what_was_known.py",
    "tests/core/identity/test_lines_aside.py",
    "tests/core/use_cases",
    "tests/core/returns/test_submitting.py",
    "tests/second_calculation/test_against_ropewalk.py",
)
# Tests that name the database they are about, or both: once is enough.
NAMES_ITS_DATABASE = "own_database"
# Tests run in several processes, a file in one of them; a browser and what is marked so has the machine to itself.
# Files begin in the order in which they are named, for the longest hold few tests: last, they would run by themselves.
SIDE_BY_SIDE = ("-n", str(min(os.cpu_count() or 1, 4)), "--dist", "loadfile", "--no-loadscope-reorder")
ALONE = "alone or browser"


@dataclass(frozen=True)
class Gate:
    """One check: what it holds, the program that holds it, and whether its output is shown as it runs."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)
    shown: bool = False


@dataclass(frozen=True)
class Outcome:
    """How a gate ended."""

    gate: Gate
    passed: bool
    seconds: float


def gates(pytest_arguments: Sequence[str]) -> list[Gate]:
    """All gates, in the order in which they run: quick ones first, tests last."""
    ours = ["src", "tests", "scripts"]
    admin = ["-m", "django"]
    site = {"DJANGO_SETTINGS_MODULE": SETTINGS}
    python = str(BIN / "python")
    return [
        Gate("style (ruff check)", [str(BIN / "ruff"), "check", *ours]),
        Gate("format (ruff format)", [str(BIN / "ruff"), "format", "--check", *ours]),
        Gate("layers (import-linter)", [str(BIN / "lint-imports"), "--no-logo"]),
        Gate("types of the core (mypy --strict)", [python, "-m", "mypy", "--strict", "-p", "ropewalk.core"]),
        Gate(
            "types of site and command line (mypy)",
            [python, "-m", "mypy", "--config-file", "mypy-site.ini", "-p", "ropewalk.site", "-p", "ropewalk.cli"],
        ),
        Gate("dependencies (deptry)", [str(BIN / "deptry"), "src"]),
        Gate("unsafe calls (bandit)", [str(BIN / "bandit"), "-q", "-c", "pyproject.toml", "-r", "src"]),
        Gate(
            "deployment (django check --deploy)",
            [python, *admin, "check", "--deploy", "--fail-level", "WARNING"],
            site | SERVER,
        ),
        Gate("migrations (makemigrations --check)", [python, *admin, "makemigrations", "--check", "--dry-run"], site),
        *_on_the_other_database(pytest_arguments),
        _tests("tests that need the machine alone (pytest)", ["-m", ALONE, *pytest_arguments]),
        _tests("tests side by side (pytest)", ["-m", f"not ({ALONE})", *SIDE_BY_SIDE, *pytest_arguments]),
    ]


def _tests(name: str, arguments: Sequence[str], env: Mapping[str, str] | None = None) -> Gate:
    return Gate(name, [str(BIN / "python"), "-m", "pytest", *arguments], env or {}, shown=True)


def _on_the_other_database(pytest_arguments: Sequence[str]) -> list[Gate]:
    """What works with a database once more: on a server where all tests use files, in files where all use a server.

    None where no server answers; in CI the gates then stand and fail. What is about a file alone runs in files alone.
    """
    if NAMED:
        where, env, which = "in files", {"DATABASE_URL": ""}, ""
    elif postgresql_answers() or promised():
        where, env, which = "on PostgreSQL", {"DATABASE_URL": POSTGRESQL}, f" and not {NAMES_ITS_DATABASE}"
    else:
        return []
    alone = [*WITH_A_DATABASE, "-m", f"({ALONE}){which}", *pytest_arguments]
    others = [*WITH_A_DATABASE, "-m", f"not ({ALONE}){which}", *SIDE_BY_SIDE, *pytest_arguments]
    return [
        _tests(f"tests {where} that need the machine alone (pytest)", alone, env),
        _tests(f"tests {where} side by side (pytest)", others, env),
    ]


def postgresql_answers() -> bool:
    """Whether there is a PostgreSQL to test with."""
    try:
        psycopg.connect(POSTGRESQL, connect_timeout=3).close()
    except psycopg.Error:
        return False
    return True


def promised() -> bool:
    """Whether this run may leave nothing out."""
    return os.environ.get("CI", "").lower() == "true"


def run(gate: Gate) -> Outcome:
    """Run one gate; show what it printed when it failed, or all along for the tests."""
    print(f"• {gate.name} …", flush=True)
    started = time.monotonic()
    finished = subprocess.run(
        gate.command,
        cwd=ROOT,
        env={**os.environ, **gate.env},
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=None if gate.shown else subprocess.PIPE,
        stderr=None if gate.shown else subprocess.STDOUT,
    )
    seconds = time.monotonic() - started
    if finished.returncode != 0 and not gate.shown:
        print(finished.stdout.decode("utf-8", errors="replace"), flush=True)
    return Outcome(gate, finished.returncode == 0, seconds)


def table(outcomes: Sequence[Outcome]) -> str:
    """All gates with how they ended and how long they took."""
    width = max(len(outcome.gate.name) for outcome in outcomes)
    rows = [f"  {o.gate.name:<{width}}  {'ok' if o.passed else 'FAILED':<6}  {o.seconds:6.1f} s" for o in outcomes]
    return "\n".join(["", "Gates", *rows])


def left_out() -> str:
    """What this run cannot show for want of files or a server; empty when it shows all."""
    return "\n".join(warning for warning in (shared_data_warning(), postgresql_warning()) if warning)


def postgresql_warning() -> str:
    """What to say when there is no PostgreSQL; empty when there is one."""
    if postgresql_answers():
        return ""
    return (
        "!" * 100
        + "\n!! No PostgreSQL answers at DATABASE_URL or 127.0.0.1:5432: tests on a server are left out.\n"
        + "!" * 100
    )


def shared_data_warning() -> str:
    """What to say when the published files the tests read are not there; empty when they are."""
    folder = Path(os.environ.get("ROPEWALK_SHARED_DATA") or ROOT.parent / "shared" / "data")
    if folder.is_dir():
        return ""
    return (
        "!" * 100
        + f"\n!! {folder} is not there: every test on REAL published files is skipped, so this run proves less.\n"
        + "!! Put the published files there, or name their folder in ROPEWALK_SHARED_DATA.\n"
        + "!" * 100
    )


def main(arguments: Sequence[str]) -> int:
    """Run everything; extra arguments go to pytest."""
    warning = left_out()
    if warning:
        print(warning, flush=True)
    outcomes = [run(gate) for gate in gates(arguments)]
    print(table(outcomes))
    if warning:
        print(f"\n{warning}")
    failed = [outcome.gate.name for outcome in outcomes if not outcome.passed]
    print(f"\nFAILED: {'; '.join(failed)}" if failed else "\nEvery gate holds.")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
