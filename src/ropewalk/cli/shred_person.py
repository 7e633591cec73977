"""``ropewalk shred person``: hand over what is held about somebody who uses the site, then make them nameless."""

from __future__ import annotations

import importlib
from datetime import UTC, datetime
from typing import Any

import click

from ropewalk.cli.options import store_option
from ropewalk.cli.output import print_table
from ropewalk.cli.shredding_options import (
    confirmed,
    given_export,
    keep_export,
    many,
    opened_site,
    reason_with,
    shredding_options,
)
from ropewalk.core.errors import NotFound
from ropewalk.core.use_cases.store import Store


@click.command()
@click.argument("name")
@shredding_options
@store_option
def person(name: str, store: Store, **asked: Any) -> None:
    """Erase the person with the account NAME: name, address, ways to sign in, words by and about them, log entries.

    What was done stays, by nobody. What would be erased is shown first.
    """
    file = given_export(store, asked)
    site = opened_site(store)
    people = importlib.import_module("ropewalk.site.foundation.erasing.people")
    by, account = site.eraser(str(asked["by"])), site.account_of(name)
    if account is None:
        raise NotFound("There is no account with this name.")
    held = people.held_about(account)
    print_table(
        ("what", "how many"),
        [*held.tables, ("entries of the log", held.entries), ("receipts that name them", held.receipts)],
    )
    now = datetime.now(UTC)
    if file is not None:
        keep_export(file, people.export(account, by=by, now=now))
    confirmed(asked)
    emptied = people.erase(account, by=by, reason=reason_with(asked), now=now)
    entries = many(emptied, "entry of the log was", "entries of the log were")
    click.echo(f"Erased: the account is now called '{account.name}'. {entries} emptied.")
    click.echo("Backups still hold the person: see docs/erasure.md.")
