"""``ropewalk account``: looking after the account of a person."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from ropewalk.cli.options import store_option
from ropewalk.cli.site_database import ready
from ropewalk.core.errors import InputRefused, Problem
from ropewalk.core.use_cases.store import Store


@click.command()
@click.argument("name")
@click.option("--new-password", is_flag=True, help="Make up a new password; it is printed once.")
@click.option("--email", help="The address by which they sign in with Microsoft, Google or DfE Sign-in.")
@click.option("--forget-second-factor", is_flag=True, help="Remove a lost app, passkeys and recovery codes.")
@click.option("--close/--reopen", "closed", default=None, help="Nobody signs in with it any more; or again.")
@store_option
def account(**asked: object) -> None:
    """Look after the account NAME: what is asked is done, in the order of the options."""
    name, store = str(asked["name"]), asked["store"]
    if not isinstance(store, Store):
        raise TypeError("The option --store gives a Store.")
    ready(store.folder)
    # Models exist only once the settings are loaded.
    from ropewalk.site.foundation.accounts.keeping import ChangeRefused  # noqa: PLC0415

    try:
        for line in _done(name, asked):
            click.echo(line)
    except ChangeRefused as problem:
        raise InputRefused([Problem(str(problem), "Change it and try again.")]) from problem


def _done(name: str, asked: dict[str, object]) -> list[str]:
    """Do what is asked; a line for each thing done."""
    from ropewalk.site.foundation.accounts import keeping  # noqa: PLC0415

    found, now = keeping.account_named(name), datetime.now(UTC)
    told = []
    if asked["email"]:
        keeping.set_email(found, str(asked["email"]))
        told.append(f"E-mail address: {asked['email']}")
    if asked["new_password"]:
        told.append(f"Password, shown only this once: {keeping.give_new_password(found)}")
    if asked["forget_second_factor"]:
        told.append(f"Second factors removed: {keeping.forget_second_factors(found, now=now)}.")
    if asked["closed"] is True:
        keeping.close(found, by=None, now=now)
        told.append(f"The account {found.name} is closed.")
    elif asked["closed"] is False:
        keeping.reopen(found)
        told.append(f"The account {found.name} is open again.")
    return told or [f"Nothing was asked for. The account {found.name} is {'open' if found.is_active else 'closed'}."]
