"""``ropewalk fetch``."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from pathlib import Path

import click

from ropewalk.cli.fetching.http_client import PAUSE, HttpClient
from ropewalk.cli.progress import ProgressBar
from ropewalk.core.use_cases.fetching import FetchReport, Page, fetch_all, plan, read_list


@click.command()
@click.argument("publications", nargs=-1)
@click.option(
    "-o", "--output", "folder", type=click.Path(path_type=Path, file_okay=False), required=True, help="Folder to fill."
)
@click.option(
    "--from",
    "own_list",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="JSON list of your own: id, url, and name and sha256 where you want; overrides and adds.",
)
@click.option(
    "--day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Day of files that are made anew every day, written 2026-11-23. Default: today.",
)
@click.option(
    "--pause", type=click.FloatRange(0, 60), default=PAUSE, show_default=True, help="Seconds between requests."
)
def fetch(
    publications: tuple[str, ...], folder: Path, own_list: Path | None, day: datetime | None, pause: float
) -> None:
    """Download PUBLICATIONS (all of them when none is named) from their official addresses into a folder.

    What broke off is taken up where it stopped; what is there already and has not changed is not fetched again.
    Publications without a lasting address are listed with the page on which to find the newest file.
    """
    own = read_list(own_list.read_text(encoding="utf-8"), file=own_list.name) if own_list else ()
    wanted = plan(day=day.date() if day else _today(), only=publications, own=own)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with ProgressBar() as progress:
        client = HttpClient(pause=pause)
        report = fetch_all(wanted.downloads, folder, client=client, now=now, sleep=time.sleep, progress=progress)
    _print(report, wanted.pages)
    if report.failures:
        raise click.exceptions.Exit(1)
    if report.outcomes:
        click.echo(f"\nNext: ropewalk open-data import {folder}")


def _today() -> date:
    return datetime.now(UTC).date()


def _print(report: FetchReport, pages: tuple[Page, ...]) -> None:
    for outcome in report.outcomes:
        click.echo(f"{outcome.state.value:<10} {outcome.download.name}: {outcome.words}")
    if pages:
        click.echo("\nNo lasting address is known for these; open the page and save the newest file into the folder:")
    for page in pages:
        click.echo(f"  {page.title}\n    {page.page}")
