"""Entries of the audit log about a child or a person: found, handed over, emptied."""

import csv
import io
import re
from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from ropewalk.core.publish.table_files import guarded
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.audit.looks import DEEDS
from ropewalk.site.foundation.audit.models import Entry
from ropewalk.site.foundation.audit.recording import Deed, forget, record

DEEDS.update(
    {
        "erasing:child": "what was known of a child: it was erased",
        "erasing:school": "what the school had sent: it was erased",
        "erasing:export": "what is held about a person",
        "erasing:erase": "what was held about a person: it was erased",
    }
)
_RECORD = re.compile(r"\brecord (\d+)\b")


def about_records(records: Collection[int]) -> QuerySet[Entry]:
    """Entries about pages of these records. What an entry is about is sealed, so each is opened to see."""
    found = [
        entry.number
        for entry in Entry.objects.filter(forgotten_at=None).exclude(about="").only("number", "about").iterator()
        if {int(number) for number in _RECORD.findall(entry.about)} & set(records)
    ]
    return Entry.objects.filter(number__in=found)


def of_account(account: Account) -> QuerySet[Entry]:
    """Entries of what somebody did or looked at."""
    return Entry.objects.filter(account=account.pk)


def as_csv(entries: Iterable[Entry], *, names: bool) -> bytes:
    """Entries as a spreadsheet reads them, oldest first; ``names`` tells whose they are."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["number", "at", "deed", "page or action", "school", "place", "about", *(["who"] if names else [])])
    for one in entries:
        told = [one.number, one.at.isoformat(), one.deed, one.thing, one.school, one.place, one.about]
        told += [one.who] if names else []
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in told])
    return out.getvalue().encode("utf-8-sig")


@transaction.atomic
def child_was_erased(records: Collection[int], *, by: Account, rows: int, now: datetime) -> int:
    """Empty the entries about a child that was erased from the store, and write down that it was; how many."""
    entries = about_records(records)
    emptied = forget(entries, by=by, reason="a child was erased", now=now) if entries else 0
    record(by=by, deed=Deed.CHANGED, thing="erasing:child", now=now, about=f"a child was erased: {rows} rows of facts")
    return emptied


def school_was_erased(school: int, *, by: Account, rows: int, now: datetime) -> None:
    """Write down that what a school sent was erased; it stands in the school's own list."""
    about = f"what the school sent was erased: {rows} rows of facts"
    record(by=by, deed=Deed.CHANGED, thing="erasing:school", now=now, school=school, about=about)
