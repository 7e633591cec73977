"""Beginning and ending bodies, agreeing what they are for, and who is on them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.site.agree.partnership.actions.running import may_run, named, write_down
from ropewalk.site.agree.partnership.deeds import BODY_ENDED, BODY_MADE, SEAT_LEFT, SEAT_TAKEN, TERMS_AGREED
from ropewalk.site.agree.partnership.kinds import BodyKind, Part
from ropewalk.site.agree.partnership.models import Body, Seat, TermsOfReference
from ropewalk.site.agree.partnership.models.bodies import TEXT
from ropewalk.site.agree.partnership.rules import refuse
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.numbers import long_date
from ropewalk.site.foundation.organisations.models import Place
from ropewalk.site.foundation.terms.sharing import hold

ENDED = Problem("This ended already.", "Nothing needs to be done.")


@dataclass(frozen=True)
class NewBody:
    """A body as somebody begins it; ``strand`` is the part of the plan it works on, if any."""

    kind: BodyKind
    name: str
    begins: date
    strand: str = ""


@dataclass(frozen=True)
class NewSeat:
    """Who is on a body from a day on: an account, or a name for whoever has none; whom they come from."""

    part: Part
    begins: date
    account: Account | None = None
    name: str = ""
    organisation: str = ""


@transaction.atomic
def begin(wanted: NewBody, *, place: Place, by: Account, now: datetime) -> Body:
    """Begin a body. Raises InputRefused without a name, and while another of the name goes on."""
    may_run(place, by, now)
    hold(place.code)
    problems = named(wanted.name, "name")
    if Body.objects.filter(place=place, name=wanted.name.strip(), until=None).exists():
        problems.append(Problem("There is a body of this name already.", "Choose another name, or end that one."))
    refuse(problems)
    made = Body(place=place, kind=wanted.kind, name=wanted.name.strip(), strand=wanted.strand.strip())
    made.begins, made.by, made.at = wanted.begins, by, now
    made.save()
    write_down(BODY_MADE, place, f"body {made.pk}: {made.kind_words}", by=by, now=now)
    return made


@transaction.atomic
def end(*, body: Body, until: date, by: Account, now: datetime) -> None:
    """End a body with a last day, and with it who is on it. Raises InputRefused when it ended, or before it began."""
    may_run(body.place, by, now)
    locked = Body.objects.select_for_update().get(pk=body.pk)
    seats = Seat.objects.select_for_update().filter(body=locked).filter(Q(until=None) | Q(until__gt=until))
    if any(seat.begins > until for seat in seats):
        raise InputRefused([Problem("Somebody joins it after that day.", "Choose a later day.")])
    _close(locked, until, by, now)
    for seat in seats:
        seat.until, seat.ended_by, seat.ended_at = until, by, now
        seat.save(update_fields=["until", "ended_by", "ended_at"])
    write_down(BODY_ENDED, body.place, f"body {body.pk}, {until}", by=by, now=now)


def _close(row: Body | Seat, until: date, by: Account, now: datetime) -> None:
    if row.until is not None:
        raise InputRefused([ENDED])
    if until < row.begins:
        began = Problem(f"It began on {long_date(row.begins)}.", "Choose a last day that is not before that.")
        raise InputRefused([began])
    row.until, row.ended_by, row.ended_at = until, by, now
    row.save(update_fields=["until", "ended_by", "ended_at"])


@transaction.atomic
def agree_terms(*, body: Body, text: str, agreed_on: date, by: Account, now: datetime) -> TermsOfReference:
    """Write the next version of what a body is for. Raises InputRefused for the same text or an earlier day."""
    may_run(body.place, by, now)
    locked = Body.objects.select_for_update().get(pk=body.pk)
    problems = named(text, "text", most=TEXT)
    newest = TermsOfReference.objects.filter(body=locked).order_by("-number").first()
    if newest is not None and newest.text == text.strip():
        problems.append(Problem("The text is that of the version before.", "Change it, or leave it."))
    if newest is not None and agreed_on < newest.agreed_on:
        agreed = long_date(newest.agreed_on)
        problems.append(Problem(f"The version before was agreed on {agreed}.", "Choose that day or later."))
    refuse(problems)
    made = TermsOfReference(body=locked, number=newest.number + 1 if newest else 1, text=text.strip())
    made.agreed_on, made.by, made.at = agreed_on, by, now
    made.save()
    write_down(TERMS_AGREED, body.place, f"body {body.pk}, version {made.number}", by=by, now=now)
    return made


@transaction.atomic
def take_seat(wanted: NewSeat, *, body: Body, by: Account, now: datetime) -> Seat:
    """Somebody is on a body from a day on. Raises InputRefused for nobody, two, or the same part twice."""
    may_run(body.place, by, now)
    locked = Body.objects.select_for_update().get(pk=body.pk)
    refuse(_wrong_seat(wanted, locked))
    made = Seat(body=locked, account=wanted.account, name=wanted.name.strip(), part=wanted.part)
    made.organisation, made.begins, made.by, made.at = wanted.organisation.strip(), wanted.begins, by, now
    made.save()
    write_down(SEAT_TAKEN, body.place, f"seat {made.pk}: {made}", by=by, now=now)
    return made


def _wrong_seat(wanted: NewSeat, body: Body) -> list[Problem]:
    found = []
    if (wanted.account is None) == (not wanted.name.strip()):
        found.append(
            Problem("It is not clear who it is.", "Choose a person, or write the name of somebody without one.")
        )
    if wanted.account is None and not wanted.organisation.strip():
        found.append(Problem("It is not said where they come from.", "Write their school or organisation."))
    if body.until is not None:
        found.append(Problem("This body has ended.", "Choose one that goes on."))
    if wanted.begins < body.begins:
        found.append(Problem(f"The body began on {long_date(body.begins)}.", "Choose that day or later."))
    same = Seat.objects.filter(body=body, part=wanted.part, until=None)
    if wanted.account is not None and same.filter(account=wanted.account).exists():
        found.append(Problem("They play this part already.", "Choose another part, or leave it."))
    return found


@transaction.atomic
def leave_seat(*, seat: Seat, until: date, by: Account, now: datetime) -> None:
    """Somebody leaves a body with a last day; it is kept. Raises InputRefused when they left, or before they joined."""
    may_run(seat.body.place, by, now)
    locked = Seat.objects.select_for_update().get(pk=seat.pk)
    _close(locked, until, by, now)
    write_down(SEAT_LEFT, seat.body.place, f"seat {seat.pk}, {until}", by=by, now=now)
