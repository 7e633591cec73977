"""``ropewalk synth``: make figures up, for demonstrations and tests."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from ropewalk.cli.progress import ProgressBar
from ropewalk.core.use_cases.making_up import PlaceWanted, make_up_published_files, make_up_returns

_FOLDER = click.option(
    "-o", "--output", "folder", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder."
)
_SEED = click.option(
    "--seed", type=click.IntRange(0), default=1, show_default=True, help="The same seed makes the same files."
)


def _academic_year(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    start, _, end = value.partition("/")
    if not (start.isdigit() and len(start) == 4 and end == f"{(int(start) + 1) % 100:02d}"):
        raise click.BadParameter("write an academic year as 2024/25")
    return value


@click.group()
def synth() -> None:
    """Made-up figures, clearly marked as such."""


@synth.command()
@_FOLDER
@_SEED
def published(folder: Path, seed: int) -> None:
    """Write the files of twelve made-up councils in the layouts of real publications."""
    with ProgressBar() as progress:
        written = make_up_published_files(folder, seed=seed, progress=progress)
    click.echo(f"Wrote {len(written)} files to {folder}. Next: ropewalk open-data import {folder}")


@synth.command()
@click.option("--schools", type=click.IntRange(1), default=12, show_default=True, help="How many schools send returns.")
@click.option("--pupils", type=click.IntRange(20), default=4000, show_default=True, help="About how many pupils.")
@click.option("--years", type=click.IntRange(1, 12), default=1, show_default=True, help="How many academic years.")
@click.option(
    "--last-year", default="2024/25", show_default=True, callback=_academic_year, help="The last of these years."
)
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The last year only up to the week before this day.")
@click.option(
    "--mistakes", type=click.FloatRange(0, 0.5), default=0.0, metavar="SHARE", help="Share of lines to spoil, as 0.01."
)
@click.option("--by-school", is_flag=True, help="A folder for each school.")
@_FOLDER
@_SEED
def place(folder: Path, until: datetime | None, **wanted: Any) -> None:
    """Write the returns of a place that does not exist: rolls, registers, suspensions, moves and results."""
    place = PlaceWanted(until=until.date() if until else None, **wanted)
    with ProgressBar() as progress:
        written = make_up_returns(folder, place, progress=progress)
    last = folder / place.last_year.replace("/", "-")
    click.echo(
        f"Wrote {len(written)} files to {folder}. Nothing in them is true.\n"
        f"Next: ropewalk open-data import {folder / 'register'}, then ropewalk returns check {last}"
    )
