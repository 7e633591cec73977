"""``ropewalk shred``: hand over everything held about a child or a person, then erase it everywhere."""

from __future__ import annotations

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
from ropewalk.cli.shredding_options import (
    confirmed,
    erased,
    given_export,
    keep_export,
    many,
    opened,
    reason_with,
    shredding_options,
    tell_busy,
)
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
    here = opened(store)
    facts, key, site = here.facts, here.key, here.site
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
    click.echo(f"{erased(rows, tables)}, names, numbers, links and lines set aside.")
    click.echo(f"{many(emptied, 'entry of the log was', 'entries of the log were')} emptied.")
    click.echo(
        "Receipts keep their counts. Backups, and copies of the store, still hold the child: see docs/erasure.md."
    )
    tell_busy(busy)
