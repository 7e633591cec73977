"""``ropewalk invite``: ask a person in."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from ropewalk.cli.options import store_option
from ropewalk.core.errors import InputRefused, Problem
from ropewalk.core.use_cases.store import Store
from ropewalk.site.config.prepare import CannotPrepare, SettingsRefused, migrate


@click.command()
@click.argument("name")
@click.argument("email")
@click.option("--site", required=True, help="Address of the site as people reach it, for example https://place.example")
@click.option("--administrator", is_flag=True, help="They look after this site.")
@store_option
def invite(name: str, email: str, site: str, administrator: bool, store: Store) -> None:
    """Invite the person NAME at EMAIL: a link that opens once, within seven days.

    It is sent by e-mail where ROPEWALK_SMTP names a mail server, and printed once otherwise.
    """
    if not site.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        raise click.UsageError("--site begins with https:// (or is this machine).")
    try:
        migrate(store.folder)
    except (CannotPrepare, SettingsRefused) as problem:
        raise click.ClickException(str(problem)) from problem
    # Models exist only once the settings are loaded.
    from django.urls import reverse  # noqa: PLC0415

    from ropewalk.site.foundation.accounts import invitations  # noqa: PLC0415

    try:
        made, secret = invitations.invite(
            name=name, email=email, local_administrator=administrator, by=None, now=datetime.now(UTC)
        )
    except invitations.InvitationRefused as problem:
        raise InputRefused([Problem(str(problem), "Change it and try again.")]) from problem
    link = site.rstrip("/") + reverse("accounts:invitation", args=[secret])
    if invitations.send(made, link):
        click.echo(f"The invitation is on its way to {email}.")
    else:
        click.echo(f"Not sent by e-mail. Link for {name}, shown only this once: {link}")
