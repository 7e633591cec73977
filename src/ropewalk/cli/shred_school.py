"""``ropewalk shred school``: erase all that a school has sent, once it stopped sharing and its terms say so."""

from __future__ import annotations

import importlib
import os
from datetime import UTC, datetime
from typing import Any

import click

from ropewalk.cli.options import store_option
from ropewalk.cli.progress import ProgressBar
from ropewalk.cli.returns import Steps
from ropewalk.cli.shredding_options import confirmed, who_and_why
from ropewalk.core.errors import NotFound
from ropewalk.core.use_cases.forgetting_schools import erase_school, held_of_school
from ropewalk.core.use_cases.store import Store
from ropewalk.site.config.prepare import CannotPrepare, SettingsRefused, migrate
from ropewalk.site.foundation.facts_store import identity_key, open_facts


@click.command()
@click.argument("urn", type=int)
@who_and_why
@store_option
def school(urn: int, store: Store, **asked: Any) -> None:
    """Erase all that the school URN has sent, and children who are known from nothing else.

    Its receipts stay with their counts, and so do released figures. There is no export: the school has what it sent.
    """
    facts = open_facts(store.folder, os.environ)
    key = identity_key(facts, os.environ, make=False)
    if key is None or not facts.book.exists:
        raise NotFound(f"No pupils are in the store in {store.folder}.")
    try:
        migrate(store.folder)
    except (CannotPrepare, SettingsRefused) as problem:
        raise click.ClickException(str(problem)) from problem
    site = importlib.import_module("ropewalk.cli.shredding_site")
    by = site.eraser(str(asked["by"]))
    held = held_of_school(facts, urn, key=key)
    waiting = site.waiting({urn}, ())
    lines = sum(len(one.lines.about) for one in held.lines)
    click.echo(
        f"School {urn}: {held.rows:,} rows of facts, {lines:,} lines set aside, {len(waiting)} uploads that wait."
    )
    click.echo(f"{len(held.records):,} children are known from nothing else and go with them.")
    click.echo(f"Receipts, which stay with their counts: {', '.join(held.receipts)}")
    confirmed(asked)
    busy, now = site.delete(waiting), datetime.now(UTC)
    with ProgressBar() as bar:
        done = erase_school(
            facts, held, key=key, by=site.told_by(by), reason=str(asked["reason"]), now=now, progress=Steps(bar)
        )
    site.school_written_down(urn, by=by, rows=done.rows, now=now)
    click.echo(f"Erased: {done.rows:,} rows of {done.tables} tables. Backups still hold them: see docs/erasure.md.")
    if busy:
        click.echo(f"{busy} uploads are being worked on and were left: wait, and run this again.", err=True)
