"""``ropewalk identity``: the key that turns unique pupil numbers into pseudonyms."""

from __future__ import annotations

import os

import click

from ropewalk.cli.options import store_option
from ropewalk.core.errors import InputRefused, NotFound, Problem
from ropewalk.core.use_cases.facts_store import change_key, checked_key
from ropewalk.core.use_cases.store import Store
from ropewalk.site.foundation.facts_store import KEY, identity_key, key_folder, new_key, open_facts

NEXT_KEY = "ROPEWALK_IDENTITY_NEXT_KEY"


@click.group()
def identity() -> None:
    """Who is who: the key of the pseudonyms."""


@identity.command(name="rotate-key")
@store_option
def rotate_key(store: Store) -> None:
    """Make every pseudonym of the store again with a new key.

    Record numbers, facts and links stay as they are. Where ROPEWALK_IDENTITY_KEY is set, the new key is read from
    ROPEWALK_IDENTITY_NEXT_KEY; otherwise one is made and kept in a file of its own.
    """
    facts = open_facts(store.folder, os.environ)
    old = identity_key(facts, os.environ, make=False)
    if old is None or not facts.book.exists:
        raise NotFound(f"There are no pupils in the store in {store.folder} yet, so there is no key to change.")
    named = os.environ.get(KEY, "").strip()
    new = _named_key() if named else new_key(facts, os.environ).encode()
    records = change_key(facts, old=old, new=new)
    click.echo(f"{records:,} pseudonyms were made again with the new key.")
    if named:
        click.echo(f"From now on set {KEY} to the new key, and forget the old one.")
    else:
        click.echo(
            f"The new key is in {key_folder(os.environ)}. Delete the older files there once no store needs them."
        )


def _named_key() -> bytes:
    given = os.environ.get(NEXT_KEY, "").strip()
    if not given:
        raise InputRefused([Problem(f"{KEY} is set, and {NEXT_KEY} is not.", f"Put the new key into {NEXT_KEY}.")])
    return checked_key(given.encode())
