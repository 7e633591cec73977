"""Calling meetings, one or a series, calling them off, and writing their minutes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.site.agree.partnership.actions.running import may_run, named, write_down
from ropewalk.site.agree.partnership.deeds import ACTION_DONE, MEETING_CALLED, MEETING_OFF, MINUTES_WRITTEN
from ropewalk.site.agree.partnership.kinds import OutcomeKind, Presence
from ropewalk.site.agree.partnership.models import AgendaItem, Attendance, Body, Meeting, Outcome, Seat
from ropewalk.site.agree.partnership.models.said import WORDS
from ropewalk.site.agree.partnership.rooms_above import tell_done, tell_minuted
from ropewalk.site.agree.partnership.rules import refuse
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.terms.sharing import hold

MOST_MEETINGS, MOST_ITEMS = 60, 40


@dataclass(frozen=True)
class Called:
    """A meeting as somebody calls it; with ``weeks`` and ``until`` a series of them, at the same time of day."""

    day: date
    starts: time
    ends: time
    where: str
    weeks: int = 0
    until: date | None = None

    @property
    def days(self) -> list[date]:
        """Every day on which they meet."""
        if not self.weeks or self.until is None:
            return [self.day]
        step = timedelta(weeks=self.weeks)
        # One more than may be called is enough to refuse it.
        found = [self.day + number * step for number in range(MOST_MEETINGS + 1)]
        return [day for day in found if day <= self.until]


@transaction.atomic
def call(called: Called, *, body: Body, by: Account, now: datetime) -> list[Meeting]:
    """Call a meeting of a body, or a series. Raises InputRefused for times that make no sense, and for two at once."""
    may_run(body.place, by, now)
    hold(body.place.code)
    refuse(_wrong(called, Body.objects.get(pk=body.pk)))
    made = [
        Meeting(
            body=body,
            starts_at=timezone.make_aware(datetime.combine(day, called.starts)),
            ends_at=timezone.make_aware(datetime.combine(day, called.ends)),
            where=called.where.strip(),
            by=by,
            at=now,
        )
        for day in called.days
    ]
    if Meeting.objects.filter(body=body, starts_at__in=[one.starts_at for one in made]).exists():
        raise InputRefused([Problem("The body meets at one of these times already.", "Choose another time.")])
    Meeting.objects.bulk_create(made)
    write_down(MEETING_CALLED, body.place, f"body {body.pk}, {len(made)} from {called.day}", by=by, now=now)
    return made


def _wrong(called: Called, body: Body) -> list[Problem]:
    found = named(called.where, "place or link")
    if called.ends <= called.starts:
        found.append(Problem("It would end before it starts.", "Choose a later end on the same day."))
    if bool(called.weeks) != (called.until is not None):
        found.append(Problem("It is not clear how often they meet.", "Choose how often and until when, or neither."))
    if not called.days:
        found.append(Problem("The series ends before its first day.", "Choose a later last day."))
    if len(called.days) > MOST_MEETINGS:
        found.append(Problem(f"These are more than {MOST_MEETINGS} meetings.", "Choose an earlier last day."))
    last = max(called.days, default=called.day)
    if called.day < body.begins or (body.until is not None and last > body.until):
        found.append(Problem("The body does not exist on one of these days.", "Choose days on which it does."))
    return found


@transaction.atomic
def call_off(*, meeting: Meeting, because: str, by: Account, now: datetime) -> None:
    """Call a meeting off; it stays in the calendar. Raises InputRefused without a reason, or a second time."""
    may_run(meeting.body.place, by, now)
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    problems = named(because, "reason", most=WORDS)
    if locked.called_off_at is not None:
        problems.append(Problem("It is called off already.", "Nothing needs to be done."))
    refuse(problems)
    locked.called_off_at, locked.called_off_by, locked.called_off_because = now, by, because.strip()
    locked.save(update_fields=["called_off_at", "called_off_by", "called_off_because"])
    write_down(MEETING_OFF, meeting.body.place, f"meeting {meeting.pk}", by=by, now=now)


@transaction.atomic
def set_agenda(*, meeting: Meeting, items: Sequence[str], by: Account, now: datetime) -> None:
    """Set what a meeting is to speak of. Raises InputRefused once it has begun, for it was spoken of then."""
    may_run(meeting.body.place, by, now)
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    problems = [Problem("An item is too long.", f"Write at most {WORDS} characters.")]
    problems = problems if any(len(one) > WORDS for one in items) else []
    if len(items) > MOST_ITEMS:
        problems.append(Problem("There are too many items.", f"Write at most {MOST_ITEMS}."))
    if locked.called_off_at is not None or locked.ends_at <= now:
        problems.append(Problem("The meeting is over or called off.", "Write decisions and actions instead."))
    refuse(problems)
    locked.agenda.all().delete()
    rows = [AgendaItem(meeting=locked, number=number, words=words) for number, words in enumerate(items, start=1)]
    AgendaItem.objects.bulk_create(rows)
    write_down(MINUTES_WRITTEN, meeting.body.place, f"meeting {meeting.pk}: agenda", by=by, now=now)


@transaction.atomic
def set_attendance(*, meeting: Meeting, there: Mapping[Seat, Presence], by: Account, now: datetime) -> None:
    """Say who was there. Raises InputRefused before it has begun, and for somebody who is not on the body."""
    _begun(meeting, by, now)
    if any(seat.body_id != meeting.body_id for seat in there):
        raise InputRefused([Problem("Somebody is not on this body.", "Choose among those who are.")])
    for seat, presence in there.items():
        Attendance.objects.update_or_create(meeting=meeting, seat=seat, defaults={"presence": presence})
    write_down(MINUTES_WRITTEN, meeting.body.place, f"meeting {meeting.pk}: attendance", by=by, now=now)


@dataclass(frozen=True)
class Resolved:
    """What a meeting decided, or who does what by when."""

    kind: OutcomeKind
    words: str
    owner: str = ""
    due: date | None = None


@transaction.atomic
def resolve(said: Resolved, *, meeting: Meeting, by: Account, now: datetime) -> Outcome:
    """Write down a decision or an action. Raises InputRefused before the meeting has begun, and for half an action."""
    _begun(meeting, by, now)
    problems = named(said.words, "decision or action", most=WORDS)
    is_action = said.kind is OutcomeKind.ACTION
    if is_action and not (said.owner.strip() and said.due):
        problems.append(Problem("It is not said who does it by when.", "Write both for an action."))
    if not is_action and (said.owner.strip() or said.due):
        problems.append(Problem("A decision has no owner and no day.", "Leave both empty, or choose action."))
    refuse(problems)
    made = Outcome(meeting=meeting, kind=said.kind, words=said.words.strip(), owner=said.owner.strip(), due=said.due)
    made.by, made.at = by, now
    made.save()
    write_down(MINUTES_WRITTEN, meeting.body.place, f"meeting {meeting.pk}: {made.kind} {made.pk}", by=by, now=now)
    tell_minuted(made, by=by, now=now)
    return made


def _begun(meeting: Meeting, by: Account, now: datetime) -> None:
    may_run(meeting.body.place, by, now)
    # The place first: rooms above, who are told of it, take turns there too.
    hold(meeting.body.place.code)
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if locked.called_off_at is not None or locked.starts_at > now:
        raise InputRefused([Problem("The meeting has not begun or is called off.", "Write its minutes afterwards.")])


@transaction.atomic
def finish(*, outcome: Outcome, day: date, by: Account, now: datetime) -> None:
    """An action was done on a day. Raises InputRefused for a decision, a day to come, or a second time."""
    may_run(outcome.meeting.body.place, by, now)
    hold(outcome.meeting.body.place.code)
    locked = Outcome.objects.select_for_update().get(pk=outcome.pk)
    if not locked.is_action or locked.done_on is not None:
        raise InputRefused([Problem("There is nothing left to do here.", "Nothing needs to be done.")])
    if day > timezone.localtime(now).date():
        raise InputRefused([Problem("The day is still to come.", "Say so once it is done.")])
    locked.done_on, locked.done_by = day, by
    locked.save(update_fields=["done_on", "done_by"])
    write_down(ACTION_DONE, outcome.meeting.body.place, f"action {outcome.pk}", by=by, now=now)
    tell_done(locked, by=by, now=now)


@transaction.atomic
def follow(*, outcome: Outcome, is_done: bool, by: Account, now: datetime) -> None:
    """An action follows what was said of it in a room above, which has asked who may say so and holds the place."""
    locked = Outcome.objects.select_for_update().get(pk=outcome.pk)
    if not locked.is_action or is_done == (locked.done_on is not None):
        return
    locked.done_on, locked.done_by = (timezone.localtime(now).date(), by) if is_done else (None, None)
    locked.save(update_fields=["done_on", "done_by"])
    write_down(ACTION_DONE, outcome.meeting.body.place, f"action {outcome.pk}: {is_done}", by=by, now=now)
