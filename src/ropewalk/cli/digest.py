"""``ropewalk digest``: reminders by e-mail of what waits for people."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from ropewalk.cli.options import site_option, store_option
from ropewalk.cli.site_database import ready
from ropewalk.core.errors import InputRefused, Problem
from ropewalk.core.use_cases.store import Store


@click.group()
def digest() -> None:
    """Reminders by e-mail of what waits for people."""


@digest.command()
@site_option
@click.option("--now", "at_once", is_flag=True, help="Also to those who want their letter on Mondays alone.")
@store_option
def send(site: str, at_once: bool, store: Store) -> None:
    """Send to each person who wants it what waits for them: one letter a day at most. Run it once a day.

    Running it again the same day sends nothing twice; it tries once more where the mail server refused a letter. Ends
    with 1 where a letter could not be sent.
    """
    ready(store.folder)
    # Models exist only once the settings are loaded.
    from django.conf import settings  # noqa: PLC0415

    from ropewalk.site.agree.home.actions.sending import send_letters  # noqa: PLC0415
    from ropewalk.site.agree.home.kinds import Became  # noqa: PLC0415

    if not settings.MAIL:
        raise InputRefused([Problem("There is no mail server.", "Set ROPEWALK_SMTP; see docs/reminders.md.")])
    became = send_letters(site=site.rstrip("/"), now=datetime.now(UTC), at_once=at_once)
    failed, unsure = became[Became.FAILED], became[Became.UNSURE]
    click.echo(f"{became[Became.SENT]:,} sent, {failed:,} failed, {unsure:,} not certain.")
    if failed or unsure:
        raise click.exceptions.Exit(1)
