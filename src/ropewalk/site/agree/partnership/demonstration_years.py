"""Two years of a partnership of the made-up place: meetings, a surgery, papers, due diligence.

What happened long ago is written as it would have been then: by the same actions, at that moment.
"""

import io
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import docx
from django.utils import timezone

from ropewalk.site.agree.partnership.actions.diligence import Found, answer, begin_diligence, find
from ropewalk.site.agree.partnership.actions.meetings import Called, Resolved, call, finish, resolve, set_attendance
from ropewalk.site.agree.partnership.actions.papers import put_paper
from ropewalk.site.agree.partnership.actions.surgeries import book
from ropewalk.site.agree.partnership.kinds import BodyKind, DiligenceArea, OutcomeKind, Presence
from ropewalk.site.agree.partnership.models import Body, Meeting, Seat
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.models import Organisation, Place
from ropewalk.site.foundation.papers.actions import incoming

# How often which bodies meet, in weeks, and how many meetings ahead are called.
MEETS = {
    BodyKind.BOARD: 4,
    BodyKind.HEADS: 6,
    BodyKind.TRUST_LEADERS: 6,
    BodyKind.COUNCIL_SCHOOLS: 6,
}
# Of the board: what was decided and who does what, beginning with its first meeting that has minutes.
SAID = (
    ("We look at attendance at every meeting.", "Bring the figures of each school", "The coordinator"),
    ("Reviews between schools begin after half term.", "Name a reviewer of each school", "Heads"),
    ("The second version of the memorandum goes to members.", "Put it before members", "The coordinator"),
)


@dataclass(frozen=True)
class Years:
    """The place, who runs its partnership, the moment, and heads who may book by their schools."""

    place: Place
    by: Account
    now: datetime
    heads: dict[Organisation, Account]

    @property
    def today(self) -> date:
        """The day of the demo."""
        return timezone.localtime(self.now).date()


def two_years(years: Years) -> None:
    """Bodies have met for as long as they were there, the board with minutes; a surgery; due diligence on a school."""
    for body in Body.objects.filter(place=years.place, kind__in=MEETS).order_by("pk"):
        _meets(years, body, MEETS[BodyKind(body.kind)])
    for surgery in Body.objects.filter(place=years.place, kind=BodyKind.SURGERY):
        _surgery(years, surgery)
    _diligence(years)


def _meets(years: Years, body: Body, weeks: int) -> None:
    first = body.begins + timedelta(days=7 + body.pk % 5)
    called = Called(first, time(9), time(10, 30), "Town hall", weeks, years.today + timedelta(weeks=2 * weeks))
    made = call(called, body=body, by=years.by, now=years.now)
    if body.kind == BodyKind.BOARD:
        held = [one for one in made if one.ends_at <= years.now]
        for number, (meeting, said) in enumerate(zip(held[-len(SAID) :], SAID, strict=False)):
            _minutes(years, meeting, said, is_done=number == 0)
        coming = next((one for one in made if one.starts_at > years.now), None)
        if coming is not None:
            put_paper(incoming(_paper(), "budget.docx"), title="Budget", meeting=coming, by=years.by, now=years.now)


def _minutes(years: Years, meeting: Meeting, said: tuple[str, str, str], *, is_done: bool) -> None:
    by, now = years.by, years.now
    there = dict.fromkeys(Seat.objects.filter(body=meeting.body), Presence.PRESENT)
    set_attendance(meeting=meeting, there=there, by=by, now=now)
    decision, action, owner = said
    resolve(Resolved(OutcomeKind.DECISION, decision), meeting=meeting, by=by, now=now)
    due = timezone.localtime(meeting.starts_at).date() + timedelta(days=14)
    made = resolve(Resolved(OutcomeKind.ACTION, action, owner, due), meeting=meeting, by=by, now=now)
    if is_done:
        finish(outcome=made, day=min(due, years.today), by=by, now=now)


def _paper() -> bytes:
    out, made = io.BytesIO(), docx.Document()
    made.add_heading("Budget of the partnership (made up)", level=1)
    made.add_paragraph("Coordinator £45,000; school improvement £80,000.")
    made.save(out)
    return out.getvalue()


def _surgery(years: Years, body: Body) -> None:
    first = years.today - timedelta(weeks=8)
    called = Called(first, time(16), time(17), "Online", 1, years.today + timedelta(weeks=3))
    made = call(called, body=body, by=years.by, now=years.now)
    coming = next(one for one in made if one.starts_at > years.now)
    for number, ((school, head), about) in enumerate(
        zip(years.heads.items(), ("Absence in the first week", "Places in year 7"), strict=False)
    ):
        book(meeting=coming, number=number, school=school, about=about, by=head, now=years.now)


def _diligence(years: Years) -> None:
    school, head = next(iter(years.heads.items()))
    by, now = years.by, years.now
    why = "It may take part in a contract."
    record = begin_diligence(place=years.place, organisation=school, why=why, by=by, now=now)
    looked = years.today - timedelta(days=30)
    listed = (
        Found(DiligenceArea.FINANCE, "Are accounts filed in time?", "The last set was two months late.", looked, "Ada"),
        Found(DiligenceArea.GOVERNANCE, "Is the board full?", "All seats are taken.", looked, "Ada"),
        Found(DiligenceArea.SAFEGUARDING, "Is training up to date?", "Everybody was trained this year.", looked, "Ada"),
    )
    for one in listed:
        find(one, diligence=record, number=None, by=by, now=now)
    answer(diligence=record, number=1, words="They are filed now.", by=head, now=now)
