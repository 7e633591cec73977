"""``ropewalk data-key``: the key that seals names and contact details in the database."""

from __future__ import annotations

import click

from ropewalk.cli.options import store_option
from ropewalk.cli.site_database import ready
from ropewalk.core.use_cases.store import Store
from ropewalk.site.foundation.sealed.keys import KEY, OLD_KEYS


@click.group(name="data-key")
def data_key() -> None:
    """The key of names and contact details in the database."""


@data_key.command()
@store_option
def rotate(store: Store) -> None:
    """Seal every name and address in the database anew with a new key.

    Where ROPEWALK_DATA_KEY is set, put the new key there and the old one into ROPEWALK_DATA_OLD_KEYS first, wherever
    the site runs; otherwise a key is made and kept in a file of its own. The site may go on running.
    """
    ready(store.folder)
    # Models exist only once the settings are loaded.
    from django.conf import settings  # noqa: PLC0415

    from ropewalk.site.foundation.sealed.anew import seal_anew  # noqa: PLC0415

    keys = settings.DATA_KEYS
    made = None if keys.is_given else keys.make()
    click.echo(f"{seal_anew():,} rows were sealed anew.")
    if made:
        click.echo(
            f"The new key is {made}. The older files beside it open backups of before: keep them as long as those."
        )
    else:
        click.echo(f"{KEY} seals everything now. {OLD_KEYS} opens backups of before: keep it as long as those.")
