"""``ropewalk retention``: deleting what is kept no longer."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import click

from ropewalk.cli.options import store_option
from ropewalk.cli.site_database import ready
from ropewalk.core.use_cases.facts_store import Facts
from ropewalk.core.use_cases.forgetting_years import forget_old_lines, forget_years, years_over
from ropewalk.core.use_cases.store import Store
from ropewalk.site.foundation.facts_store import open_facts


@click.group()
def retention() -> None:
    """How long the site keeps what it knows of people."""


@retention.command()
@click.option("--dry-run", is_flag=True, help="Only count; delete nothing.")
@click.option(
    "--facts-older-than",
    type=int,
    metavar="YEARS",
    help="Also erase what schools sent about academic years before the last so many; see docs/erasure.md.",
)
@store_option
def run(dry_run: bool, facts_older_than: int | None, store: Store) -> None:
    """Delete every row whose time is over, and lines set aside more than a year ago. Run it once a day."""
    facts, now = open_facts(store.folder, os.environ), datetime.now(UTC)
    if facts_older_than is not None:
        _forget_years(facts, facts_older_than, now, dry_run=dry_run)
    ready(store.folder)
    # Models exist only once the settings are loaded.
    from ropewalk.site.foundation.retention.job import clear  # noqa: PLC0415

    lines = forget_old_lines(facts, now=now, only_count=dry_run)
    click.echo(f"lines set aside: {lines:,} files (kept a year)")
    found = clear(now=now, only_count=dry_run)
    for one in found:
        click.echo(f"{one.model}: {one.rows:,} (kept {one.words})")
    total = sum(one.rows for one in found)
    click.echo(f"{total:,} rows {'would be' if dry_run else 'were'} deleted.")


def _forget_years(facts: Facts, years: int, now: datetime, *, dry_run: bool) -> None:
    over = years_over(facts, older_than=years, today=now.date())
    which = ", ".join(over.years) or "none"
    told = f"facts: {over.rows:,} rows of academic years before {over.first_kept} ({which})"
    click.echo(f"{told}, {len(over.records):,} records known by nothing else")
    if not dry_run:
        forget_years(facts, older_than=years, by="retention", reason=f"Facts are kept {years} academic years.", now=now)
