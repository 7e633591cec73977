"""``ropewalk digest``: reminders by e-mail of what waits for people."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from ropewalk.cli.options import store_option
from ropewalk.core.errors import InputRefused, Problem
from ropewalk.core.use_cases.store import Store
from ropewalk.site.config.prepare import CannotPrepare, SettingsRefused, migrate


@click.group()
def digest() -> None:
    """Reminders by e-mail of what waits for people."""


@digest.command()
@click.option(
    "--site",
    required=True,
    envvar="ROPEWALK_SITE",
    help="Address of the site as people reach it, such as https://place.example. Default: ROPEWALK_SITE.",
)
@click.option("--now", "at_once", is_flag=True, help="Also to those who want their letter on Mondays alone.")
@store_option
def send(site: str, at_once: bool, store: Store) -> None:
    """Send to each person who wants it what waits for them: one letter a day at most. Run it once a day.

    Running it again the same day sends nothing twice; it tries once more where the mail server refused a letter. Ends
    with 1 where a letter could not be sent.
    """
    if not site.startswith(("https://", "http://127.0.0.1", "http://localhost")):
        raise click.UsageError("--site begins with https:// (or is this machine).")
    try:
        migrate(store.folder)
    except (CannotPrepare, SettingsRefused) as problem:
        raise click.ClickException(str(problem)) from problem
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
