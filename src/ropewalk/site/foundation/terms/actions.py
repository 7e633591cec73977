"""Drafting terms, putting them in force, answering them: each whole or not at all, with its line in the audit log."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from ropewalk.core.errors import InputRefused, NotAllowed, Problem
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.audit.recording import Deed, record
from ropewalk.site.foundation.organisations.kinds import OrganisationKind, PlaceKind
from ropewalk.site.foundation.organisations.membership import schools_of_places
from ropewalk.site.foundation.organisations.models import Organisation, Place
from ropewalk.site.foundation.permissions.permission import Permission
from ropewalk.site.foundation.permissions.reach import reach
from ropewalk.site.foundation.terms.models import NOTE, Answer, Terms
from ropewalk.site.foundation.terms.purposes import Purpose, that_stand
from ropewalk.site.foundation.terms.sharing import hold, terms_in_force
from ropewalk.site.foundation.terms.wording import Wording, problems_with

CHANGED_MEANWHILE = Problem("Somebody changed the text after you opened it.", "Read it again, and then decide.")


@dataclass(frozen=True)
class Said:
    """What a head says for a school: the purposes accepted, and the digest of the version that was read."""

    urn: int
    purposes: Collection[Purpose]
    digest: str
    note: str = ""


@transaction.atomic
def write_draft(*, place: Place, wording: Wording, expected: str, by: Account, now: datetime) -> Terms:
    """Write the draft of a place's next version; ``expected`` is the digest of the draft that was read, if any.

    Raises InputRefused for what cannot be put in force, and when somebody else has changed the draft.
    """
    _may_keep(place, by, now)
    if place.kind == PlaceKind.REGION:
        raise InputRefused([Problem("Schools share with a place, not with a region.", "Choose a place within it.")])
    problems = problems_with(wording)
    if problems:
        raise InputRefused(problems)
    hold(place.code)
    draft = Terms.objects.filter(place=place, begins_at=None).first()
    if (draft.digest if draft else "") != expected:
        raise InputRefused([CHANGED_MEANWHILE])
    draft = draft or Terms(place=place, number=_next_number(place))
    draft.say(wording)
    draft.drafted_by, draft.drafted_at = by, now
    draft.save()
    _record(by, "terms:draft", now, place, f"draft of version {draft.number}")
    return draft


@transaction.atomic
def put_in_force(*, place: Place, expected: str, by: Account, now: datetime) -> Terms:
    """Put the draft in force at once. Raises InputRefused when there is none, or not the one that was read."""
    _may_keep(place, by, now)
    hold(place.code)
    draft = Terms.objects.filter(place=place, begins_at=None).first()
    if draft is None:
        raise InputRefused([Problem("There is no draft.", "Write one first.")])
    problems = [CHANGED_MEANWHILE] if draft.digest != expected else problems_with(draft.wording)
    if problems:
        raise InputRefused(problems)
    draft.begins_at, draft.begun_by = now, by
    draft.save()
    _record(by, "terms:put-in-force", now, place, f"version {draft.number}, {draft.digest}")
    return draft


@transaction.atomic
def answer(said: Said, *, place: Place, by: Account, now: datetime) -> Answer:
    """Answer the terms in force for a school: in full, in part, or with nothing, which withdraws.

    Raises NotAllowed for anybody but its head; InputRefused when it does not belong to the place, when other terms
    hold by now than those that were read, and for purposes that make no sense together.
    """
    day = timezone.localtime(now).date()
    if not reach(by, Permission.ANSWER_TERMS, on=day).holds_school(said.urn):
        raise NotAllowed("Only the head answers for a school.")
    hold(place.code)
    terms = check_answer(said, place=place, now=now)
    made = Answer(place=place, terms=terms, urn=said.urn, note=said.note.strip(), who=by.name, by=by, at=now)
    made.school = Organisation.objects.get(kind=OrganisationKind.SCHOOL, key=str(said.urn)).name
    made.purposes = [one.value for one in Purpose if one in said.purposes]
    made.number = place.answers.for_system_job("answers of a place are numbered in one row").count() + 1
    made.save()
    accepted = ", ".join(one.words for one in Purpose if one in said.purposes) or "nothing"
    _record(by, "terms:answer", now, place, f"version {terms.number}: {accepted}; {made.receipt}", said.urn)
    return made


def check_answer(said: Said, *, place: Place, now: datetime) -> Terms:
    """The terms that an answer would be to. Raises InputRefused when it could not be given."""
    terms = terms_in_force(place.code, at=now)
    problems = _problems(said, terms, schools_of_places([place.pk], timezone.localtime(now).date()))
    if problems or terms is None:
        raise InputRefused(problems)
    return terms


def _problems(said: Said, terms: Terms | None, schools: frozenset[int]) -> list[Problem]:
    if terms is None:
        return [Problem("This place has no terms in force.", "Wait until its coordinator has put them in force.")]
    if said.urn not in schools:
        return [Problem("The school does not belong to this place.", "Answer the terms of a place it belongs to.")]
    if said.digest != terms.digest:
        return [CHANGED_MEANWHILE]
    found = []
    if not set(said.purposes) <= set(terms.wording.articles):
        found.append(Problem("The terms do not ask for one of these.", "Choose from what they name."))
    for one in sorted(set(said.purposes) - that_stand(said.purposes)):
        needed = " and ".join(f"“{other.words}”" for other in sorted(one.declared.needs))
        found.append(Problem(f"“{one.words}” makes no sense without {needed}.", "Accept both, or leave it out."))
    if len(said.note.strip()) > NOTE:
        found.append(Problem("The note is too long.", f"Write at most {NOTE} characters."))
    return found


def _may_keep(place: Place, by: Account, now: datetime) -> None:
    day = timezone.localtime(now).date()
    if not reach(by, Permission.KEEP_TERMS, on=day).holds_place(place.code):
        raise NotAllowed("Only the coordinator or the council's officer writes the terms of a place.")


def _next_number(place: Place) -> int:
    newest = Terms.objects.filter(place=place).order_by("-number").first()
    return newest.number + 1 if newest else 1


def _record(by: Account, thing: str, now: datetime, place: Place, about: str, school: int | None = None) -> None:
    record(by=by, deed=Deed.CHANGED, thing=thing, now=now, school=school, place=place.code, about=about)
