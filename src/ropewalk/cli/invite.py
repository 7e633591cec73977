"""``ropewalk invite``: ask a person in."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from ropewalk.cli.options import site_option, store_option
from ropewalk.cli.site_database import ready
from ropewalk.core.errors import InputRefused, Problem
from ropewalk.core.use_cases.store import Store


@click.command()
@click.argument("name")
@click.argument("email")
@site_option
@click.option("--administrator", is_flag=True, help="They look after this site.")
@store_option
def invite(name: str, email: str, site: str, administrator: bool, store: Store) -> None:
    """Invite the person NAME at EMAIL: a link that opens once, within seven days.

    It is sent by e-mail where ROPEWALK_SMTP names a mail server, and printed once otherwise.
    """
    ready(store.folder)
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
