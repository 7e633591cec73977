"""Make this checkout ready to run (`run`) or to test (`check`). Needs nothing but Python 3.11 or later.

    python3 scripts/set_up.py run      what `make demo` needs
    python3 scripts/set_up.py check    what `make test` needs as well
    python3 scripts/set_up.py bench    what `make bench` needs beyond running

It may be stopped at any moment and started again: it carries on from what was finished.
"""

from __future__ import annotations

import contextlib
import fcntl
import importlib.util
import os
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import system_packages
from stamps import SetUpError, Stamps, Step, fingerprint, last_lines, run_logged, say

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
STAMPS = VENV / ".stamps"
WORK = ROOT / ".set-up"
LOG = WORK / "log.txt"
# Written before packages go in, removed after: an installation cut off half way can leave a package that looks whole.
UNFINISHED = STAMPS / "packages.unfinished"
BUILT = ROOT / "src" / "ropewalk" / "site" / "foundation" / "static" / "foundation"
LEVELS = ("run", "check", "bench")


def command(arguments: Sequence[str], *, what: str) -> None:
    """Run a program of the set-up; stop with the end of its output when it fails."""
    if run_logged(arguments, log=LOG, cwd=ROOT, env=environment()) != 0:
        raise SetUpError(f"{what} failed:\n{last_lines(LOG)}\nThe whole log is {LOG}.")


def environment() -> dict[str, str]:
    """The environment of the programs we start: our own virtual environment first, whatever else is activated."""
    env = {key: value for key, value in os.environ.items() if key not in {"VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME"}}
    return {**env, "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', os.defpath)}", "VIRTUAL_ENV": str(VENV)}


def base_python() -> str:
    """The interpreter itself, even when this runs inside a virtual environment that is about to be rebuilt."""
    return os.path.realpath(getattr(sys, "_base_executable", sys.executable))


def make_virtual_environment() -> None:
    """Make .venv from nothing; install Debian's missing half of venv when that is what stops it."""
    uv = shutil.which("uv")
    if importlib.util.find_spec("ensurepip") is None and not uv:
        # Debian ships python3 without the part that puts pip into a virtual environment.
        system_packages.install([f"python{sys.version_info.major}-venv"], root=ROOT, log=LOG)
        importlib.invalidate_caches()
    if importlib.util.find_spec("ensurepip") is None:
        if not uv:
            raise SetUpError(
                f"{base_python()} cannot make a virtual environment with pip in it.\n"
                "Install this Python's venv package (Debian: python3-venv) or uv, then try again."
            )
        command([uv, "venv", "--clear", "--seed", "--python", base_python(), str(VENV)], what="Making .venv")
        return
    command([base_python(), "-m", "venv", "--clear", str(VENV)], what="Making .venv")


