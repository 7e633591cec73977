"""What the site knows of a child or a person who is to be erased. Models exist only once the settings are loaded."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.conf import settings

from ropewalk.core.errors import NotAllowed
from ropewalk.site.foundation.accounts.in_the_store import in_the_store
from ropewalk.site.foundation.accounts.keeping import ChangeRefused, account_named
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.audit.models import Entry
from ropewalk.site.foundation.erasing import log
from ropewalk.site.see.sharing.upload_folder import UploadFolder
from ropewalk.site.see.sharing.waiting_files import delete_waiting, uploads_with

delete = delete_waiting
# The store knows who erased by the number of the account.
told_by = in_the_store


def eraser(name: str) -> Account:
    """The local administrator of a name. Raises NotAllowed when there is none."""
    account = account_of(name)
    if account is None or not (account.is_local_administrator and account.is_active):
        raise NotAllowed(
            "Only a local administrator may erase, so that the log says who did. Name one with --by; "
            "'ropewalk administrator' makes one."
        )
    return account


def account_of(name: str) -> Account | None:
    """The account of a name, if there is one."""
    try:
        return account_named(name)
    except ChangeRefused:
        return None


def waiting(schools: Collection[int], numbers: Collection[str]) -> list[UploadFolder]:
    """Uploads that wait and may hold the child."""
    return uploads_with(settings.ROPEWALK_UPLOADS, schools=schools, numbers=numbers)


def entries(records: Collection[int]) -> Sequence[Entry]:
    """Entries of the log about the child."""
    return list(log.about_records(records))


def log_file(found: Sequence[Entry]) -> Mapping[str, tuple[str, bytes]]:
    """The file of these entries in the export."""
    return {"log.csv": ("when somebody looked at a page about the child, and at which", log.as_csv(found, names=False))}


def written_down(records: Collection[int], *, by: Account, rows: int, now: datetime) -> int:
    """Empty the entries about the child and write down that it was erased; how many were emptied."""
    return log.child_was_erased(records, by=by, rows=rows, now=now)


def school_written_down(urn: int, *, by: Account, rows: int, now: datetime) -> None:
    """Write down that what a school sent was erased."""
    log.school_was_erased(urn, by=by, rows=rows, now=now)
