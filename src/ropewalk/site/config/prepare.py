"""Before the site starts: its database is made, or brought up to date."""

import os
import sqlite3
from pathlib import Path

SETTINGS = "ropewalk.site.config.settings"


class CannotPrepare(Exception):
    """The database of accounts cannot be made or changed; the message says where and what to do."""


class SettingsRefused(Exception):
    """The site cannot start with what the environment says; the message says what to change."""


def start_django(store: Path) -> None:
    """Load the settings for this store; what Django keeps of an earlier call in the same process stays.

    Raises SettingsRefused when the environment names no database that we understand.
    """
    os.environ["ROPEWALK_STORE"] = str(store)
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    # Imported late: the settings read the environment, which was only just set.
    import django  # noqa: PLC0415
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415

    try:
        django.setup()
    except ImproperlyConfigured as problem:
        raise SettingsRefused(str(problem)) from problem


def migrate(store: Path) -> None:
    """Make the tables of accounts, uploads and reminders, or bring them up to date.

    Raises CannotPrepare, SettingsRefused; StoreFault when the data key of what is sealed in them is not here.
    """
    start_django(store)
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import DatabaseError, connections  # noqa: PLC0415

    from ropewalk.site.foundation.sealed.anew import be_sure_of_keys  # noqa: PLC0415

    try:
        _make_room(settings.DATABASES["default"])
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        # Sessions that are over hold nothing anybody needs.
        call_command("clearsessions", verbosity=0)
        be_sure_of_keys()
    except (OSError, DatabaseError, sqlite3.Error) as problem:
        message = (
            f"The database of accounts cannot be used ({problem.__class__.__name__}). Check that its folder may be "
            "written to, or that DATABASE_URL names a database that answers."
        )
        raise CannotPrepare(message) from problem
    finally:
        # The server forks: an open connection would not survive that.
        connections.close_all()


def _make_room(database: dict[str, object]) -> None:
    """The folder and the file, for the owner only, before Django makes it for everyone."""
    if not str(database["ENGINE"]).endswith("sqlite3"):
        return
    file = Path(str(database["NAME"]))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
