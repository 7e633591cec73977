"""One reader of the store for all pages that a process makes."""

import threading
from pathlib import Path

from ropewalk.core.errors import NotFound
from ropewalk.core.schema.made_up_places import MADE_UP_COUNTRY
from ropewalk.core.schema.places import ENGLAND, place_by_code
from ropewalk.core.use_cases.measure_detail import measure_detail
from ropewalk.core.use_cases.overview import place_overview
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


def warm() -> None:
    """Read what the pages of all places share before the first reader asks for it; nothing while the store is empty."""
    try:
        opened = reader()
    except NotFound:
        return
    for country in (place_by_code(ENGLAND), place_by_code(MADE_UP_COUNTRY)):
        overview = place_overview(opened, country)
        for row in (row for section in overview.sections for row in section.rows):
            measure_detail(opened, country, row.measure.id)
