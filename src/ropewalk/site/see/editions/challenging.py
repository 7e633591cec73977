"""What schools say of their own figures, and what they are answered."""

import re
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.audit.recording import Deed, record
from ropewalk.site.see.editions import life
from ropewalk.site.see.editions.making import locked_and_found
from ropewalk.site.see.editions.models import OPEN, WORDS, Challenge, Contentment, Edition
from ropewalk.site.see.editions.standing import AGREED, Found

# A unique pupil number, also with spaces in it: what is said here is read by others.
_PUPIL_NUMBER = re.compile(r"(?<![A-Za-z0-9])[A-Za-z](?:[ -]?\d){11}[ -]?[A-Za-z0-9](?![A-Za-z0-9])")


class Kind(StrEnum):
    """What a school can say besides that it is content."""

    COMMENT = "comment"
    CORRECTION = "correction"
    RESUBMISSION = "resubmission"

    @property
    def words(self) -> str:
        """As it stands on a page."""
        return {
            Kind.COMMENT: "a comment",
            Kind.CORRECTION: "this is wrong",
            Kind.RESUBMISSION: "the school will send again",
        }[self]


class Outcome(StrEnum):
    """How a challenge is answered."""

    AGREED = AGREED
    STANDS = "stands"

    @property
    def words(self) -> str:
        """As it stands on a page."""
        return {
            Outcome.AGREED: "The school is right: the figures are computed anew",
            Outcome.STANDS: "The figures stand",
        }[self]


@transaction.atomic
def be_content(*, edition: Edition, urn: int, by: Account, now: datetime) -> Contentment:
    """Say for a school that its figures are right; saying it twice changes nothing. Raises InputRefused when late."""
    found = _while_open(edition, urn, now)
    rows = Contentment.objects.for_system_job("the caller says for which school somebody may speak")
    made, is_new = rows.get_or_create(draft=found.draft, urn=urn, defaults={"by": by, "at": now})
    if is_new:
        record(by=by, deed=Deed.CHANGED, thing="editions:content", now=now, school=urn, about=str(edition))
    return made


@transaction.atomic
def challenge(*, edition: Edition, urn: int, kind: Kind, words: str, by: Account, now: datetime) -> Challenge:
    """Say for a school what is wrong with its figures. Raises InputRefused when late, or for words that cannot stand.

    The same words sent twice are one challenge.
    """
    found = _while_open(edition, urn, now)
    said = checked_words(words, "Say in a few sentences what is wrong.")
    rows = Challenge.objects.for_system_job("the caller says for which school somebody may speak")
    waiting = rows.filter(edition=edition, draft=found.draft.number, urn=urn, kind=kind, answered_at=None)
    if already := next((one for one in waiting if one.words == said), None):
        return already
    # A school that has something to say is not content.
    Contentment.objects.for_system_job("of this school alone").filter(draft=found.draft, urn=urn).delete()
    record(by=by, deed=Deed.CHANGED, thing="editions:challenge", now=now, school=urn, about=str(edition))
    return rows.create(edition=edition, draft=found.draft.number, urn=urn, kind=kind, words=said, by=by, at=now)


@transaction.atomic
def answer(*, edition: Edition, which: int, outcome: Outcome, words: str, by: Account, now: datetime) -> Challenge:
    """Answer a challenge. Raises InputRefused when it was answered, or the edition ended."""
    locked, found = locked_and_found(edition, now=now)
    if locked.state != OPEN:
        raise InputRefused([Problem(life.why_not_compute_anew(found.standing, today=found.today), "")])
    rows = Challenge.objects.for_system_job("whoever prepares the edition answers every challenge of it")
    one = rows.get(edition=locked, pk=which)
    if one.answered_at is not None:
        raise InputRefused([Problem("This challenge was answered already.", "Read the answer below.")])
    one.answer = checked_words(words, "Say in a sentence or two why.")
    one.outcome, one.answered_by, one.answered_at = outcome, by, now
    one.save(update_fields=["answer", "outcome", "answered_by", "answered_at"])
    record(by=by, deed=Deed.CHANGED, thing="editions:answer", now=now, school=one.urn, about=str(edition))
    return one


def checked_words(words: str, ask: str) -> str:
    """Words as they can be kept. Raises InputRefused for none, too many, or a pupil number."""
    said = words.strip()
    if not said:
        raise InputRefused([Problem("Nothing is written.", ask)])
    if len(said) > WORDS:
        raise InputRefused([Problem(f"These are {len(said):,} characters.", f"Write at most {WORDS:,}.")])
    if _PUPIL_NUMBER.search(said):
        what = "There is a pupil number in what you wrote."
        raise InputRefused([Problem(what, "Say it without naming a child: the number of pupils and their group.")])
    return said


def _while_open(edition: Edition, urn: int, now: datetime) -> Found:
    """Where an edition stands while a school may speak of it. Raises InputRefused when it may not."""
    _, found = locked_and_found(edition, now=now)
    why_not = life.why_not_challenge(found.standing, today=found.today)
    if not why_not and urn not in found.draft.schools:
        why_not = "The school does not share for this edition."
    if why_not:
        raise InputRefused([Problem(why_not, "Ask whoever prepares the edition.")])
    return found
