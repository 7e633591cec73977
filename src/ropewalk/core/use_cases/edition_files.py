"""Where released editions are kept: ``editions/PLACE/0001.json`` in the store, whole or not at all, never changed."""

from __future__ import annotations

import fcntl
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ropewalk.core.disclosure.edition import Edition, edition_of
from ropewalk.core.errors import InputRefused, NotFound, Problem
from ropewalk.core.facts.store import write_whole

EDITIONS = "editions"
_FILE = re.compile(r"(\d{4})\.json$")


def released_edition(root: Path, place: str, number: int) -> Edition:
    """An edition as it was released. Raises NotFound, and InputRefused for one that is damaged."""
    found = edition_there(root, place, number)
    if found is None:
        raise NotFound(f"There is no edition {number} of {place}.")
    return found


def edition_there(root: Path, place: str, number: int) -> Edition | None:
    """As ``released_edition``, or None where there is none."""
    found = _read(_file(root, place, number))
    if found and (found.wanted.place, found.wanted.number) != (place, number):
        raise InputRefused([Problem(f"The file of edition {number} holds another one.", "Put back a copy.")])
    return found


def released_editions(root: Path, place: str) -> list[Edition]:
    """All editions of a place, the first first. Raises InputRefused where one is damaged."""
    folder = root / EDITIONS / place
    numbers = sorted(int(found[1]) for path in folder.glob("*.json") if (found := _FILE.match(path.name)))
    return [released_edition(root, place, number) for number in numbers]


@contextmanager
def releasing(root: Path, place: str) -> Iterator[None]:
    """Hold the editions of a place: two releases wait for each other. Raises InputRefused where none can be written."""
    folder = root / EDITIONS / place
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / ".lock").open("w")
    except OSError as error:
        what = f"The editions cannot be written ({error.strerror})."
        raise InputRefused([Problem(what, "Nothing was given out. Make room, or see who may write there.")]) from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def announce(root: Path, edition: Edition) -> None:
    """Write down that an edition is about to be released, so that a release that was cut short can be ended."""
    write_whole(_announced(root, edition.wanted.place, edition.wanted.number), edition.content)


def announced(root: Path, place: str, number: int) -> Edition | None:
    """The edition whose release was cut short, if there is one."""
    return _read(_announced(root, place, number))


def forget(root: Path, place: str, number: int) -> None:
    """Take back an announcement: that edition will not be released."""
    _announced(root, place, number).unlink(missing_ok=True)


def put_out(root: Path, edition: Edition) -> None:
    """The edition is released from now on."""
    place, number = edition.wanted.place, edition.wanted.number
    write_whole(_file(root, place, number), edition.content)
    forget(root, place, number)


def _file(root: Path, place: str, number: int) -> Path:
    return root / EDITIONS / place / f"{number:04d}.json"


def _announced(root: Path, place: str, number: int) -> Path:
    return root / EDITIONS / place / f"{number:04d}.announced"


def _read(file: Path) -> Edition | None:
    """The edition in a file; None where there is no file."""
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return None
    return edition_of(content)
