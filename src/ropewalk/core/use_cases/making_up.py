"""A store full of made-up figures, so that everything can be seen and tried without any real data."""

from __future__ import annotations

from pathlib import Path

from ropewalk.core.open_data.importing import ImportReport, Progress, import_open_data
from ropewalk.core.open_data.store import Store
from ropewalk.core.synth import make_up_published_files
from ropewalk.core.synth.returns import PlaceWanted, make_up_returns


def make_up_place(store: Store, *, folder: Path, seed: int, now: str, progress: Progress) -> ImportReport:
    """Write the made-up place's files into ``folder`` and import them into the store.

    ``now`` is recorded as the time of import. The same seed makes the same files, so a second run changes nothing.
    Raises InputRefused when a file is refused, OSError when the folder cannot be written to.
    """
    written = make_up_published_files(folder, seed=seed, progress=progress)
    return import_open_data(store, written, now=now, progress=progress)


__all__ = ["PlaceWanted", "make_up_place", "make_up_published_files", "make_up_returns"]
