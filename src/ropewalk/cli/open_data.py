"""``ropewalk open-data``: import published statistics and say what is there."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from ropewalk.cli.options import json_option, store_option
from ropewalk.cli.output import print_json, print_table
from ropewalk.cli.progress import ProgressBar
from ropewalk.core.use_cases.importing import ImportReport, import_open_data
from ropewalk.core.use_cases.store import Reader, Store

MOST_COLUMNS = 8


@click.group()
def open_data() -> None:
    """Published statistics: import files, list what is there."""


@open_data.command(name="import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@store_option
@json_option
def import_(paths: tuple[Path, ...], store: Store, as_json: bool) -> None:
    """Read every published file found in PATHS (folders, .csv, .csv.gz, .zip) into the store.

    All files or none: a damaged file ends the command with code 2 and leaves the store as it was. Reading the same
    file again changes nothing.
    """
    with ProgressBar() as progress:
        report = import_open_data(store, paths, now=datetime.now(UTC).isoformat(timespec="seconds"), progress=progress)
    if as_json:
        print_json(
            {
                "generation": report.generation,
                "files": [asdict(file) for file in report.files],
                "unknown": list(report.unknown),
            }
        )
    else:
        print_report(report)


def print_report(report: ImportReport) -> None:
    """One line for each file: what it is, edition, and rows read = kept + refused + marks of missing."""
    for file in report.files:
        there = ", already there, nothing changed" if file.already_there else ""
        click.echo(f"{file.file}\n  {file.title}, edition {file.edition}{there}")
        click.echo(
            f"  {file.read:,} rows read = {file.kept:,} kept + {file.refused:,} refused "
            f"+ {file.missing:,} with nothing but marks of missing values"
        )
        if file.ignored_columns:
            more = " …" if len(file.ignored_columns) > MOST_COLUMNS else ""
            click.echo(f"  columns not known and left out: {', '.join(file.ignored_columns[:MOST_COLUMNS])}{more}")
    if report.unknown:
        click.echo(f"\nNot a publication Ropewalk knows ({len(report.unknown)}), left alone:")
        for name in report.unknown:
            click.echo(f"  {name}")
    new = sum(not file.already_there for file in report.files)
    click.echo(f"\n{len(report.files):,} published files: {new:,} new, {len(report.files) - new:,} already there.")


@open_data.command(name="list")
@click.option("--refused", is_flag=True, help="List the rows that were refused, and why.")
@store_option
@json_option
def list_(refused: bool, store: Store, as_json: bool) -> None:
    """List the editions in the store."""
    if refused:
        _list_refused(Reader(store), as_json)
        return
    editions = store.manifest.editions
    if as_json:
        print_json([dict(edition) for edition in editions])
    else:
        names = ("title", "edition", "file", "read", "kept", "refused", "missing")
        print_table(names, [[edition[name] for name in names] for edition in editions])


def _list_refused(reader: Reader, as_json: bool) -> None:
    rows = [(e.file, row, why) for e in reader.editions.values() if e.refused for row, why in reader.refused(e)]
    if as_json:
        print_json([{"file": file, "row": row, "reason": why} for file, row, why in rows])
    elif rows:
        print_table(("file", "row", "reason"), rows)
    else:
        click.echo("No row was refused.")
