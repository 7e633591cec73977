"""Adding to the audit log, emptying what must be forgotten, and checking that it is whole."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.db.models import QuerySet

from ropewalk.core.errors import StoreFault
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.audit.chain import BEGINNING, Verdict, check, digest_of, seal_of
from ropewalk.site.foundation.audit.models import PLACE, Entry, Turn
from ropewalk.site.foundation.sealed.field import as_written, opened_in

SEALED = ("who", "about")
# Who it was, and the salt. That somebody looked at a school stays in the school's list.
EMPTY = {"who": "", "account": None, "about": "", "salt": ""}


class Deed(StrEnum):
    """What an entry tells of."""

    LOOKED = "looked"
    TOOK = "took"
    CHANGED = "changed"

    @property
    def words(self) -> str:
        """As it stands in a table."""
        return {"looked": "looked at", "took": "took along", "changed": "changed"}[self]


@transaction.atomic
def record(  # noqa: PLR0913 - who, what, where and when make an entry
    *, by: Account, deed: Deed, thing: str, now: datetime, school: int | None = None, place: str = "", about: str = ""
) -> Entry:
    """Add an entry; it is there exactly when the transaction it stands in is. ``about`` never names a child."""
    _wait_for_turn()
    newest = Entry.objects.order_by("-number").first()
    number, before = (newest.number + 1, newest.seal) if newest else (1, BEGINNING)
    entry = Entry(number=number, at=now, who=by.name, account=by.pk, deed=deed.value, thing=thing, salt=_salt())
    entry.school, entry.place, entry.about = school, place[:PLACE], about[:200]
    entry.digest = digest_of(entry.content, entry.salt)
    entry.seal = seal_of(before=before, number=number, at=now, digest=entry.digest)
    entry.save()
    return entry


def _salt() -> str:
    return secrets.token_hex(16)


def _wait_for_turn() -> None:
    # SQLite takes its one lock with the transaction; PostgreSQL waits for this row.
    Turn.objects.select_for_update().get_or_create(pk=1)


@transaction.atomic
def forget(entries: QuerySet[Entry], *, by: Account, reason: str, now: datetime) -> int:
    """Empty entries of a person who must be forgotten; how many. That it was done, by whom and why stays."""
    found = list(entries.filter(forgotten_at=None).values_list("number", flat=True))
    QuerySet(Entry).filter(number__in=found).update(**EMPTY, forgotten_at=now)
    record(by=by, deed=Deed.CHANGED, thing="audit:forget", now=now, about=f"{len(found)} entries: {reason}")
    return len(found)


def verify(*, known: tuple[int, str] | None = None) -> Verdict:
    """Check the whole log; ``known`` is the number and seal of an entry that was noted elsewhere."""
    written = {f"written_{name}": as_written(name) for name in SEALED}
    rows: Iterable[Entry] = Entry.objects.defer(*SEALED).annotate(**written).order_by("number").iterator(5_000)
    return check((_opened(row).link for row in rows), known=known)


def _opened(row: Entry) -> Entry:
    """An entry with what it says opened; with no word of what does not open, which is then not what was written."""
    for name in SEALED:
        try:
            setattr(row, name, opened_in(Entry, name, getattr(row, f"written_{name}")))
        except StoreFault:
            setattr(row, name, None)
    return row


def newest() -> Entry | None:
    """The newest entry."""
    return Entry.objects.order_by("-number").first()


def seen_by_school(urn: int, place: str) -> QuerySet[Entry]:
    """Who looked at a school, or at the whole place it lies in, newest first."""
    mine = Entry.objects.filter(school=urn)
    if place:
        mine = mine | Entry.objects.filter(school=None, place=place)
    return mine.order_by("-number")
