"""What the commands that erase share: who, why, the export that comes first, and the word that confirms."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from ropewalk.core.errors import InputRefused, NotAllowed, Problem
from ropewalk.core.use_cases.store import Store

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


def reason_with(asked: Mapping[str, Any]) -> str:
    """The reason, and why there is no export."""
    without = (asked["no_export"] or "").strip()
    return f"{asked['reason'].strip()} (not exported: {without})" if without else str(asked["reason"]).strip()
