"""Making an edition and computing its figures, once or anew; giving one up."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.audit.recording import Deed, record
from ropewalk.site.foundation.terms.purposes import Purpose
from ropewalk.site.foundation.terms.sharing import hold, schools_sharing, terms_in_force
from ropewalk.site.see.editions import life
from ropewalk.site.see.editions.models import DROPPED, OPEN, RELEASED, Draft, Edition
from ropewalk.site.see.editions.standing import Found, find, folder_of, wanted_of
from ropewalk.site.see.sharing import background

MODULE = "ropewalk.site.see.editions.processing"
# Schools have these days at least to look at figures that were computed anew.
LOOK_AGAIN = timedelta(days=3)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """An edition as somebody asks for it. ``cuts`` are pairs of measure and family of groups."""

    place: str
    period: str
    cuts: Sequence[tuple[str, str | None]]
    replaces: int | None = None
    reason: str = ""


def make(*, asked: Asked, by: Account, now: datetime) -> Edition:
    """Make an edition and begin to compute its figures. Raises InputRefused with every problem."""
    edition, draft = draft_of(asked=asked, by=by, now=now)
    begin(edition, draft)
    return edition


@transaction.atomic
def draft_of(*, asked: Asked, by: Account, now: datetime) -> tuple[Edition, Draft]:
    """An edition with its first draft, not computed yet. Raises InputRefused with every problem."""
    # Two who make one at once wait for each other here.
    hold(asked.place)
    now = max(now, timezone.now())
    problems = [*_problems(asked), *_terms_problems(asked.place, now)]
    if problems:
        raise InputRefused(problems)
    newest = Edition.objects.filter(place=asked.place).order_by("-number").first()
    edition = Edition.objects.create(
        place=asked.place,
        number=newest.number + 1 if newest else 1,
        period=asked.period,
        cuts=[list(cut) for cut in asked.cuts],
        replaces=asked.replaces,
        reason=asked.reason.strip(),
        made_by=by,
        made_at=now,
    )
    record(by=by, deed=Deed.CHANGED, thing="editions:new", now=now, place=asked.place, about=str(edition))
    return edition, _draft(edition, by, now)


def compute_anew(*, edition: Edition, seen: int, by: Account, now: datetime) -> Draft:
    """Compute the figures again after the draft of the number ``seen``, for the schools that share now.

    Raises InputRefused when it is being computed, was computed anew meanwhile, ended, or the terms do not allow it.
    """
    draft = _anew(edition=edition, seen=seen, by=by, now=now)
    begin(edition, draft)
    return draft


@transaction.atomic
def _anew(*, edition: Edition, seen: int, by: Account, now: datetime) -> Draft:
    locked, found = locked_and_found(edition, now=now)
    now = max(now, timezone.now())
    why_not = life.why_not_compute_anew(found.standing, today=found.today)
    if not why_not and (found.is_computing or seen != found.draft.number):
        why_not = "Somebody has begun to compute the figures anew already."
    problems = [Problem(why_not, "Open its page to see where it stands.")] if why_not else []
    if problems := problems or _terms_problems(locked.place, now):
        raise InputRefused(problems)
    record(by=by, deed=Deed.CHANGED, thing="editions:again", now=now, place=locked.place, about=str(locked))
    return _draft(locked, by, now)


@transaction.atomic
def drop(*, edition: Edition, reason: str, by: Account, now: datetime) -> Edition:
    """Give an edition up before it is released. Raises InputRefused for no reason, or when it ended before."""
    locked, found = locked_and_found(edition, now=now)
    if why_not := life.why_not_compute_anew(found.standing, today=found.today):
        raise InputRefused([Problem(why_not, "Open its page to see what became of it.")])
    if not reason.strip():
        raise InputRefused([Problem("No reason is given.", "Say in a sentence why it is given up.")])
    locked.state, locked.ended_by, locked.ended_at, locked.ended_why = DROPPED, by, now, reason.strip()
    locked.save(update_fields=["state", "ended_by", "ended_at", "ended_why"])
    forget_content(locked)
    record(by=by, deed=Deed.CHANGED, thing="editions:drop", now=now, place=locked.place, about=str(locked))
    transaction.on_commit(lambda: _forget_folders(locked))
    return locked


def locked_and_found(edition: Edition, *, now: datetime) -> tuple[Edition, Found]:
    """The edition, held until the transaction ends, with where it stands; the place is held first, as everywhere.

    Whatever is asked of the terms after this is asked as of a moment after the waiting.
    """
    hold(edition.place)
    locked = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    return locked, find(locked, today=timezone.localtime(now).date())


def forget_content(edition: Edition) -> None:
    """Nobody needs figures of drafts once an edition has ended."""
    edition.drafts.update(content=None)


def _forget_folders(edition: Edition) -> None:
    for draft in edition.drafts.all():
        folder_of(draft).delete()


def begin(edition: Edition, draft: Draft) -> None:
    """Begin to compute a draft in a process of its own; what is left of the drafts before it is deleted."""
    _forget_folders(edition)
    folder = folder_of(draft)
    folder.make()
    task: dict[str, Any] = {"store": str(settings.ROPEWALK_STORE), "wanted": asdict(wanted_of(edition, draft))}
    background.start(folder, task, module=MODULE)


def _draft(edition: Edition, by: Account, now: datetime) -> Draft:
    terms = terms_in_force(edition.place, at=now)
    if terms is None:
        raise ValueError("There are no terms.")
    schools = schools_sharing(edition.place, Purpose.PLACE_FIGURES, at=now)
    partners = schools_sharing(edition.place, Purpose.PARTNER_FIGURES, at=now) & schools
    drafts = edition.drafts.order_by("-number")
    today = timezone.localtime(now).date()
    edition.until = _until(edition.until, today, terms.challenge_days, is_first=not drafts.exclude(digest="").exists())
    edition.save(update_fields=["until"])
    newest = drafts.first()
    return Draft.objects.create(
        edition=edition,
        number=newest.number + 1 if newest else 1,
        schools=sorted(schools),
        partners=sorted(partners),
        threshold=terms.threshold,
        as_of=now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        by=by,
        at=now,
    )


def _until(before: date | None, today: date, days: int, *, is_first: bool) -> date:
    """The last day on which schools may challenge: never sooner than was said, and never at once."""
    if is_first or before is None:
        return today + timedelta(days=days)
    return max(before, today + LOOK_AGAIN)


def _problems(asked: Asked) -> list[Problem]:
    found = []
    if Edition.objects.filter(place=asked.place, state=OPEN).exists():
        found.append(Problem("An edition of this place is on its way already.", "Release it or give it up first."))
    if not asked.cuts:
        found.append(Problem("No figures are chosen.", "Choose one at least."))
    if asked.replaces is None:
        return found
    if not Edition.objects.filter(place=asked.place, number=asked.replaces, state=RELEASED).exists():
        found.append(Problem(f"Edition {asked.replaces} was not released.", "Only a released edition is corrected."))
    if not asked.reason.strip():
        found.append(Problem("No reason is given.", "Say in a sentence what was wrong."))
    return found


def _terms_problems(place: str, now: datetime) -> list[Problem]:
    if terms_in_force(place, at=now) is None:
        return [Problem("No terms are in force at this place.", "Draft terms and put them in force first.")]
    if not schools_sharing(place, Purpose.PLACE_FIGURES, at=now):
        return [Problem("No school shares for figures of the place.", "Ask schools to answer the terms first.")]
    return []
