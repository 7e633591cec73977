"""``ropewalk administrator``: who may send and see returns on the site."""

from __future__ import annotations

import click

from ropewalk.cli.options import store_option
from ropewalk.cli.site_database import ready
from ropewalk.core.errors import InputRefused, Problem
from ropewalk.core.use_cases.store import Store


@click.command()
@click.argument("name")
@click.option("--ask", is_flag=True, help="Ask for the password instead of making one up.")
@store_option
def administrator(name: str, ask: bool, store: Store) -> None:
    """Make the local administrator NAME, or set a new password for them; it is printed once.

    Local administrators sign in to the site, send returns for any school and see who has sent what.
    """
    name = " ".join(name.split())
    if not name or len(name) > 80:
        raise click.UsageError("A name has 1 to 80 characters.")
    password = click.prompt("Password", hide_input=True, confirmation_prompt=True) if ask else None
    made, password_set = make_administrator(store, name, password)
    click.echo(f"{name} {'can now sign in' if made else 'has a new password'}.")
    if password is None:
        click.echo(f"Password, shown only this once: {password_set}")


def make_administrator(store: Store, name: str, password: str | None = None) -> tuple[bool, str]:
    """Make or reset an administrator in the database that goes with a store; whether new, and the password."""
    ready(store.folder)
    # Models exist only once the settings are loaded.
    from ropewalk.site.foundation.accounts.administrators import (  # noqa: PLC0415
        PasswordRefused,
        new_password,
        set_administrator,
    )

    chosen = password or new_password()
    try:
        return set_administrator(name, chosen), chosen
    except PasswordRefused as problem:
        raise InputRefused([Problem(str(problem), "Choose another password.")]) from problem


def is_without_administrator(store: Store) -> bool:
    """Whether nobody can sign in to the site of this store yet."""
    ready(store.folder)
    from ropewalk.site.foundation.accounts.administrators import any_administrator  # noqa: PLC0415

    return not any_administrator()
