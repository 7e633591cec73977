"""A made-up place as published files, so that everything can be shown and tried without any real data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ropewalk.core.synth import attendance
from ropewalk.core.synth.absence import absence_of, write_absence_bands
from ropewalk.core.synth.attainment import attainment_of
from ropewalk.core.synth.council_table import Made, write_council_table
from ropewalk.core.synth.register import write_links, write_neighbours, write_schools
from ropewalk.core.synth.results_files import NEET_YEARS, write_key_stage_4, write_neet
from ropewalk.core.synth.school_absence import (
    write_council_absence,
    write_school_absence_2019,
    write_school_absence_sample,
)
from ropewalk.core.synth.school_results import write_destinations, write_school_information, write_school_results
from ropewalk.core.synth.suspensions import suspensions_of, write_exclusions
from ropewalk.core.synth.world import make_world

# (what is being done, steps done, steps in all)
Progress = Callable[[str, int, int], None]
Step = Callable[[], Path]


def make_up_published_files(folder: Path, *, seed: int, progress: Progress) -> list[Path]:
    """Write figures of twelve made-up councils, their region and country in the layouts of real publications.

    The folder is made when it is not there; files of the same names are written over. The same seed writes the same
    bytes. Returns the files in the order written. Raises OSError when the folder cannot be written to.
    """
    steps = _steps(folder, seed)
    written: list[Path] = []
    for step in steps:
        progress("making up a place", len(written), len(steps))
        written.append(step())
    progress("making up a place", len(written), len(steps))
    return written


def _steps(folder: Path, seed: int) -> list[Step]:
    world = make_world(seed)
    drawn = Made(world, suspensions_of(world), absence_of(world), attainment_of(world))
    return [
        lambda: write_schools(folder, world),
        lambda: write_links(folder, world),
        lambda: write_neighbours(folder, world),
        lambda: write_council_table(folder, drawn),
        lambda: write_exclusions(folder, drawn.suspensions),
        lambda: write_absence_bands(folder, drawn.absence),
        lambda: write_school_absence_2019(folder, drawn.absence),
        lambda: write_school_absence_sample(folder, drawn.absence),
        lambda: write_council_absence(folder, drawn.absence),
        *(_daily(folder, drawn, year) for year in attendance.YEARS),
        lambda: write_key_stage_4(folder, drawn.attainment),
        lambda: write_school_results(folder, drawn.attainment),
        lambda: write_school_information(folder, drawn.attainment),
        lambda: write_destinations(folder, drawn.attainment),
        *(_neet(folder, drawn, year) for year in NEET_YEARS),
    ]


def _daily(folder: Path, drawn: Made, year: int) -> Step:
    return lambda: attendance.write_attendance(folder, drawn.absence, year)


def _neet(folder: Path, drawn: Made, year: int) -> Step:
    return lambda: write_neet(folder, drawn.world, year)
