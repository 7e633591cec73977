"""One reader of the store for all pages that a process makes."""

import threading
from pathlib import Path

from ropewalk.core.use_cases.store import Reader, Store
from ropewalk.site.foundation.store import current_state

_lock = threading.Lock()
_open: dict[Path, tuple[str, Reader]] = {}


def reader() -> Reader:
    """A reader of the store as it is now, shared by all threads. Raises NotFound while nothing is imported."""
    state = current_state()
    kept = _open.get(state.folder)
    if kept is None or kept[0] != state.token:
        with _lock:
            kept = _open.get(state.folder)
            if kept is None or kept[0] != state.token:
                # Nothing else keeps the reader of the state before: its database closes with the last page that is
                # still being made from it. Closing it here would break that page.
                kept = _open[state.folder] = (state.token, Reader(Store(state.folder)))
    return kept[1]
