"""``ropewalk retention``: deleting what is kept no longer."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from ropewalk.cli.options import store_option
from ropewalk.core.use_cases.store import Store
from ropewalk.site.config.prepare import CannotPrepare, SettingsRefused, migrate


@click.group()
def retention() -> None:
    """How long the site keeps what it knows of people."""


@retention.command()
@click.option("--dry-run", is_flag=True, help="Only count; delete nothing.")
@store_option
def run(dry_run: bool, store: Store) -> None:
    """Delete every row whose time is over. Run it once a day."""
    try:
        migrate(store.folder)
    except (CannotPrepare, SettingsRefused) as problem:
        raise click.ClickException(str(problem)) from problem
    # Models exist only once the settings are loaded.
    from ropewalk.site.foundation.retention.job import clear  # noqa: PLC0415

    found = clear(now=datetime.now(UTC), only_count=dry_run)
    for one in found:
        click.echo(f"{one.model}: {one.rows:,} (kept {one.words})")
    total = sum(one.rows for one in found)
    click.echo(f"{total:,} rows {'would be' if dry_run else 'were'} deleted.")
