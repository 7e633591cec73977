"""``ropewalk disclosure``: protect a table of counts before it is given out, and attack one that was."""

from __future__ import annotations

from pathlib import Path

import click

from ropewalk.cli.progress import ProgressBar
from ropewalk.core.use_cases.protecting import protect_file

EXISTING = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group()
def disclosure() -> None:
    """Tables of counts about children: what may be given out."""


@disclosure.command()
@click.option("--counts", type=EXISTING, required=True, help="CSV with a row for each finest cell and its count.")
@click.option("--spec", type=EXISTING, required=True, help="JSON: dimensions, roll-ups, threshold, width, insiders.")
@click.option("--ledger", type=click.Path(path_type=Path, file_okay=False), help="Folder of all earlier releases.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="CSV to write.")
def protect(counts: Path, spec: Path, ledger: Path | None, output: Path) -> None:
    """Hide what would give a small count away, alone or together with everything in the ledger."""
    with ProgressBar() as progress:
        report = protect_file(counts, spec, output, ledger=ledger, progress=progress)
    click.echo(
        f"Wrote {output}: {report.shown:,} of {report.cells:,} cells shown, {report.sensitive:,} small counts hidden, "
        f"{report.secondary:,} more hidden to protect them."
    )
