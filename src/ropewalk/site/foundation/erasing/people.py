"""Erasing a person: shown, handed over, then made nameless everywhere the site and the store speak of them."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import models, transaction
from django.db.models import QuerySet
from django.utils import timezone

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.core.use_cases.facts_store import Facts
from ropewalk.core.use_cases.returns import receipts
from ropewalk.core.use_cases.shredding import forget_sender
from ropewalk.site.foundation.accounts import keeping
from ropewalk.site.foundation.accounts.in_the_store import in_the_store
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.audit.models import Entry
from ropewalk.site.foundation.audit.recording import Deed, forget, record
from ropewalk.site.foundation.erasing import log, rows
from ropewalk.site.foundation.facts_store import open_facts
from ropewalk.site.foundation.permissions.models import Grant
from ropewalk.site.foundation.retention.job import all_models, kept_of

# What opens something: of use to whoever steals it, and to nobody who asks what is held.
SECRETS = frozenset({"password", "data", "session_data", "link_mark", "key", "secret", "token", "token_secret"})
README = """Everything this site holds about one person, as of {day}.

Each file is one table: what it is for is said in it. log.csv is what the person looked at and did. Passwords, keys of
second factors and contents of sessions are left out: they say nothing, and open much. Where a row names other people
by a number, these are numbers of accounts.
"""


@dataclass(frozen=True)
class Held:
    """How much is held about a person: rows by what they are for, entries of the log, receipts that name them."""

    tables: tuple[tuple[str, int], ...]
    entries: int
    receipts: int


def facts() -> Facts:
    """The facts of the site's store."""
    return open_facts(Path(settings.ROPEWALK_STORE), settings.FACTS_ENVIRONMENT)


def held_about(account: Account) -> Held:
    """How much is held about a person."""
    tables = tuple((kept_of(model).purpose, len(found)) for model, found in _rows(account))
    return Held(tables, log.of_account(account).count(), len(_receipts(account)))


def _receipts(account: Account) -> list[str]:
    said = {account.name.casefold(), in_the_store(account)}
    return [one.id for one in receipts(facts()) if one.by.casefold() in said]


def _rows(account: Account) -> Iterator[tuple[type[models.Model], list[models.Model]]]:
    """Rows that belong to a person, point at them or name them; the log apart."""
    gone: dict[type[models.Model], list[models.Model]] = {found.model: list(found) for found in rows.that_go(account)}
    spoken: dict[type[models.Model], dict[object, models.Model]] = {}
    for row, _ in rows.that_speak_of(account):
        spoken.setdefault(type(row), {})[row.pk] = row
    for model in all_models():
        if model is Entry:
            continue
        found = {row.pk: row for row in [*gone.get(model, []), *spoken.get(model, {}).values()]}
        found |= {row.pk: row for row in rows.pointing_at(model, account)}
        if model is Account:
            found = {account.pk: account}
        if found:
            yield model, list(found.values())


@transaction.atomic
def export(account: Account, *, by: Account, now: datetime) -> bytes:
    """A zip of all that is held about a person, in open formats. That it was taken along is written down."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        day = timezone.localtime(now)
        packed.writestr("README.txt", README.format(day=f"{day.day} {day:%B %Y}"))
        for model, found in _rows(account):
            told = {"what for": kept_of(model).purpose, "rows": [_told(row) for row in found]}
            packed.writestr(f"{model._meta.label}.json", json.dumps(told, ensure_ascii=False, indent=1, default=str))
        packed.writestr("log.csv", log.as_csv(log.of_account(account).order_by("number"), names=True))
        packed.writestr("receipts.json", json.dumps(_receipts(account)))
    record(by=by, deed=Deed.TOOK, thing="erasing:export", now=now, about=f"all that is held about account {account.pk}")
    return out.getvalue()


def _told(row: models.Model) -> dict[str, object]:
    return {field.name: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name not in SECRETS}


def erase(account: Account, *, by: Account, reason: str, now: datetime) -> int:
    """Make a person nameless everywhere; how many entries of the log were emptied.

    Raises InputRefused for one's own account, the last administrator's, and for no reason or one that names the person.
    """
    _check(account, by, reason)
    # The store first: what stops here is done again, by the name that is still known.
    if _receipts(account):
        forget_sender(facts(), account.name, becomes=rows.nameless(account))
    return _erase(account, by=by, reason=reason.strip(), now=now)


@transaction.atomic
def _erase(account: Account, *, by: Account, reason: str, now: datetime) -> int:
    # Two who erase the last administrators at once wait for each other here.
    list(Account.objects.select_for_update().filter(is_local_administrator=True))
    _check(account, by, reason)
    keeping.close(account, by=by, now=now)
    for found in list(rows.that_go(account)):
        found.delete()
    day = timezone.localtime(now).date()
    running: QuerySet[Grant] = QuerySet(Grant).filter(account=account, ended_on__isnull=True, until__gte=day)
    running.update(ended_on=day, ended_by=by, ended_reason="The person was erased.")
    for row, changed in list(rows.that_speak_of(account)):
        QuerySet(type(row)).filter(pk=row.pk).update(**changed)
    entries = Entry.objects.filter(number__in=_entries(account))
    emptied = forget(entries, by=by, reason="a person was erased", now=now) if entries.exists() else 0
    _make_nameless(account)
    about = f"account {account.pk} was erased: {reason}"
    record(by=by, deed=Deed.CHANGED, thing="erasing:erase", now=now, about=about)
    return emptied


def _entries(account: Account) -> list[int]:
    """Entries of what the person did, and those that say the name."""
    found = set(log.of_account(account).values_list("number", flat=True))
    if rows.is_full(account.name):
        others = Entry.objects.filter(forgotten_at=None).exclude(about="").only("number", "about")
        found |= {one.number for one in others.iterator() if account.name.casefold() in one.about.casefold()}
    return sorted(found)


def _make_nameless(account: Account) -> None:
    account.name, account.email = rows.nameless(account), ""
    account.is_active = account.is_local_administrator = False
    account.last_login = None
    account.set_unusable_password()
    account.save()


def _check(account: Account, by: Account, reason: str) -> None:
    problems = []
    others = Account.objects.filter(is_local_administrator=True, is_active=True).exclude(pk=account.pk)
    if by.pk == account.pk:
        problems.append(Problem("You cannot erase yourself.", "Ask another administrator to."))
    elif account.is_local_administrator and not others.exists():
        problems.append(Problem("This is the last local administrator.", "Make another one first."))
    words = set(re.split(r"[^\w'-]+", reason.casefold()))
    if not reason.strip():
        problems.append(Problem("No reason is given.", "Say in a sentence why, without naming the person."))
    elif words & set(account.name.casefold().split()) or (
        account.email and account.email.casefold() in reason.casefold()
    ):
        problems.append(Problem("The reason names the person.", "Say why without it: the reason stays."))
    if problems:
        raise InputRefused(problems)
