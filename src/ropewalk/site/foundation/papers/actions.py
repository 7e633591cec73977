"""Keeping a file and deleting it, both written down. Whether somebody may is for the room that asks."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.audit.recording import Deed, record
from ropewalk.site.foundation.papers.deeds import DELETED, KEPT
from ropewalk.site.foundation.papers.kinds import PaperKind, kind_of, safe_name
from ropewalk.site.foundation.papers.limits import most_bytes, size_words
from ropewalk.site.foundation.papers.models import TITLE, WHY, Paper, PaperContent


@dataclass(frozen=True)
class Incoming:
    """A file that somebody sends: its content, what it is called, and what it is."""

    content: bytes
    name: str
    kind: PaperKind


@dataclass(frozen=True)
class About:
    """What a file is about, for the audit log: a place by code, a school by URN."""

    place: str = ""
    school: int | None = None


def incoming(content: bytes, name: str) -> Incoming:
    """A file as it may be kept. Raises InputRefused for one that is too large, empty, or of no sort that is kept."""
    if len(content) > most_bytes():
        raise InputRefused([Problem("The file is too large.", f"Send at most {size_words()}.")])
    kind = kind_of(content, name)
    return Incoming(content, safe_name(name, kind), kind)


@transaction.atomic
def keep(file: Incoming, *, title: str, by: Account, about: About, now: datetime) -> Paper:
    """Keep a file; without a title it is called as the file is. The room that asks attaches it in the same transaction.

    Raises InputRefused for a title that is too long.
    """
    title = title.strip() or file.name
    if len(title) > TITLE:
        raise InputRefused([Problem("The title is too long.", f"Write at most {TITLE} characters.")])
    paper = Paper(title=title, name=file.name, kind=file.kind, size=len(file.content), by=by, at=now)
    paper.digest = hashlib.sha256(file.content).hexdigest()
    paper.save(force_insert=True)
    PaperContent.objects.create(paper=paper, sealed=file.content)
    _write_down(KEPT, paper, by, about, now)
    return paper


@transaction.atomic
def remove(paper: Paper, *, because: str, by: Account, about: About, now: datetime) -> None:
    """Delete the content of a file; that it was here, who put it and who deleted it why stays.

    Raises InputRefused without a reason, and for one that is deleted already.
    """
    locked = Paper.objects.select_for_update().get(pk=paper.pk)
    problems = []
    if not because.strip():
        problems.append(Problem("No reason is given.", "Say in a sentence why it is deleted."))
    if len(because.strip()) > WHY:
        problems.append(Problem("The reason is too long.", f"Write at most {WHY} characters."))
    if not locked.is_there:
        problems.append(Problem("It is deleted already.", "Nothing needs to be done."))
    if problems:
        raise InputRefused(problems)
    locked.deleted_at, locked.deleted_by, locked.deleted_because = now, by, because.strip()
    locked.save(update_fields=["deleted_at", "deleted_by", "deleted_because"])
    PaperContent.objects.filter(paper=locked).delete()
    _write_down(DELETED, paper, by, about, now)


def _write_down(thing: str, paper: Paper, by: Account, about: About, now: datetime) -> None:
    said = f"file {paper.pk}"
    record(by=by, deed=Deed.CHANGED, thing=thing, now=now, school=about.school, place=about.place, about=said)
