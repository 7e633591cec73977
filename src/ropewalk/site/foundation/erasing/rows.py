"""The rows of the database that belong to a person or speak of one."""

from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from ropewalk.site.foundation.accounts.lock_out import name_tried
from ropewalk.site.foundation.accounts.models import Account, Invitation
from ropewalk.site.foundation.erasing.reach import NAMES, Way, pointers, reached

ERASED = "[erased]"


def pointing_at(model: type[models.Model], account: Account) -> QuerySet[models.Model]:
    """Rows of a model that point at an account. Not through the model's own manager, which may keep rows back."""
    wanted = Q(pk__in=[])
    for name in pointers(model):
        wanted |= Q(**{name: account})
    return QuerySet(model).filter(wanted)


def that_go(account: Account) -> Iterator[QuerySet[models.Model]]:
    """Rows that go with the person: sessions, second factors, accounts elsewhere, invitations, wrong passwords."""
    for model, _ in reached(Way.ROW_GOES):
        label = model._meta.label
        if label == "sessions.Session":
            yield QuerySet(model).filter(pk__in=_sessions(account))
        elif label == "accounts.Invitation":
            yield QuerySet(model).filter(pk__in=[one.pk for one in _invitations(account)])
        elif label.startswith("axes."):
            tried = name_tried(None, {"username": account.name})  # type: ignore[arg-type]
            yield QuerySet(model).filter(username=tried)
        else:
            yield pointing_at(model, account)


def _sessions(account: Account) -> list[str]:
    store = import_string(f"{settings.SESSION_ENGINE}.SessionStore")()
    return [
        row.session_key
        for row in Session.objects.iterator()
        if str(store.decode(row.session_data).get(SESSION_KEY)) == str(account.pk)
    ]


def _invitations(account: Account) -> Iterator[Invitation]:
    """Invitations of this person; those they made of others are of those."""
    known = {account.name.casefold(), account.email.casefold()} - {""}
    for one in Invitation.objects.all():
        if one.account_id == account.pk or known & {one.name.casefold(), one.email.casefold()}:
            yield one


def that_speak_of(account: Account) -> Iterator[tuple[models.Model, dict[str, str]]]:
    """Rows that stay, each with what its fields become: no name, and no words by or about the person."""
    for model, named in reached(Way.NAME_GIVES_WAY, Way.EMPTIED):
        about = set(pointing_at(model, account).values_list("pk", flat=True)) if pointers(model) else set()
        every: QuerySet[models.Model] = QuerySet(model)
        for row in every.iterator():
            changed = _without(row, named, account, is_about=row.pk in about)
            if changed:
                yield row, changed


def nameless(account: Account) -> str:
    """What an account is called once the person is erased."""
    return f"Erased person {account.pk}"


def _without(row: models.Model, named: tuple[str, ...], account: Account, *, is_about: bool) -> dict[str, str]:
    changed = {}
    for name in named:
        said = getattr(row, name) or ""
        becomes = said
        if said.strip().casefold() == account.name.casefold():
            becomes = nameless(account)
        elif is_about and said and name not in NAMES:
            becomes = ERASED
        elif is_full(account.name):
            becomes = said.replace(account.name, nameless(account))
        if becomes != said:
            changed[name] = becomes
    return changed


def is_full(name: str) -> bool:
    """Whether a name has several words: one word alone may stand in a sentence and mean something else."""
    return len(name.split()) > 1
