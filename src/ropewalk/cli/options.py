"""Options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from ropewalk.core.use_cases.store import Store


def default_store() -> Path:
    """Folder of the store when none is named: ROPEWALK_STORE, else a folder in the user's data directory."""
    named = os.environ.get("ROPEWALK_STORE")
    if named:
        return Path(named)
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "ropewalk" / "store"


def _as_store(_context: click.Context, _parameter: click.Parameter, value: Path | None) -> Store:
    return Store(value or default_store())


def store_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--store DIR``; the command is given a Store."""
    return click.option(
        "--store",
        type=click.Path(path_type=Path, file_okay=False),
        callback=_as_store,
        metavar="DIR",
        help="Folder of the store. Default: ROPEWALK_STORE, else a folder in your data directory.",
    )(command)


def json_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


def _reachable(_context: click.Context, _parameter: click.Parameter, value: str) -> str:
    if not value.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        raise click.UsageError("--site begins with https:// (or is this machine).")
    return value


def site_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--site ADDRESS``, for what is written to people: they open it from elsewhere, so it is encrypted."""
    return click.option(
        "--site",
        required=True,
        envvar="ROPEWALK_SITE",
        callback=_reachable,
        help="Address of the site as people reach it, such as https://place.example. Default: ROPEWALK_SITE.",
    )(command)