def pip_install(arguments: Sequence[str], *, what: str) -> None:
    """Install with uv where it is present (much faster), with pip otherwise or when uv cannot."""
    uv = shutil.which("uv")
    if uv:
        wanted = [uv, "pip", "install", "--python", str(BIN / "python"), *arguments]
        if run_logged(wanted, log=LOG, cwd=ROOT, env=environment()) == 0:
            return
        say("   uv could not install them here; trying pip")
    pip = [str(BIN / "python"), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    command([*pip, *arguments], what=what)


def install_packages(level: str) -> None:
    """Install the locked packages, every file checked against its hash."""
    UNFINISHED.write_text("installing\n")
    locked = ROOT / "requirements" / f"{level}.txt"
    pip_install(["--require-hashes", "-r", str(locked)], what="Installing the Python packages")
    UNFINISHED.unlink()


def install_ropewalk() -> None:
    """Put Ropewalk itself into the environment, as the files that stand here; nothing is downloaded for it."""
    pip_install(["--no-deps", "--no-build-isolation", "-e", str(ROOT)], what="Installing Ropewalk")


def run_npm(*arguments: str) -> None:
    """Run npm of the virtual environment, so that no Node.js need be on the machine."""
    npm = BIN / "npm"
    command([str(npm), "--no-fund", "--no-audit", "--no-update-notifier", *arguments], what=f"npm {arguments[0]}")


def python_steps(level: str) -> list[Step]:
    """The virtual environment, the packages in it, and Ropewalk itself."""
    locked = {name: ROOT / "requirements" / f"{name}.txt" for name in LEVELS}
    packages = "check" if level == "check" else "run"
    # Not the full version: a security update of the same Python leaves the environment as good as it was.
    made_by = [base_python(), f"{sys.version_info.major}.{sys.version_info.minor}", str(ROOT)]
    return [
        Step(
            "environment",
            "Making the Python environment in .venv",
            make_virtual_environment,
            facts=made_by,
            outputs=[BIN / "python"],
        ),
        Step(
            "packages",
            f"Installing Python packages ({'about 90' if packages == 'check' else 'about 50'}; minutes the first time)",
            lambda: install_packages(packages),
            inputs=[locked[packages]],
            covered_by=[fingerprint([locked["check"]])],
        ),
        Step(
            "ropewalk",
            "Installing Ropewalk into it",
            install_ropewalk,
            inputs=[ROOT / "pyproject.toml"],
            outputs=[BIN / "ropewalk"],
        ),
        *(bench_steps(locked["bench"]) if level == "bench" else []),
    ]


def bench_steps(locked: Path) -> list[Step]:
    """What the benchmarks run beside Ropewalk: the tools a user would take instead."""
    return [
        Step(
            "bench-packages", "Installing what the benchmarks compare with", lambda: install_packages("bench"), [locked]
        )
    ]


def front_end_steps() -> list[Step]:
    """The style sheets and scripts of the site: what they are made of, then making them."""
    if not (ROOT / "package.json").is_file():
        return []
    declared = [ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc"]
    modules = ROOT / "node_modules"
    return [
        Step(
            "front-end-packages",
            "Fetching what the pages' styles and charts are made of",
            lambda: run_npm("ci", "--ignore-scripts"),
            inputs=declared,
            outputs=[modules / ".package-lock.json"],
        ),
        Step(
            "front-end",
            "Building the pages' styles and charts",
            lambda: run_npm("run", "build"),
            inputs=[*declared, ROOT / "frontend"],
            outputs=[BUILT],
        ),
    ]


def provider_steps() -> list[Step]:
    """The OpenID Connect provider that the tests of signing in run; no part of what people install."""
    folder = ROOT / "tests" / "oidc_provider"
    return [
        Step(
            "oidc-provider",
            "Fetching the sign-in provider that tests talk to",
            lambda: run_npm("ci", "--ignore-scripts", "--prefix", str(folder)),
            inputs=[folder / "package.json", folder / "package-lock.json"],
            outputs=[folder / "node_modules" / ".package-lock.json"],
        )
    ]


@contextlib.contextmanager
def only_one_at_a_time() -> Iterator[None]:
    """Two set-ups in one checkout would trip over each other: the second waits for the first."""
    WORK.mkdir(exist_ok=True)
    with (WORK / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another set-up is running in this checkout; waiting for it …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def set_up(level: str) -> int:
    """Bring everything up to date; how many things had to be done."""
    stamps = Stamps(STAMPS)
    if UNFINISHED.exists():
        say("An earlier set-up was cut off while installing packages; making the environment anew.")
        (STAMPS / "environment").unlink(missing_ok=True)
    done = int(system_packages.bring_up_to_date(level, root=ROOT, log=LOG))
    steps = [*python_steps(level), *front_end_steps(), *(provider_steps() if level == "check" else [])]
    return done + sum(stamps.bring_up_to_date(step) for step in steps)


def main(arguments: Sequence[str]) -> int:
    """Set up for the level asked for; 0 when everything is ready, 1 when not, 2 when the request is wrong."""
    if sys.version_info < (3, 11):  # noqa: UP036 - an older python3 on the path is what this line is for
        say(f"Ropewalk needs Python 3.11 or later; this is {sys.version.split()[0]} ({sys.executable}).")
        return 2
    if len(arguments) != 1 or arguments[0] not in LEVELS:
        say(f"usage: python3 scripts/set_up.py {'|'.join(LEVELS)}")
        return 2
    started = time.monotonic()
    try:
        with only_one_at_a_time():
            done = set_up(arguments[0])
    except SetUpError as problem:
        say(f"\nSet-up stopped. {problem}")
        return 1
    except KeyboardInterrupt:
        say("\nSet-up stopped by you. Start it again whenever you like: it carries on from what was finished.")
        return 130
    say(f"Set-up: {'ready' if done else 'nothing changed, ready'} ({time.monotonic() - started:.1f} s)")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
