"""Checking an edition, and releasing it: once, by whoever is first, as it was checked."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.core.use_cases.editions import prepare_release, release_edition
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.audit.recording import Deed, record
from ropewalk.site.foundation.facts_store import open_facts
from ropewalk.site.foundation.numbers import long_date
from ropewalk.site.foundation.terms.purposes import Purpose
from ropewalk.site.foundation.terms.sharing import schools_sharing, terms_in_force
from ropewalk.site.see.editions import life
from ropewalk.site.see.editions.challenging import checked_words
from ropewalk.site.see.editions.making import forget_content, locked_and_found
from ropewalk.site.see.editions.models import RELEASED, Check, Draft, Edition
from ropewalk.site.see.editions.standing import Found

ANEW = "Compute the figures anew; schools then look at them again."


@transaction.atomic
def check(*, edition: Edition, seen: str, words: str, by: Account, now: datetime) -> Check:
    """Say that one has checked the draft with the digest ``seen``. Raises InputRefused when one cannot.

    A draft that was computed anew while somebody read is not the one they checked.
    """
    _, found = locked_and_found(edition, now=now)
    why_not = life.why_not_check(found.standing, by=by.pk, today=found.today)
    if not why_not and seen != found.draft.digest:
        why_not = "The figures were computed anew while you looked."
    if why_not:
        raise InputRefused([Problem(why_not, "Open the edition again to see where it stands.")])
    said = checked_words(words, "") if words.strip() else ""
    record(by=by, deed=Deed.CHANGED, thing="editions:check", now=now, place=edition.place, about=str(edition))
    return Check.objects.create(draft=found.draft, by=by, at=now, words=said)


def release(*, edition: Edition, seen: str, by: Account, now: datetime) -> Edition:
    """Release the draft with the digest ``seen``. It cannot be undone.

    Raises InputRefused when somebody was quicker, when anything stands in the way, and when terms or facts are not
    those of the draft any more. The core writes its file first and the row is committed after: if the machine stops
    in between, releasing again gives the same bytes.
    """
    found = _ready(edition, seen=seen, now=now)
    facts = open_facts(Path(settings.ROPEWALK_STORE), settings.FACTS_ENVIRONMENT)
    # The figures of a large place take minutes. Nobody waits for them who only wants to sign in or look at a page.
    prepare_release(facts, found.wanted, expected=found.draft.digest)
    return _release(edition, seen=seen, by=by, now=now)


@transaction.atomic
def _ready(edition: Edition, *, seen: str, now: datetime) -> Found:
    """Where an edition stands that nothing stands in the way of."""
    locked, found = locked_and_found(edition, now=now)
    _refuse_unless_ready(locked, found, seen)
    return found


@transaction.atomic
def _release(edition: Edition, *, seen: str, by: Account, now: datetime) -> Edition:
    # From here on answers to the terms, drafts and other releases of the place wait.
    locked, found = locked_and_found(edition, now=now)
    _refuse_unless_ready(locked, found, seen)
    # Somebody may have withdrawn while this waited for its turn: what counts is what stands now.
    if problems := changed_terms(locked.place, found.draft, max(now, timezone.now())):
        raise InputRefused(problems)
    facts = open_facts(Path(settings.ROPEWALK_STORE), settings.FACTS_ENVIRONMENT)
    made = release_edition(facts, found.wanted, expected=found.draft.digest)
    locked.state, locked.digest, locked.ended_by, locked.ended_at = RELEASED, made.digest, by, now
    locked.save(update_fields=["state", "digest", "ended_by", "ended_at"])
    forget_content(locked)
    record(by=by, deed=Deed.CHANGED, thing="editions:release", now=now, place=locked.place, about=str(locked))
    return locked


def _refuse_unless_ready(edition: Edition, found: Found, seen: str) -> None:
    if edition.state == RELEASED and edition.ended_by and edition.ended_at:
        at = timezone.localtime(edition.ended_at)
        what = f"Already released by {edition.ended_by.name} at {at:%H:%M} on {long_date(at.date())}."
        raise InputRefused([Problem(what, "Nothing needs to be done.")])
    if found.hindrances:
        raise InputRefused([Problem(one, "It can be released after that.") for one in found.hindrances])
    if seen != found.draft.digest:
        raise InputRefused([Problem("The figures were computed anew while you looked.", "Look at them again.")])


def changed_terms(place: str, draft: Draft, now: datetime) -> list[Problem]:
    """What is not any more as it was when a draft was computed: schools that stopped sharing, the terms' threshold."""
    terms = terms_in_force(place, at=now)
    if terms is None:
        return [Problem("No terms are in force at this place any more.", "Put terms in force first.")]
    found = []
    if gone := set(draft.schools) - schools_sharing(place, Purpose.PLACE_FIGURES, at=now):
        found.append(Problem(f"{_schools(len(gone))} stopped sharing since the figures were computed.", ANEW))
    if silent := set(draft.partners) - schools_sharing(place, Purpose.PARTNER_FIGURES, at=now) - gone:
        what = f"{_schools(len(silent))} stopped letting partners see its own figures since they were computed."
        found.append(Problem(what, ANEW))
    if terms.threshold != draft.threshold:
        found.append(Problem("The terms now name another smallest number of children to show.", ANEW))
    return found


def _schools(number: int) -> str:
    return "1 school" if number == 1 else f"{number} schools"
