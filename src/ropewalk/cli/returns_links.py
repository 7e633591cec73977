"""``ropewalk returns link``: which records are one child's; a person confirms, rejects, and takes back."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import click

from ropewalk.cli.options import json_option, store_option
from ropewalk.cli.output import print_json, print_table
from ropewalk.core.use_cases.linking import confirm, find_pairs, links, proposals, reject, undo
from ropewalk.core.use_cases.store import Store
from ropewalk.site.foundation.facts_store import identity_key, open_facts

BY = click.option("--by", required=True, metavar="USER", help="Who decides.")


def _pair(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.argument("record", type=int)(click.argument("other", type=int)(command))


@click.group()
def link() -> None:
    """Records without a usable unique pupil number: which of them are one child's."""


@link.command()
@click.option("--by", required=True, metavar="USER", help="Who starts it.")
@store_option
def find(by: str, store: Store) -> None:
    """Look for records that are one child's: by name, date of birth, sex and postcode.

    Pairs that agree in all of them are linked at once; all others wait for a person.
    """
    facts = open_facts(store.folder, os.environ)
    key = identity_key(facts, os.environ, make=False)
    linked, proposed = find_pairs(facts, by=by, now=datetime.now(UTC), key=key)
    click.echo(f"{linked:,} pairs linked, {proposed:,} pairs wait for a person: ropewalk returns link list")


@link.command(name="list")
@click.option("--all", "every", is_flag=True, help="List links and decisions too, not only what waits.")
@store_option
@json_option
def list_(every: bool, store: Store, as_json: bool) -> None:
    """List pairs of records that wait for a decision, the likeliest first."""
    facts = open_facts(store.folder, os.environ)
    waiting = proposals(facts, key=identity_key(facts, os.environ, make=False))
    known = links(facts) if every else []
    if as_json:
        print_json({"waiting": [asdict(one) for one in waiting], "links": [asdict(one) for one in known]})
        return
    print_table(
        ("record", "other", "probability", "fields that agree"),
        [(str(one.record), str(one.other), f"{one.probability:.3f}", ", ".join(one.agree)) for one in waiting],
    )
    if every:
        click.echo("")
        print_table(
            ("link", "record", "other", "kind", "by", "recorded (UTC)", "in force"),
            [
                (str(one.id), str(one.record), str(one.other), one.words, one.by, one.recorded_at[:16], one.in_force)
                for one in known
            ],
        )


@link.command(name="confirm")
@_pair
@BY
@store_option
def confirm_(record: int, other: int, by: str, store: Store) -> None:
    """Say that RECORD and OTHER are one child's."""
    number = confirm(open_facts(store.folder, os.environ), (record, other), by=by, now=datetime.now(UTC))
    click.echo(
        f"Link {number}: the records count as one child's. Take it back with: ropewalk returns link undo {number}"
    )


@link.command(name="reject")
@_pair
@BY
@store_option
def reject_(record: int, other: int, by: str, store: Store) -> None:
    """Say that RECORD and OTHER are two children's; links between the two are taken back."""
    reject(open_facts(store.folder, os.environ), (record, other), by=by, now=datetime.now(UTC))
    click.echo("The records count as two children's.")


@link.command(name="undo")
@click.argument("number", type=int)
@BY
@store_option
def undo_(number: int, by: str, store: Store) -> None:
    """Take link NUMBER back; nothing is deleted, so what was believed before can still be asked for."""
    undo(open_facts(store.folder, os.environ), number, by=by, now=datetime.now(UTC))
    click.echo(f"Link {number} is taken back.")
