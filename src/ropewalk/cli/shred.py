"""``ropewalk shred``: hand over everything held about a child or a person, then erase it everywhere."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

import click

from ropewalk.cli.options import store_option
from ropewalk.cli.output import print_table
from ropewalk.cli.progress import ProgressBar
from ropewalk.cli.returns import Steps
from ropewalk.cli.shred_person import person
from ropewalk.cli.shred_school import school
from ropewalk.cli.shredding_options import confirmed, given_export, keep_export, reason_with, shredding_options
from ropewalk.core.errors import NotFound
from ropewalk.core.use_cases.facts_store import Facts
from ropewalk.core.use_cases.handing_over import child_export
from ropewalk.core.use_cases.shredding import (
    Child,
    Held,
    child_of_number,
    child_of_record,
    erase_child,
    held_about,
)
from ropewalk.core.use_cases.store import Store
from ropewalk.site.config.prepare import CannotPrepare, SettingsRefused, migrate
from ropewalk.site.foundation.facts_store import identity_key, open_facts


@click.group()
def shred() -> None:
    """Hand over what is held about a child or a person, then erase it everywhere; or all a school has sent."""


shred.add_command(person)
shred.add_command(school)


@shred.command()
@click.option("--record", type=int, metavar="NUMBER", help="The number of any of the child's records.")
@shredding_options
@store_option
def child(record: int | None, store: Store, **asked: Any) -> None:
    """Erase a child: facts, name, pupil number, links, lines set aside and log entries, as if it had never been sent.

    The child is found by its unique pupil number, which is asked for, or read from standard input: never an argument,
    since others on the machine can read those. What would be erased is shown first. Ends with 4 when nothing is held.
    """
    export = given_export(store, asked)
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
    found = _child(facts, record, key)
    held = held_about(facts, found, key=key)
    waiting = site.waiting(held.schools, found.numbers)
    entries = site.entries(found.records)
    _show(held, entries=len(entries), waiting=len(waiting))
    now = datetime.now(UTC)
    if export is not None:
        keep_export(export, child_export(facts, held, now=now, more=site.log_file(entries)))
    confirmed(asked)
    busy = site.delete(waiting)
    with ProgressBar() as bar:
        done = erase_child(
            facts, held, key=key, by=site.told_by(by), reason=reason_with(asked), now=now, progress=Steps(bar)
        )
    emptied = site.written_down(found.records, by=by, rows=done.rows, now=now)
    _tell(done.rows, done.tables, emptied=emptied, busy=busy)


def _child(facts: Facts, record: int | None, key: bytes) -> Child:
    if record is not None:
        return child_of_record(facts, record, key=key)
    if sys.stdin.isatty():
        number = click.prompt("Unique pupil number (not shown)", hide_input=True)
    else:
        number = sys.stdin.readline()
    return child_of_number(facts, number, key=key)


def _show(held: Held, *, entries: int, waiting: int) -> None:
    click.echo(f"Records believed one child: {_listed(held.child.records)}")
    rows = [(table, count) for table, count in held.tables.items()]
    rows += [("lines set aside", held.lines_aside), ("links, decisions", len(held.links) + held.proposals)]
    rows += [("log entries", entries), ("uploads that wait", waiting)]
    print_table(("what", "how many"), rows)
    click.echo(f"Schools (URN): {_listed(held.schools)}")
    click.echo(f"Receipts, which stay with their counts: {_listed(held.receipts)}")


def _listed(of: Collection[object]) -> str:
    return ", ".join(map(str, of)) or "none"


def _tell(rows: int, tables: int, *, emptied: int, busy: int) -> None:
    click.echo(f"Erased: {rows:,} rows of {tables} tables, names, numbers, links and lines set aside.")
    click.echo(f"{emptied:,} entries of the log were emptied.")
    click.echo(
        "Receipts keep their counts. Backups, and copies of the store, still hold the child: see docs/erasure.md."
    )
    if busy:
        click.echo(f"{busy} uploads are being worked on and were left: wait, and run this again.", err=True)
