"""``ropewalk edition``: what was released of a place, and whether it can be computed again."""

from __future__ import annotations

import os
import re

import click

from ropewalk.cli.figures import show_figures
from ropewalk.cli.options import json_option, store_option
from ropewalk.cli.output import print_json, print_table
from ropewalk.cli.progress import ProgressBar
from ropewalk.core.errors import InputRefused, Problem
from ropewalk.core.schema.places import find_place
from ropewalk.core.use_cases.editions import (
    EDITIONS,
    Audience,
    Edition,
    released_edition,
    released_editions,
    reproduce_edition,
)
from ropewalk.core.use_cases.store import Store
from ropewalk.site.foundation.facts_store import open_facts

NUMBER = click.argument("number", type=click.IntRange(1, 9999))
COLUMNS = ("number", "period", "known", "schools", "tables", "held", "replaces", "digest")


@click.group()
def edition() -> None:
    """Editions: figures from returns that were released together and never change."""


@edition.command(name="list")
@click.argument("place")
@store_option
@json_option
def listed(place: str, store: Store, as_json: bool) -> None:
    """List the editions of PLACE, the first first."""
    rows = [_row(one) for one in released_editions(store.folder, _code(store, place))]
    if as_json:
        print_json([dict(zip(COLUMNS, row, strict=True)) for row in rows])
    else:
        print_table(COLUMNS, [tuple("" if cell is None else cell for cell in row) for row in rows])


@edition.command()
@click.argument("place")
@NUMBER
@click.option(
    "--audience", type=click.Choice([one.value for one in Audience]), required=True, help="Who is to see them."
)
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@store_option
def show(place: str, number: int, audience: str, form: str, as_json: bool, store: Store) -> None:
    """The figures of edition NUMBER of PLACE that an audience may see, exactly as they were released."""
    found = released_edition(store.folder, _code(store, place), number)
    show_figures(found.figures(Audience(audience)), "json" if as_json else form)
    for one in found.differences:
        if one.held:
            name = f"{one.measure} by {one.family}" if one.family else one.measure
            click.echo(f"{name}: {one.words}", err=True)


@edition.command()
@click.argument("place")
@NUMBER
@store_option
def reproduce(place: str, number: int, store: Store) -> None:
    """Compute edition NUMBER of PLACE again from the facts as known that day; ends with 2 where the bytes differ."""
    facts = open_facts(store.folder, os.environ)
    with ProgressBar() as progress:
        again = reproduce_edition(facts, _code(store, place), number, progress)
    if not again.same:
        do = "What was released stays as it is; the facts, the ledger or Ropewalk itself have changed since."
        raise InputRefused([Problem(reason, do) for reason in again.reasons])
    click.echo(f"The same bytes: {len(again.edition.content):,}, SHA-256 {again.edition.digest}.")


def _code(store: Store, place: str) -> str:
    """The code of a place; of one that is no council area too, if it has editions."""
    own = re.fullmatch(r"[A-Za-z0-9-]+", place) and (store.folder / EDITIONS / place).is_dir()
    return place if own else find_place(place).code


def _row(one: Edition) -> tuple[object, ...]:
    wanted = one.wanted
    held = len(one.held)
    numbers = (len(wanted.schools), len(one.tables), held, wanted.replaces)
    return (wanted.number, wanted.period, wanted.as_of[:10], *numbers, one.digest)
