"""The few things Python packages cannot bring: text layout libraries, a font, and a browser for the tests."""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from stamps import SetUpError, last_lines, run_logged, say


@dataclass(frozen=True)
class Need:
    """A Debian package, what it is for, and how to see whether this machine has what it brings."""

    package: str
    purpose: str
    is_there: Callable[[], bool]


def has_library(name: str) -> Callable[[], bool]:
    """A probe: can this shared library be loaded?"""

    def probe() -> bool:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    return probe


def has_program(*names: str) -> Callable[[], bool]:
    """A probe: is one of these programs on the path?"""
    return lambda: any(shutil.which(name) for name in names)


def has_font(file_name: str) -> Callable[[], bool]:
    """A probe: is this font file in one of the usual folders?"""
    folders = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("/Library/Fonts")]
    return lambda: any(next(folder.rglob(file_name), None) is not None for folder in folders if folder.is_dir())


FOR_RUNNING = (
    Need("libpango-1.0-0", "lays out the text of the data book", has_library("libpango-1.0.so.0")),
    Need("libpangoft2-1.0-0", "lays out the text of the data book", has_library("libpangoft2-1.0.so.0")),
    Need("libharfbuzz-subset0", "puts fonts into the data book", has_library("libharfbuzz-subset.so.0")),
    Need("fonts-dejavu-core", "the font of the data book and the charts in it", has_font("DejaVuSans.ttf")),
)
FOR_TESTS = (
    Need("chromium", "the browser the tests drive", has_program("chromium", "chromium-browser", "google-chrome")),
)


def missing_needs(level: str) -> list[Need]:
    """What this machine lacks for running, or for testing as well (`check`)."""
    needs = FOR_RUNNING + FOR_TESTS if level == "check" else FOR_RUNNING
    return [need for need in needs if not need.is_there()]


def apt_command(packages: list[str]) -> str:
    """What a person would type to install these packages."""
    return f"apt-get update && apt-get install -y --no-install-recommends {' '.join(packages)}"


def install(packages: list[str], *, root: Path, log: Path) -> None:
    """Install Debian packages, or say exactly which command to run when this cannot be done from here."""
    by_hand = f"Run this once as an administrator, then try again:\n    {apt_command(packages)}"
    if not shutil.which("apt-get"):
        raise SetUpError(
            f"This machine lacks {', '.join(packages)}, and it has no apt-get (it is not Debian or Ubuntu).\n"
            "Install what brings the same with this machine's own package manager, then try again."
        )
    if os.geteuid() != 0:
        raise SetUpError(f"This machine lacks {', '.join(packages)}.\n{by_hand}")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # Another installation may be running: wait for it rather than fail.
    apt = ["apt-get", "-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3", "-q", "-y"]
    say(f"Installing system packages: {', '.join(packages)} …")
    if run_logged([*apt, "update"], log=log, cwd=root, env=env) != 0:
        say("   the list of system packages could not be refreshed; trying with the one that is there")
    wanted = [*apt, "install", "--no-install-recommends", *packages]
    if run_logged(wanted, log=log, cwd=root, env=env) == 0:
        return
    # An earlier installation may have been cut off half way: finish it, then once more.
    run_logged(["dpkg", "--configure", "-a"], log=log, cwd=root, env=env)
    if run_logged(wanted, log=log, cwd=root, env=env) != 0:
        raise SetUpError(f"The system packages could not be installed:\n{last_lines(log)}\n{by_hand}")


def bring_up_to_date(level: str, *, root: Path, log: Path) -> bool:
    """Install what is missing; True when something was installed.

    Without an administrator the site still runs, only the data book cannot be made: that is a warning. Tests
    without a browser or fonts would prove nothing: that is an error.
    """
    missing = missing_needs(level)
    if not missing:
        return False
    try:
        install([need.package for need in missing], root=root, log=log)
    except SetUpError as problem:
        if level == "check":
            raise
        say(f"WARNING: the site will run, but PDF data books cannot be made yet.\n{problem}")
        return False
    still = [f"{need.package} ({need.purpose})" for need in missing_needs(level)]
    if still:
        raise SetUpError(f"Installed, yet not found on this machine: {', '.join(still)}. The log is {log}.")
    return True
