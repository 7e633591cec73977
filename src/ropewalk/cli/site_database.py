"""The database of the site that goes with a store, as commands need it."""

from pathlib import Path

import click

from ropewalk.site.config.prepare import CannotPrepare, SettingsRefused, migrate


def ready(folder: Path) -> None:
    """Load the settings and bring the database up to date; models exist only afterwards.

    Raises ClickException when the settings are refused or the database cannot be used.
    """
    try:
        migrate(folder)
    except (CannotPrepare, SettingsRefused) as problem:
        raise click.ClickException(str(problem)) from problem
