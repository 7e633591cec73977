"""The bounds of a process that reads files which others have sent: what a file makes it do ends with it.

It gets of the environment what the work needs and no secret beside it, so much memory and time and no more, files of a
bounded size, and lower priority than what answers readers. It opens no connection and starts no program: an audit hook
of Python refuses both. The hook does not hold code written in C, through which alone the catalogue of facts is reached
where it stands in PostgreSQL; whoever wants more lets the system take the network away.
"""

import os
import resource
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

TOO_MUCH = (
    "These files ask for more memory or time than a return may take, and the work was stopped. Send fewer files at "
    "once, or one year at a time. If they are small, tell whoever runs this site."
)
# How a process ends that went beyond its bounds: out of processor time, out of memory in C (by a signal, or with 127
# where no memory is left even for a thread's own), out of time altogether.
_SIGNALS = (signal.SIGXCPU, signal.SIGABRT, signal.SIGSEGV, signal.SIGALRM, signal.SIGXFSZ)
WENT_BEYOND = {127, *(-number for number in _SIGNALS)}
# Names of the environment that are handed on.
NEEDED = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "PYTHONPATH", "LD_LIBRARY_PATH", "XDG_DATA_HOME", "ROPEWALK_ENGINE")
# The key that makes pseudonyms of the pupils in the files; without it there is nothing to read them for.
KEY = "ROPEWALK_IDENTITY_KEY"
CATALOGUE = "DATABASE_URL"
LOWER_PRIORITY = 10
OPEN_FILES = 1024
# What is asked for and refused is often large, so the most that was had stays below the bound.
NEAR = 0.75
# Seconds after which the system ends a process that does not come to its own clock.
GRACE = 30
REFUSED_EVENTS = {
    "socket.connect", "socket.bind", "socket.sendto", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn",
    "os.fork",
}  # fmt: skip


@dataclass(frozen=True)
class Bounds:
    """How much memory (bytes of addresses), processor time, time and bytes in one file.

    A whole place's year of 16,000 pupils takes 1.7 GB of addresses and a quarter of a minute.
    """

    memory: int = 4 << 30
    processor_seconds: int = 1200
    seconds: int = 3600
    file_bytes: int = 4 << 30


def needed_environment(whole: Mapping[str, str], temporary: str) -> dict[str, str]:
    """What is handed on of an environment, with a folder of its own for temporary files."""
    named = {name: whole[name] for name in (*NEEDED, KEY) if name in whole}
    if whole.get(CATALOGUE, "").strip().startswith(("postgres://", "postgresql://")):
        named |= {name: value for name, value in whole.items() if name == CATALOGUE or name.startswith("PG")}
    return {**named, "TMPDIR": temporary}


def confine(bounds: Bounds) -> None:
    """Put this process in its bounds, for good."""
    os.nice(LOWER_PRIORITY)
    for kind, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, bounds.memory),
        (resource.RLIMIT_CPU, bounds.processor_seconds),
        (resource.RLIMIT_FSIZE, bounds.file_bytes),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
    ):
        hard = resource.getrlimit(kind)[1]
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        # At the lower of the two the system says why it ends the process, at the higher it kills without a word.
        resource.setrlimit(kind, (allowed, hard if kind == resource.RLIMIT_CPU else allowed))
    sys.addaudithook(_refuse)


def out_of_memory(problem: BaseException) -> bool:
    """Whether a fault came of the bound on memory, whatever it calls itself.

    A thread that cannot begin or a database that cannot be opened is said to be something else; then it counts how near
    the bound this process has been.
    """
    return isinstance(problem, MemoryError | duckdb.OutOfMemoryException) or _was_near_its_memory()


def _was_near_its_memory() -> bool:
    allowed = resource.getrlimit(resource.RLIMIT_AS)[0]
    return allowed != resource.RLIM_INFINITY and _most_addresses() > allowed * NEAR


def _most_addresses() -> int:
    """The most bytes of addresses this process has had; 0 where the system does not say."""
    with suppress(OSError), Path("/proc/self/status").open(encoding="ascii", errors="replace") as status:
        for line in status:
            if line.startswith("VmPeak:"):
                return int(line.split()[1]) << 10
    return 0


def _refuse(event: str, _arguments: object) -> None:
    if event in REFUSED_EVENTS:
        raise PermissionError(f"what reads files of others may not do this: {event}")


@contextmanager
def within(bounds: Bounds, tell: Callable[[str], None]) -> Iterator[None]:
    """Do something within a time; when it is over, tell why and end the process, whatever it is doing."""

    def end() -> None:
        tell(TOO_MUCH)
        os._exit(1)

    clock = threading.Timer(bounds.seconds, end)
    clock.daemon = True
    clock.start()
    signal.alarm(bounds.seconds + GRACE)
    try:
        yield
    finally:
        clock.cancel()
        signal.alarm(0)
