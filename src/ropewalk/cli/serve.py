"""``ropewalk serve``."""

from __future__ import annotations

import click

from ropewalk.cli.options import store_option
from ropewalk.core.use_cases.store import Store
from ropewalk.site.config.serve import CannotServe
from ropewalk.site.config.serve import serve as serve_site


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for every network.")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes.")
@store_option
def serve(port: int, host: str, workers: int, store: Store) -> None:
    """Serve the site until Ctrl-C."""
    run_site(store, host=host, port=port, workers=workers)


def run_site(store: Store, *, host: str, port: int, workers: int = 2) -> None:
    """Serve a store; an address that cannot be used is an error in plain words."""
    try:
        serve_site(host=host, port=port, store=store.folder, workers=workers)
    except CannotServe as error:
        raise click.ClickException(str(error)) from error
