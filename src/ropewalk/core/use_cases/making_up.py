"""A store full of made-up figures, so that everything can be seen and tried without any real data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from ropewalk.core.open_data.importing import ImportReport, Progress, import_open_data
from ropewalk.core.open_data.store import Store
from ropewalk.core.schema.calendar import academic_year, monday_of
from ropewalk.core.synth import make_up_published_files
from ropewalk.core.synth.returns import PlaceWanted, make_up_returns


def make_up_place(store: Store, *, folder: Path, seed: int, now: str, progress: Progress) -> ImportReport:
    """Write the made-up place's files into ``folder`` and import them into the store.

    ``now`` is recorded as the time of import. The same seed makes the same files, so a second run changes nothing.
    Raises InputRefused when a file is refused, OSError when the folder cannot be written to.
    """
    written = make_up_published_files(folder, seed=seed, progress=progress)
    return import_open_data(store, written, now=now, progress=progress)


# What the made-up schools of a demonstration send; the seed is that of the published files, so the schools are theirs.
SCHOOLS, PUPILS, YEARS = 12, 4000, 2


def make_up_returns_until(folder: Path, *, seed: int, today: date, progress: Progress) -> Iterator[list[Path]]:
    """Write what the made-up schools would have sent until this week; gives the files of each year, oldest first.

    Before October there is too little of the new year to show, so the last year shown is the one before.
    """
    last = academic_year(today - timedelta(days=61))
    until = monday_of(today) if last == academic_year(today) else None
    wanted = PlaceWanted(schools=SCHOOLS, pupils=PUPILS, years=YEARS, last_year=last, until=until, seed=seed)
    make_up_returns(folder, wanted, progress=progress)
    for year in sorted(path for path in folder.iterdir() if path.is_dir() and path.name[:2] == "20"):
        yield sorted(year.glob("*.csv"))


__all__ = ["PlaceWanted", "make_up_place", "make_up_published_files", "make_up_returns", "make_up_returns_until"]
