"""``ropewalk synth``: make figures up, for demonstrations and tests."""

from __future__ import annotations

from pathlib import Path

import click

from ropewalk.cli.progress import ProgressBar
from ropewalk.core.use_cases.making_up import make_up_published_files


@click.group()
def synth() -> None:
    """Made-up figures, clearly marked as such."""


@synth.command()
@click.option(
    "-o", "--output", "folder", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder."
)
@click.option(
    "--seed", type=click.IntRange(0), default=1, show_default=True, help="The same seed makes the same files."
)
def published(folder: Path, seed: int) -> None:
    """Write the files of twelve made-up councils in the layouts of real publications."""
    with ProgressBar() as progress:
        written = make_up_published_files(folder, seed=seed, progress=progress)
    click.echo(f"Wrote {len(written)} files to {folder}. Next: ropewalk open-data import {folder}")
