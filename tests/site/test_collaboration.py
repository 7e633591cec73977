"""Collaboration: help one side writes down and the other confirms, practice shared, promises kept, what counts."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import ProtectedError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from tests.site import partnership_cast
from tests.site.collaboration_cast import LAST, helped, joined, practised
from tests.site.conftest import Page
from tests.site.partnership_cast import NOW, TODAY, URNS, Cast

from ropewalk.core.errors import InputRefused, NotAllowed
from ropewalk.site.agree.collaboration.actions.counting import agree_what_counts
from ropewalk.site.agree.collaboration.actions.help import NewHelp, answer_help, say_what_came, tell_help
from ropewalk.site.agree.collaboration.actions.practice import NewPractice, share, take_up
from ropewalk.site.agree.collaboration.kinds import Answered, Counted, Side
from ropewalk.site.agree.collaboration.models import Help, HelpAnswer, WhatCounts
from ropewalk.site.agree.collaboration.rules import Kept, Promise, SchoolYear, hours_words, kept, year_of
from ropewalk.site.agree.collaboration.selectors.collaboration import Collaboration, MemberLine, collaboration_of
from ropewalk.site.agree.collaboration.selectors.records import help_line, help_lines, years_of
from ropewalk.site.agree.partnership.actions.agreements import (
    NewAgreement,
    Word,
    draft_agreement,
    mark,
    put_before_members,
    put_in_force,
    sign,
)
from ropewalk.site.agree.partnership.actions.bodies import NewBody, NewSeat, begin, take_seat
from ropewalk.site.agree.partnership.actions.meetings import Called, Resolved, call, finish, resolve, set_attendance
from ropewalk.site.agree.partnership.kinds import AgreementKind, BodyKind, OutcomeKind, Part, Presence, Standing
from ropewalk.site.agree.partnership.models import AgreementVersion
from ropewalk.site.agree.partnership.wording import Wording
from ropewalk.site.agree.plan.actions.items import Promise as Promised
from ropewalk.site.agree.plan.actions.items import add, report
from ropewalk.site.agree.plan.actions.plans import NewPlan, draft
from ropewalk.site.agree.plan.kinds import ItemKind, State, Status
from ropewalk.site.agree.plan.models import Item, Plan
from ropewalk.site.foundation.audit.models import Entry
from ropewalk.site.foundation.organisations.kinds import OrganisationKind
from ropewalk.site.foundation.organisations.models import Organisation

Reading = Callable[..., Page]
A, B, C, D = URNS
YEAR = SchoolYear(2025)
MARCH = date(2026, 3, 2)


@pytest.fixture
def cast(db: None) -> Cast:  # noqa: ARG001
    return joined(partnership_cast.made())


def measured(cast: Cast) -> Collaboration:
    return collaboration_of(cast.place, year=YEAR, on=TODAY)


def line_of(cast: Cast, of: Organisation) -> MemberLine:
    return next(one for one in measured(cast).members if one.member == of)


def says(cast: Cast, urn: int) -> dict[str, Any]:
    return {"organisation": cast.schools[urn], "by": cast.head(urn), "now": NOW}


def test_help_counts_once_the_other_side_confirmed_it(cast: Cast) -> None:
    made = helped(cast, A, B)
    assert line_of(cast, cast.schools[A]).given.words == "1 waits to be confirmed"
    assert line_of(cast, cast.schools[B]).taken.words == "1 waits to be confirmed"
    answer_help(Answered.CONFIRMED, "Fewer were late.", record=made, **says(cast, B))
    assert line_of(cast, cast.schools[A]).given.words == "1 time, 6 hours, to 1 member"
    assert line_of(cast, cast.schools[B]).taken.words == "1 time, 6 hours, from 1 member"
    assert line_of(cast, cast.schools[A]).taken.words == "none written down"
    assert measured(cast).whole.given.words == "1 time, 6 hours, by 1 member"
    shown = help_line(made)
    assert (shown.came_words, shown.standing, shown.is_confirmed) == ("Fewer were late.", "confirmed", True)
    say_what_came("It lasted.", record=made, **says(cast, B))
    assert help_line(made).came_words == "It lasted."


def test_either_side_writes_help_down_and_only_the_one_helped_says_what_came_of_it(cast: Cast) -> None:
    made = helped(cast, A, B, side=Side.TOOK)
    assert made.told_by == cast.schools[B]
    assert help_line(made).came_words == "School 100002 has not said yet"
    with pytest.raises(NotAllowed):
        say_what_came("They were happy.", record=made, **says(cast, A))
    answer_help(Answered.CONFIRMED, "We were glad to.", record=made, **says(cast, A))
    assert help_line(made).came_words == "School 100002 has not said yet"
    said = NewHelp(cast.schools[A], Side.GAVE, cast.schools[B], "A visit", 60, LAST, LAST, came="It helped them.")
    with pytest.raises(InputRefused, match="for the other side to say"):
        tell_help(said, place=cast.place, by=cast.head(A), now=NOW)


def test_nobody_confirms_for_another(cast: Cast) -> None:
    made = helped(cast, A, B)
    strangers = ((A, A), (B, A), (C, C), (B, C))
    for member, person in strangers:
        with pytest.raises(NotAllowed):
            answer_help(
                Answered.CONFIRMED, "", record=made, organisation=cast.schools[member], by=cast.head(person), now=NOW
            )
    for name in ("Cora", "Olu", "Tess"):
        with pytest.raises(NotAllowed):
            answer_help(
                Answered.CONFIRMED, "", record=made, organisation=cast.schools[B], by=cast.people[name], now=NOW
            )
    with pytest.raises(NotAllowed):
        answer_help(Answered.CONFIRMED, "", record=made, organisation=cast.schools[B], by=cast.dana, now=NOW)
    # Who speaks for both sides does not confirm what they wrote down themselves.
    both = cast.person("Both", "head", cast.schools[C])
    said = NewHelp(cast.schools[C], Side.GAVE, cast.council, "A talk", 60, LAST, LAST)
    own = tell_help(said, place=cast.place, by=both, now=NOW)
    partnership_cast.give(
        partnership_cast.Wanted(both, "council_officer", cast.council, "A test.", TODAY), by=cast.dana, now=NOW
    )
    with pytest.raises(NotAllowed, match="Somebody else"):
        answer_help(Answered.CONFIRMED, "", record=own, organisation=cast.council, by=both, now=NOW)
    assert not HelpAnswer.objects.exists()


def test_help_is_disputed_with_words_or_withdrawn_and_then_does_not_count(cast: Cast) -> None:
    disputed, withdrawn = helped(cast, A, B), helped(cast, A, C)
    with pytest.raises(InputRefused, match="no reason"):
        answer_help(Answered.DISPUTED, " ", record=disputed, **says(cast, B))
    answer_help(Answered.DISPUTED, "It was one visit.", record=disputed, **says(cast, B))
    with pytest.raises(NotAllowed):
        answer_help(Answered.WITHDRAWN, "Wrong.", record=withdrawn, **says(cast, C))
    answer_help(Answered.WITHDRAWN, "Wrong school.", record=withdrawn, **says(cast, A))
    with pytest.raises(InputRefused, match="answered already"):
        answer_help(Answered.CONFIRMED, "", record=withdrawn, **says(cast, C))
    with pytest.raises(InputRefused, match="disputed or withdrawn"):
        say_what_came("Nothing.", record=disputed, **says(cast, B))
    assert measured(cast).whole.given.words == "none written down"
    for change in (disputed.delete, disputed.save, Help.objects.all().delete, lambda: Help.objects.update(minutes=1)):
        with pytest.raises(ProtectedError):
            change()
    assert not [one for one in Entry.objects.all() if "visit" in one.about or "Wrong" in one.about]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"what": " "}, "no description"),
        ({"minutes": 0}, "no hours"),
        ({"minutes": 10**9}, "no hours"),
        ({"begins": LAST + timedelta(days=1)}, "end before it began"),
        ({"until": TODAY + timedelta(days=1)}, "still to come"),
        ({"other": "own"}, "Nobody helps themselves"),
        ({"other": "stranger"}, "no member of the partnership"),
    ],
)
def test_help_that_cannot_have_been_is_refused(cast: Cast, change: dict[str, Any], said: str) -> None:
    stranger = Organisation.objects.create(kind=OrganisationKind.SCHOOL, key="109999", name="Elsewhere")
    named = {"own": cast.schools[A], "stranger": stranger}
    wanted: dict[str, Any] = {
        **vars(NewHelp(cast.schools[A], Side.GAVE, cast.schools[B], "Visits", 60, LAST, LAST)),
        **{key: named.get(value, value) for key, value in change.items()},
    }
    with pytest.raises(InputRefused, match=said):
        tell_help(NewHelp(**wanted), place=cast.place, by=cast.head(A), now=NOW)


def test_help_belongs_to_the_school_year_of_its_last_day(cast: Cast) -> None:
    for until in (date(2025, 8, 31), date(2025, 9, 1), date(2026, 8, 31)):
        answer_help(Answered.CONFIRMED, "", record=helped(cast, A, B, until=until), **says(cast, B))
    assert line_of(cast, cast.schools[A]).given.times == 2
    assert collaboration_of(cast.place, year=SchoolYear(2024), on=TODAY).whole.given.times == 1
    assert years_of(cast.place, on=TODAY) == [SchoolYear(2026), SchoolYear(2025), SchoolYear(2024)]


def test_practice_is_shared_with_evidence_and_taken_up_by_others_once(cast: Cast) -> None:
    said = NewPractice(cast.schools[A], "Calls", "We ring.", " ")
    with pytest.raises(InputRefused, match="no evidence"):
        share(said, place=cast.place, by=cast.head(A), now=NOW)
    with pytest.raises(NotAllowed):
        share(NewPractice(cast.schools[A], "Calls", "We", "x"), place=cast.place, by=cast.head(B), now=NOW)
    with pytest.raises(InputRefused, match="no address"):
        wrong = NewPractice(cast.schools[A], "Calls", "We ring.", "x", "javascript:alert(1)")
        share(wrong, place=cast.place, by=cast.head(A), now=NOW)
    made = share(
        NewPractice(cast.schools[A], "Calls", "We ring.", "It fell."), place=cast.place, by=cast.head(A), now=NOW
    )
    with pytest.raises(InputRefused, match="of this title"):
        again = NewPractice(cast.schools[A], "Calls", "We ring.", "It fell.")
        share(again, place=cast.place, by=cast.head(A), now=NOW)
    with pytest.raises(InputRefused, match="your own practice"):
        take_up("Us too.", practice=made, **says(cast, A))
    take_up("Us too.", practice=made, **says(cast, B))
    with pytest.raises(InputRefused, match="said so already"):
        take_up("Us too.", practice=made, **says(cast, B))
    found = collaboration_of(cast.place, year=SchoolYear(2026), on=TODAY)
    lines = {one.member: one for one in found.members}
    assert lines[cast.schools[A]].practice.words == "1 shared, taken up 1 time; took up 0 of others"
    assert lines[cast.schools[B]].practice.words == "0 shared, taken up 0 times; took up 1 of others"
    assert found.whole.practice.words == "1 shared, taken up 1 time"


def moment(day: date, hour: int = 12) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


def test_actions_and_attendance_go_to_the_member_their_person_comes_from(cast: Cast) -> None:
    by: dict[str, Any] = {"by": cast.dana, "now": NOW}
    body = begin(NewBody(BodyKind.BOARD, "Board", MARCH), place=cast.place, **by)
    ada = take_seat(NewSeat(Part.CHAIR, MARCH, cast.head(A)), body=body, **by)
    ben = take_seat(NewSeat(Part.MEMBER, MARCH, None, name="Ben", organisation="School 100002"), body=body, **by)
    guest = take_seat(NewSeat(Part.ADVISER, MARCH, None, name="Guest", organisation="A paper"), body=body, **by)
    [meeting, off] = call(Called(MARCH, time(9), time(10), "Hall", 1, MARCH + timedelta(days=7)), body=body, **by)
    there = {ada: Presence.PRESENT, ben: Presence.APOLOGIES, guest: Presence.PRESENT}
    set_attendance(meeting=meeting, there=there, **by)
    assert off.pk != meeting.pk
    for owner, due, done in (
        (cast.head(A).name, MARCH, MARCH),
        ("ben", MARCH, MARCH + timedelta(days=1)),
        ("School 100003", MARCH, None),
        ("Somebody", MARCH, None),
    ):
        act = resolve(Resolved(OutcomeKind.ACTION, "Ring", owner, due), meeting=meeting, **by)
        if done:
            finish(outcome=act, day=done, **by)
    assert line_of(cast, cast.schools[A]).actions.words == "1 of 1 in time"
    assert line_of(cast, cast.schools[A]).attendance.words == "1 of 1"
    assert line_of(cast, cast.schools[B]).actions.words == "0 of 1 in time, 1 late"
    assert line_of(cast, cast.schools[B]).attendance.words == "0 of 1"
    assert line_of(cast, cast.schools[C]).actions.words == "0 of 1 in time, 1 not done"
    assert line_of(cast, cast.schools[D]).actions.words == "none was due"
    assert line_of(cast, cast.schools[D]).attendance.words == "no minutes speak of them"
    found = measured(cast)
    assert found.unknown is not None
    assert (found.unknown.actions.words, found.unknown.attendance.words) == ("0 of 1 in time, 1 not done", "1 of 1")
    assert (found.whole.actions, found.whole.attendance.words) == (Kept(1, 1, 2), "2 of 3")
    assert [row[0] for row in found.rows][-1] == "Cannot be put to a member"


def test_actions_of_a_plan_are_kept_when_they_were_done_by_their_day(cast: Cast) -> None:
    by: dict[str, Any] = {"by": cast.dana, "now": NOW}
    plan = draft(NewPlan("Plan"), place=cast.place, **by)
    for owner, organisation, due, done_on, status in (
        (cast.head(A), None, MARCH, MARCH, Status.DONE),
        (None, cast.schools[A], MARCH, MARCH + timedelta(days=1), Status.DONE),
        (cast.head(B), None, MARCH, None, Status.UNDER_WAY),
        (cast.head(C), None, MARCH, MARCH, Status.STOPPED),
        (cast.head(C), None, TODAY + timedelta(days=9), None, Status.UNDER_WAY),
    ):
        said = Promised(words="Ring", owner=owner, organisation=organisation, due=due)
        item = add(ItemKind.ACTION, said, plan=plan, **by)
        loaded = Item.objects.select_related("plan__place", "owner", "parent").get(pk=item.pk)
        at = moment(done_on) if done_on else NOW
        report(status, "As said.", item=loaded, by=cast.dana, now=at)
    assert measured(cast).whole.actions == Kept(), "a draft promises nothing"
    Plan.objects.filter(pk=plan.pk).update(state=State.LIVE)
    assert line_of(cast, cast.schools[A]).actions == Kept(1, 1, 0)
    assert line_of(cast, cast.schools[B]).actions == Kept(0, 0, 1)
    assert line_of(cast, cast.schools[C]).actions == Kept()


def test_agreements_are_kept_as_members_say_in_their_own_words(cast: Cast) -> None:
    by: dict[str, Any] = {"by": cast.dana, "now": NOW}
    wording = Wording("We work together.", {OrganisationKind.SCHOOL: ("Share.", "Visit.")})
    made = draft_agreement(NewAgreement(AgreementKind.MEMORANDUM, "Memorandum"), wording, place=cast.place, **by)
    put_before_members(version=made, expected=made.digest, **by)
    put_in_force(version=made, **by)
    version = AgreementVersion.objects.select_related("agreement__place").get(pk=made.pk)
    for urn in (A, B):
        sign(version=version, expected=version.digest, **says(cast, urn))
    first = version.commitments.get(number=1)
    for standing in (Standing.AT_RISK, Standing.KEPT):
        mark(Word(standing, "Each week."), commitment=first, **says(cast, A))
    assert line_of(cast, cast.schools[A]).words_of(Counted.AGREEMENTS) == "1 kept, 1 not said yet"
    assert line_of(cast, cast.schools[B]).words_of(Counted.AGREEMENTS) == "2 not said yet"
    assert line_of(cast, cast.schools[C]).words_of(Counted.AGREEMENTS) == "has signed nothing that asks it"
    assert measured(cast).whole.words_of(Counted.AGREEMENTS) == "1 kept, 3 not said yet"


def test_what_counts_is_agreed_version_by_version_and_giving_help_always_does(cast: Cast) -> None:
    by: dict[str, Any] = {"place": cast.place, "by": cast.people["Cora"], "now": NOW}
    assert measured(cast).kinds == list(Counted)
    with pytest.raises(NotAllowed):
        agree_what_counts(list(Counted), "Mine.", **{**by, "by": cast.head(A), "day": TODAY})
    for counted, words, day, said in (
        ([Counted.ACTIONS], "The board.", TODAY, "Giving help is left out"),
        (list(Counted), " ", TODAY, "no reason"),
        (list(Counted), "The board.", TODAY + timedelta(days=1), "still to come"),
    ):
        with pytest.raises(InputRefused, match=said):
            agree_what_counts(counted, words, day=day, **by)
    agree_what_counts([Counted.HELP_GIVEN, Counted.PRACTICE], "The board.", day=TODAY, **by)
    with pytest.raises(InputRefused, match="agreed later"):
        agree_what_counts(list(Counted), "Before.", day=TODAY - timedelta(days=1), **by)
    agree_what_counts([Counted.ACTIONS, Counted.HELP_GIVEN], "The board again.", day=TODAY, **by)
    found = measured(cast)
    assert found.kinds == [Counted.HELP_GIVEN, Counted.ACTIONS]
    assert [one.number for one in found.versions] == [2, 1]
    assert {len(row) for row in found.rows} == {3}
    with pytest.raises(ProtectedError):
        WhatCounts.objects.all().delete()


def test_members_stand_by_sort_and_name_whatever_they_did_and_giving_stands_first(cast: Cast) -> None:
    names = [one.member.name for one in measured(cast).members if one.member]
    for giver in (D, C):
        answer_help(Answered.CONFIRMED, "", record=helped(cast, giver, A), **says(cast, A))
    found = measured(cast)
    assert [one.member.name for one in found.members if one.member] == names
    assert names[:4] == [f"School {urn}" for urn in URNS]
    assert found.of_members[0] is Counted.HELP_GIVEN


def test_members_write_help_down_and_confirm_it_on_pages(cast: Cast, client: Client, read: Reading) -> None:
    home = f"/collaboration/{cast.place.code}/"
    client.force_login(cast.head(A))
    assert "No help is written down yet" in read(f"{home}help/").words
    today = timezone.localdate()
    said = {
        **dict(zip(("organisation", "other"), (cast.schools[urn].pk for urn in (A, B)), strict=True)),
        **dict.fromkeys(("begins", "until"), today.isoformat()),
        "side": "gave",
        "what": "<b>Visits</b>",
        "hours": "2.5",
        "came": "",
    }
    assert client.post(f"{home}help/new/", {**said, "hours": "lots"}).status_code == 422
    # A member for which one does not speak cannot be chosen.
    assert client.post(f"{home}help/new/", {**said, "organisation": cast.schools[C].pk}).status_code == 422
    there = client.post(f"{home}help/new/", said).headers["Location"]
    assert "2.5 hours" in read(there).words
    assert "&lt;b&gt;Visits" in read(there).html
    sent = {"organisation": cast.schools[A].pk, "kind": "confirmed", "words": ""}
    assert client.post(f"{there}answer/", sent).status_code == 422
    client.force_login(cast.head(B))
    assert "Waiting for you" in read(f"{home}help/").words
    sent = {"organisation": cast.schools[B].pk, "kind": "confirmed", "words": "Fewer late."}
    assert client.post(f"{there}answer/", sent).status_code == 302
    words = read(home).words
    assert "1 time, 2.5 hours, to 1 member" in words
    assert "nobody is ranked" in words
    member = read(f"{home}members/{cast.schools[B].pk}/").words
    assert "Fewer late." in member
    practice = {"organisation": cast.schools[B].pk, "title": "Calls", "words": "We ring.", "evidence": "It fell."}
    assert client.post(f"{home}practice/new/", {**practice, "link": ""}).status_code == 302
    client.force_login(cast.head(A))
    listed = help_lines(cast.place)
    assert len(listed) == 1
    taken = {"organisation": cast.schools[A].pk, "words": "Us too."}
    number = practised(cast, C).pk
    assert client.post(f"{home}practice/{number}/", taken).status_code == 302
    assert "Us too." in read(f"{home}practice/").words


def test_the_coordinator_writes_down_what_counts_on_a_page(cast: Cast, client: Client, read: Reading) -> None:
    home = f"/collaboration/{cast.place.code}/"
    client.force_login(cast.people["Cora"])
    sent = {"counted": ["practice"], "day": timezone.localdate().isoformat(), "words": "The board on Monday."}
    assert client.post(f"{home}what-counts/", sent).status_code == 302
    assert WhatCounts.objects.get().kinds == [Counted.HELP_GIVEN, Counted.PRACTICE]
    words = read(home).words
    assert "Version 1, agreed on" in words
    assert "The board on Monday." in words
    assert "Not counted, as agreed." in words
    client.force_login(cast.head(A))
    assert client.get(f"{home}what-counts/").status_code == 404


def test_strangers_see_nothing_of_it(cast: Cast, client: Client) -> None:
    made = helped(cast, A, B)
    home = f"/collaboration/{cast.place.code}/"
    pages = ("", "help/", f"help/{made.pk}/", "practice/", "members.csv", "collaboration.xlsx", "help.csv")
    for page in pages:
        assert client.get(f"{home}{page}").status_code == 302, "the public is asked to sign in"
    elsewhere = partnership_cast.name_organisation(kind=OrganisationKind.SCHOOL, key="109998", name="Elsewhere")
    client.force_login(cast.person("Charlie", "head", elsewhere))
    for page in pages:
        assert client.get(f"{home}{page}").status_code == 404


def test_files_hold_what_the_page_shows_and_no_formula(cast: Cast, client: Client) -> None:
    said = NewHelp(cast.schools[A], Side.GAVE, cast.schools[B], "=1+1", 90, LAST, LAST)
    made = tell_help(said, place=cast.place, by=cast.head(A), now=NOW)
    answer_help(Answered.CONFIRMED, "+2", record=made, **says(cast, B))
    practised(cast, C)
    home = f"/collaboration/{cast.place.code}/"
    client.force_login(cast.head(D))
    assert "'=1+1" in client.get(f"{home}help.csv").content.decode("utf-8-sig")
    assert "Calls before nine" in client.get(f"{home}practice.csv").content.decode("utf-8-sig")
    members = client.get(f"{home}members.csv?year=2025").content.decode("utf-8-sig")
    assert members.splitlines()[0].startswith("Member,Help given,Help taken,Practice shared")
    assert '"1 time, 1.5 hours, to 1 member"' in members
    answer = client.get(f"{home}collaboration.xlsx?year=2025")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    book = load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["Members", "Help", "Practice", "Objectives", "What each number means"]
    cell = book["Help"]["C2"]
    assert (cell.value, cell.data_type) == ("'=1+1", "s")
    assert [row[0].value for row in book["What each number means"].iter_rows(min_row=2)] == [o.words for o in Counted]


@pytest.mark.parametrize("page", ["", "help/", "practice/", "members.csv", "collaboration.xlsx"])
def test_pages_ask_as_many_questions_for_few_rows_as_for_many(cast: Cast, client: Client, page: str) -> None:
    address = f"/collaboration/{cast.place.code}/{page}?year=2025"
    client.force_login(cast.head(A))

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    def more(count: int) -> None:
        for number in range(count):
            made = helped(cast, *((A, B) if number % 2 else (C, D)))
            answer_help(Answered.CONFIRMED, "Good.", record=made, **says(cast, B if number % 2 else D))
            shared = practised(cast, A, f"Practice {Help.objects.count()}")
            take_up("Us too.", practice=shared, **says(cast, B))

    more(2)
    questions()
    few = questions()
    more(8)
    assert questions() == few


@given(st.integers(1, 10**6))
def test_hours_are_written_with_no_more_places_than_they_need(minutes: int) -> None:
    number, word = hours_words(minutes).rsplit(" ", 1)
    assert abs(float(number.replace(",", "")) * 60 - minutes) <= 0.31
    assert word == ("hour" if number == "1" else "hours")
    assert "E" not in number


@given(
    st.lists(
        st.tuples(
            st.dates(date(2025, 9, 1), date(2026, 8, 31)), st.none() | st.dates(date(2025, 1, 1), date(2027, 1, 1))
        )
    ),
    st.dates(date(2025, 9, 1), date(2026, 12, 31)),
)
def test_every_promise_that_was_due_is_kept_in_time_late_or_not_done(
    made: list[tuple[date, date | None]], until: date
) -> None:
    found = kept([Promise(None, due, done) for due, done in made], until=until)
    assert found.due == sum(done is not None or due < until for due, done in made)
    assert found.in_time == sum(done is not None and done <= due for due, done in made)


@given(st.dates(date(1950, 1, 1), date(2150, 1, 1)))
def test_every_day_is_in_one_school_year(day: date) -> None:
    year = year_of(day)
    assert year.holds(day)
    assert not SchoolYear(year.begins + 1).holds(day)
    assert not SchoolYear(year.begins - 1).holds(day)
