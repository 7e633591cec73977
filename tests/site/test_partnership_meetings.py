"""Meetings: one or a series, side by side; agenda from what is late, minutes, actions with an owner and a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from tests.site import partnership_cast
from tests.site.conftest import Page
from tests.site.partnership_cast import NOW, TODAY, Cast

from ropewalk.core.errors import InputRefused, NotAllowed
from ropewalk.site.agree.partnership.actions.bodies import NewBody, NewSeat, begin, take_seat
from ropewalk.site.agree.partnership.actions.meetings import (
    MOST_MEETINGS,
    Called,
    Resolved,
    call,
    call_off,
    finish,
    resolve,
    set_agenda,
    set_attendance,
)
from ropewalk.site.agree.partnership.kinds import BodyKind, OutcomeKind, Part, Presence
from ropewalk.site.agree.partnership.models import Body, Meeting, Outcome, Seat
from ropewalk.site.agree.partnership.selectors.meetings import calendar_of, meeting_page
from ropewalk.site.foundation.audit.models import Entry

Reading = Callable[..., Page]
NINE, TEN = time(9), time(10, 30)
HOME = "/partnerships/south-harbour/"
ACTION, DECISION = OutcomeKind.ACTION, OutcomeKind.DECISION


@pytest.fixture
def cast(empty_store: Path, db: None) -> Cast:  # noqa: ARG001
    made = partnership_cast.made()
    made.person("Cora", "coordinator", made.place)
    return made


@pytest.fixture
def board(cast: Cast) -> Body:
    return body(cast, BodyKind.BOARD, "Board")


def body(cast: Cast, kind: BodyKind, name: str) -> Body:
    return begin(NewBody(kind, name, TODAY), place=cast.place, by=cast.people["Cora"], now=NOW)


def called(cast: Cast, of: Body, day: date = TODAY, weeks: int = 0, until: date | None = None) -> list[Meeting]:
    wanted = Called(day, NINE, TEN, "Town hall", weeks, until)
    return call(wanted, body=of, by=cast.people["Cora"], now=NOW)


def test_a_weekly_surgery_keeps_its_time_of_day_when_the_clocks_change(cast: Cast, board: Body) -> None:
    found = called(cast, board, date(2026, 10, 19), 1, date(2026, 11, 2))
    # British Summer Time ends on 25 October 2026.
    assert [one.starts_at.astimezone(UTC) for one in found] == [
        datetime(2026, 10, 19, 8, tzinfo=UTC),
        datetime(2026, 10, 26, 9, tzinfo=UTC),
        datetime(2026, 11, 2, 9, tzinfo=UTC),
    ]


def test_meetings_of_trust_leaders_and_of_council_schools_stand_side_by_side(cast: Cast, board: Body) -> None:
    leaders = body(cast, BodyKind.TRUST_LEADERS, "MAT CEO meeting")
    schools = body(cast, BodyKind.COUNCIL_SCHOOLS, "LA schools meeting")
    for of in (leaders, schools, board):
        called(cast, of, TODAY + timedelta(days=1), 6, TODAY + timedelta(weeks=7))
    coming = calendar_of(cast.place, now=NOW).coming
    assert sorted(one.body.name for one in coming) == sorted(["MAT CEO meeting", "LA schools meeting", "Board"] * 2)
    assert [one.starts_at for one in coming] == sorted(one.starts_at for one in coming)
    assert calendar_of(cast.area, now=NOW).coming == []
    later = calendar_of(cast.place, now=NOW + timedelta(weeks=2))
    assert (len(later.coming), len(later.past)) == (3, 3)


def test_times_that_make_no_sense_are_refused(cast: Cast, board: Body) -> None:
    cora = cast.people["Cora"]
    for wanted, said in (
        (Called(TODAY, TEN, NINE, "Hall"), "end before it starts"),
        (Called(TODAY, NINE, TEN, " "), "no place or link"),
        (Called(TODAY, NINE, TEN, "Hall", 1), "how often they meet"),
        (Called(TODAY, NINE, TEN, "Hall", 0, TODAY), "how often they meet"),
        (Called(TODAY, NINE, TEN, "Hall", 1, TODAY - timedelta(days=1)), "before its first day"),
        (Called(TODAY, NINE, TEN, "Hall", 1, TODAY + timedelta(weeks=900)), f"more than {MOST_MEETINGS} meetings"),
        (Called(TODAY - timedelta(days=1), NINE, TEN, "Hall"), "does not exist on one of these days"),
    ):
        with pytest.raises(InputRefused, match=said):
            call(wanted, body=board, by=cora, now=NOW)
    called(cast, board)
    with pytest.raises(InputRefused, match="at one of these times already"):
        called(cast, board, TODAY, 1, TODAY + timedelta(weeks=2))
    assert Meeting.objects.count() == 1


def test_only_whoever_runs_the_partnership_calls_meetings_and_writes_minutes(cast: Cast, board: Body) -> None:
    [found] = called(cast, board)
    made = resolve(Resolved(ACTION, "Ring", "Cora", TODAY), meeting=found, by=cast.people["Cora"], now=NOW)
    head = cast.head(100001)
    for refused in (
        lambda: call(Called(TODAY, NINE, TEN, "Hall"), body=board, by=head, now=NOW),
        lambda: call_off(meeting=found, because="No.", by=head, now=NOW),
        lambda: set_agenda(meeting=found, items=["Mine"], by=head, now=NOW),
        lambda: set_attendance(meeting=found, there={}, by=head, now=NOW),
        lambda: resolve(Resolved(DECISION, "Mine"), meeting=found, by=head, now=NOW),
        lambda: finish(outcome=made, day=TODAY, by=head, now=NOW),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_minutes_hold_who_was_there_decisions_and_actions_with_owner_and_day(cast: Cast, board: Body) -> None:
    cora = cast.people["Cora"]
    chair = take_seat(NewSeat(Part.CHAIR, TODAY, cast.head(100001)), body=board, by=cora, now=NOW)
    clerk = take_seat(NewSeat(Part.CLERK, TODAY, None, "Ada Guest", "Council"), body=board, by=cora, now=NOW)
    other = take_seat(NewSeat(Part.CHAIR, TODAY, cora), body=body(cast, BodyKind.HEADS, "Heads"), by=cora, now=NOW)
    [found] = called(cast, board)
    with pytest.raises(InputRefused, match="not begun"):
        resolve(Resolved(DECISION, "Agreed."), meeting=found, by=cora, now=NOW - timedelta(hours=5))
    with pytest.raises(InputRefused, match="not on this body"):
        set_attendance(meeting=found, there={other: Presence.PRESENT}, by=cora, now=NOW)
    for presence in (Presence.ABSENT, Presence.APOLOGIES):
        set_attendance(meeting=found, there={chair: Presence.PRESENT, clerk: presence}, by=cora, now=NOW)
    for said, words in (
        (Resolved(DECISION, " "), "no decision or action"),
        (Resolved(ACTION, "Ring", "Cora"), "who does it by when"),
        (Resolved(ACTION, "Ring", "", TODAY), "who does it by when"),
        (Resolved(DECISION, "Agreed.", "Cora"), "has no owner"),
    ):
        with pytest.raises(InputRefused, match=words):
            resolve(said, meeting=found, by=cora, now=NOW)
    resolve(Resolved(DECISION, "We share attendance."), meeting=found, by=cora, now=NOW)
    resolve(Resolved(ACTION, "Ring the DfE", "Cora", TODAY), meeting=found, by=cora, now=NOW)
    shown = meeting_page(found, now=NOW)
    assert [(one.seat.who, one.presence_words) for one in shown.attendance] == [
        ("head of 100001", "present"),
        ("Ada Guest", "apologies"),
    ]
    assert (shown.present, [str(one) for one in shown.decisions]) == (1, ["We share attendance."])
    assert [(one.words, one.owner, one.due) for one in shown.actions] == [("Ring the DfE", "Cora", TODAY)]
    assert not [one for one in Entry.objects.all() if "Guest" in one.about]
    with pytest.raises(IntegrityError), transaction.atomic():
        Outcome.objects.create(meeting=found, kind="action", words="Nobody's", by=cora, at=NOW)


def test_what_is_late_comes_to_the_next_meeting_of_the_body_until_it_is_done(cast: Cast, board: Body) -> None:
    cora, soon = cast.people["Cora"], TODAY + timedelta(days=8)
    first, second = called(cast, board, TODAY, 2, TODAY + timedelta(weeks=2))
    [elsewhere] = called(cast, body(cast, BodyKind.HEADS, "Heads"), TODAY + timedelta(weeks=2))
    late = resolve(Resolved(ACTION, "Ring", "Cora", TODAY), meeting=first, by=cora, now=NOW)
    resolve(Resolved(ACTION, "Write", "Cora", soon), meeting=first, by=cora, now=NOW)
    then = NOW + timedelta(days=1)
    assert [str(one) for one in meeting_page(second, now=then).late] == ["Ring"]
    assert meeting_page(elsewhere, now=then).late == []
    assert [(str(one.outcome), one.is_late) for one in calendar_of(cast.place, now=then).actions] == [
        ("Ring", True),
        ("Write", False),
    ]
    with pytest.raises(InputRefused, match="still to come"):
        finish(outcome=late, day=soon, by=cora, now=then)
    finish(outcome=late, day=TODAY, by=cora, now=then)
    with pytest.raises(InputRefused, match="nothing left to do"):
        finish(outcome=late, day=TODAY, by=cora, now=then)
    assert meeting_page(second, now=then).late == []
    assert [str(one.outcome) for one in calendar_of(cast.place, now=then).actions] == ["Write"]


def test_ten_years_of_meetings_are_shown_a_year_and_fifty_actions_at_a_time(cast: Cast, board: Body) -> None:
    cora = cast.people["Cora"]
    times = [NOW - timedelta(days=days) for days in (1, 30, 400, 3650)]
    held = Meeting.objects.bulk_create(
        Meeting(body=board, starts_at=at - timedelta(hours=1), ends_at=at, where="Hall", by=cora, at=at) for at in times
    )
    rows = [(number, TODAY + timedelta(days=number)) for number in range(60)]
    Outcome.objects.bulk_create(
        Outcome(meeting=held[0], kind=ACTION, words=f"Do {number}", owner="Cora", due=due, by=cora, at=NOW)
        for number, due in rows
    )
    shown = calendar_of(cast.place, now=NOW)
    assert (shown.year, shown.years) == (times[0].year, sorted({at.year for at in times}, reverse=True))
    assert all(one.starts_at.year == shown.year for one in shown.past)
    earlier = calendar_of(cast.place, now=NOW, year=str(times[-1].year), page="2")
    assert [one.pk for one in earlier.past] == [held[-1].pk]
    assert [str(one.outcome) for one in earlier.actions] == [f"Do {number}" for number in range(50, 60)]
    for nonsense in ("", "x", "-1", "99999999999"):
        assert calendar_of(cast.place, now=NOW, year=nonsense, page=nonsense).year == shown.year


def test_an_agenda_is_set_until_the_meeting_is_over_or_called_off(cast: Cast, board: Body) -> None:
    cora = cast.people["Cora"]
    first, second = called(cast, board, TODAY, 1, TODAY + timedelta(weeks=1))
    for items in (["One", "Two"], ["Two"]):
        set_agenda(meeting=second, items=items, by=cora, now=NOW)
    assert meeting_page(second, now=NOW).agenda == ["Two"]
    for items, said in ((["x" * 501], "too long"), (["x"] * 41, "too many")):
        with pytest.raises(InputRefused, match=said):
            set_agenda(meeting=second, items=items, by=cora, now=NOW)
    with pytest.raises(InputRefused, match="over or called off"):
        set_agenda(meeting=first, items=["Late"], by=cora, now=NOW)
    with pytest.raises(InputRefused, match="no reason"):
        call_off(meeting=second, because=" ", by=cora, now=NOW)
    call_off(meeting=second, because="Snow.", by=cora, now=NOW)
    with pytest.raises(InputRefused, match="called off already"):
        call_off(meeting=second, because="Snow.", by=cora, now=NOW)
    with pytest.raises(InputRefused, match="over or called off"):
        set_agenda(meeting=second, items=["One"], by=cora, now=NOW)
    with pytest.raises(InputRefused, match="called off"):
        resolve(Resolved(DECISION, "Agreed."), meeting=second, by=cora, now=NOW + timedelta(weeks=2))
    assert second in calendar_of(cast.place, now=NOW).coming


def test_a_coordinator_keeps_meetings_on_pages_and_a_head_reads_the_minutes(
    cast: Cast, client: Client, read: Reading
) -> None:
    cora, today = cast.people["Cora"], timezone.localdate()
    board = begin(NewBody(BodyKind.BOARD, "Board", today), place=cast.place, by=cora, now=timezone.now())
    take_seat(NewSeat(Part.CHAIR, today, cora), body=board, by=cora, now=timezone.now())
    client.force_login(cora)
    said = {"day": today, "starts": "00:00", "ends": "23:59", "where": "Hall", "weeks": "1", "until": ""}
    assert client.post(f"{HOME}bodies/{board.pk}/meetings/", said).status_code == 422
    said |= {"until": today + timedelta(days=7)}
    assert client.post(f"{HOME}bodies/{board.pk}/meetings/", said).headers["Location"] == f"{HOME}meetings/"
    meeting, coming = (f"{HOME}meetings/{one.pk}/" for one in Meeting.objects.order_by("starts_at"))
    assert client.post(f"{meeting}agenda/", {"items": "Attendance\n\nInclusion"}).headers["Location"] == meeting
    assert client.post(f"{meeting}attendance/", {f"seat_{Seat.objects.get().pk}": "present"}).status_code == 302
    assert "present" in read(f"{meeting}attendance/").words
    for outcome in (
        {"kind": "decision", "words": "We <i>share</i>."},
        {"kind": "action", "words": "Ring", "owner": "Cora", "due": today - timedelta(days=1)},
    ):
        assert client.post(f"{meeting}outcomes/", outcome).headers["Location"] == meeting
    assert client.post(f"{meeting}outcomes/", {"kind": "action", "words": "Ring"}).status_code == 422
    assert client.post(f"{coming}outcomes/", {"kind": "decision", "words": "Early"}).status_code == 422
    assert "Late since" in read(f"{coming}agenda/").words
    assert client.post(f"{coming}off/", {"because": "Half term."}).headers["Location"] == coming
    client.force_login(cast.head(100001))
    page = read(meeting)
    assert "Who was there: 1 of 1" in page.words
    assert "We &lt;i&gt;share&lt;/i&gt;." in page.html
    assert page.row("Ring")[1:] == ["Cora", page.row("Ring")[2], "not yet"]
    assert "Called off on" in read(coming).words
    calendar = read(f"{HOME}meetings/")
    assert "Late" in calendar.row("Ring")[2]
    action = f"{HOME}actions/{Outcome.objects.get(kind='action').pk}/"
    for closed in (f"{meeting}agenda/", f"{meeting}outcomes/", f"{coming}off/", action):
        assert client.get(closed).status_code == 404
    client.force_login(cora)
    assert client.post(action, {"day": today}).headers["Location"] == f"{HOME}meetings/"
    assert "Nothing is left to do." in read(f"{HOME}meetings/").words
