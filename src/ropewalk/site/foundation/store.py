"""Which state of the store pages are made from.

The store's manifest carries ``generation``, a whole number that grows with each import. Everything that a page
shows is a function of that state, the address and the query; the page cache rests on this.
"""

import hashlib
import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

MANIFEST = "manifest.json"
# Seconds within which a new import shows on the site.
CHECK_EVERY = 1.0


class StoreUnreadable(Exception):
    """The manifest of the store is damaged; the message says where and what to do."""


@dataclass(frozen=True, kw_only=True)
class StoreState:
    """One state of one store. ``token`` differs whenever the manifest does, even at the same generation."""

    folder: Path
    generation: int
    token: str
    made_up: bool


class StoreWatcher:
    """Reads the manifest again when its file changed, looking at most once every ``CHECK_EVERY`` seconds."""

    def __init__(self, folder: Path, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.folder = folder
        self._clock = clock
        self._lock = threading.Lock()
        self._checked = float("-inf")
        self._stamp: tuple[int, int, int] | None = None
        self._state: StoreState | None = None

    def state(self) -> StoreState:
        """The state of the store now. Raises StoreUnreadable when its manifest cannot be understood."""
        now = self._clock()
        state = self._state
        if state is not None and now - self._checked < CHECK_EVERY:
            return state
        with self._lock:
            stamp = self._file_stamp()
            if self._state is None or stamp != self._stamp:
                self._state = read_state(self.folder)
                self._stamp = stamp
            self._checked = now
            return self._state

    def _file_stamp(self) -> tuple[int, int, int] | None:
        try:
            found = (self.folder / MANIFEST).stat()
        except FileNotFoundError:
            return None
        return (found.st_mtime_ns, found.st_size, found.st_ino)


def read_state(folder: Path) -> StoreState:
    """Read the manifest of ``folder``; a folder without one is an empty store of generation 0."""
    file = folder / MANIFEST
    try:
        raw = file.read_bytes()
    except FileNotFoundError:
        return StoreState(folder=folder, generation=0, token="0-empty", made_up=False)  # noqa: S106
    try:
        manifest = json.loads(raw)
        generation = int(manifest["generation"])
    except (ValueError, TypeError, KeyError) as problem:
        message = f"{file} is damaged: it does not say its generation. Import the published files again."
        raise StoreUnreadable(message) from problem
    token = f"{generation}-{hashlib.sha256(raw).hexdigest()[:12]}"
    return StoreState(folder=folder, generation=generation, token=token, made_up=bool(manifest.get("made_up")))


_watchers: dict[Path, StoreWatcher] = {}
_watchers_lock = threading.Lock()


def current_state() -> StoreState:
    """The state of the store that the settings name."""
    folder = Path(settings.ROPEWALK_STORE)
    watcher = _watchers.get(folder)
    if watcher is None:
        with _watchers_lock:
            watcher = _watchers.setdefault(folder, StoreWatcher(folder))
    return watcher.state()


def generation() -> int:
    """The generation of the store that the settings name."""
    return current_state().generation
