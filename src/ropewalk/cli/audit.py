"""``ropewalk audit``: is the record of who looked and who did what as it was written?"""

from __future__ import annotations

import sys
from dataclasses import asdict

import click

from ropewalk.cli.options import json_option, store_option
from ropewalk.cli.output import print_json
from ropewalk.cli.site_database import ready
from ropewalk.core.errors import InputRefused, Problem
from ropewalk.core.use_cases.store import Store

WRONG = 2


@click.group()
def audit() -> None:
    """The record of who looked and who did what."""


@audit.command()
@click.option(
    "--known",
    metavar="NUMBER:SEAL",
    help="An entry noted earlier, as this command printed it: shows that the log up to it is still the same.",
)
@store_option
@json_option
def verify(known: str | None, store: Store, as_json: bool) -> None:
    """Check that no entry was changed, taken out or put in; ends with 2 where one was.

    Note the newest entry's number and seal somewhere else, and give them with --known the next time.
    """
    noted = _noted(known)
    ready(store.folder)
    # Models exist only once the settings are loaded.
    from ropewalk.site.foundation.audit.recording import verify as verify_log  # noqa: PLC0415

    found = verify_log(known=noted)
    if as_json:
        print_json({**asdict(found), "holds": found.holds})
    elif found.holds:
        emptied = f", {found.emptied:,} of them emptied because somebody had to be forgotten" if found.emptied else ""
        click.echo(f"The audit log is whole: {found.entries:,} entries{emptied}.")
        click.echo(f"Newest entry: {found.entries}:{found.newest_seal}" if found.entries else "Nothing is written yet.")
    else:
        click.echo(f"The audit log is NOT as it was written: at entry {found.broken_at}, {found.why}.", err=True)
    if not found.holds:
        sys.exit(WRONG)


def _noted(known: str | None) -> tuple[int, str] | None:
    if known is None:
        return None
    number, _, seal = known.strip().partition(":")
    if number.isdigit() and int(number) > 0 and len(seal) == 64 and set(seal) <= set("0123456789abcdef"):
        return int(number), seal
    raise InputRefused([Problem(f"'{known[:90]}' is no entry.", "Give it as NUMBER:SEAL, as this command printed it.")])
