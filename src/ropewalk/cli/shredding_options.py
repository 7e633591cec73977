"""What the commands that erase share: who, why, what they open, the export that comes first, the word that confirms."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from ropewalk.cli.site_database import ready
from ropewalk.core.errors import InputRefused, NotAllowed, NotFound, Problem
from ropewalk.core.use_cases.facts_store import Facts
from ropewalk.core.use_cases.store import Store
from ropewalk.site.foundation.facts_store import identity_key, open_facts

WORD = "erase"


_WHO_AND_WHY = (
    click.option("--by", required=True, metavar="NAME", help="The local administrator who erases, by account name."),
    click.option("--reason", required=True, help="Why, in words that name nobody: they stay."),
    click.option("--yes", is_flag=True, help="Do not ask for the word that confirms."),
)
_EXPORT = (
    click.option(
        "--export",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Write everything held into this zip first.",
    ),
    click.option("--no-export", metavar="REASON", help="Write no export, and why."),
)


def who_and_why(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--by``, ``--reason``, ``--yes``."""
    for option in reversed(_WHO_AND_WHY):
        command = option(command)
    return command


def shredding_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Those, and ``--export`` or ``--no-export``."""
    for option in reversed(_EXPORT):
        command = option(command)
    return who_and_why(command)


@dataclass(frozen=True)
class Opened:
    """The facts of a store with the key of their pseudonyms, and what the site knows (``shredding_site``)."""

    facts: Facts
    key: bytes
    site: Any


def opened(store: Store) -> Opened:
    """What holds pupils. Raises NotFound where there are none, and as ``opened_site`` does."""
    facts = open_facts(store.folder, os.environ)
    key = identity_key(facts, os.environ, make=False)
    if key is None or not facts.book.exists:
        raise NotFound(f"No pupils are in the store in {store.folder}.")
    return Opened(facts, key, opened_site(store))


def opened_site(store: Store) -> Any:
    """What the site of a store knows (``shredding_site``). Raises ClickException when its database cannot be used."""
    ready(store.folder)
    # Its models exist only now.
    return importlib.import_module("ropewalk.cli.shredding_site")


def given_export(store: Store, asked: Mapping[str, Any]) -> Path | None:
    """Where the export goes, None where there is to be none for a reason. Raises InputRefused."""
    export, without = asked["export"], (asked["no_export"] or "").strip()
    if (export is None) == (not without):
        raise InputRefused(
            [Problem("It is not clear whether to export.", "Give either --export FILE or --no-export with a reason.")]
        )
    if export is None:
        return None
    file = Path(export)
    if file.exists():
        raise InputRefused([Problem(f"{file} is there already.", "Name a new file.")])
    if file.resolve().is_relative_to(store.folder.resolve()):
        raise InputRefused([Problem("The export would lie in the store.", "Name a file elsewhere.")])
    return file


def keep_export(file: Path, content: bytes) -> None:
    """Write the export, readable for its owner only, on the disk itself before anything is erased."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    click.echo(f"Everything held was written to {file}. It names people: keep it as you keep their files.")


def confirmed(asked: Mapping[str, Any]) -> None:
    """Ask for the word. Raises NotAllowed for another one; nothing was erased then."""
    if asked["yes"]:
        return
    said = click.prompt(f"This cannot be undone. Type '{WORD}' to erase", default="", show_default=False)
    if said.strip().lower() != WORD:
        raise NotAllowed("Nothing was erased.")


def many(number: int, one: str, more: str) -> str:
    """A number with the words that follow it: those for one, or those for none and several."""
    return f"{number:,} {one if number == 1 else more}"


def erased(rows: int, tables: int) -> str:
    """What was erased of the facts."""
    return f"Erased: {many(rows, 'row', 'rows')} of {many(tables, 'table', 'tables')}"


def tell_busy(uploads: int) -> None:
    """Say of uploads that could not go what to do."""
    if uploads:
        told = many(uploads, "upload is being worked on and was", "uploads are being worked on and were")
        click.echo(f"{told} left: wait, and run this again.", err=True)


def reason_with(asked: Mapping[str, Any]) -> str:
    """The reason, and why there is no export."""
    without = (asked["no_export"] or "").strip()
    return f"{asked['reason'].strip()} (not exported: {without})" if without else str(asked["reason"]).strip()
