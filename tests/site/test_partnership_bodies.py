"""Bodies of a partnership: begun and ended, what they are for in versions, who is on them, day by day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db.models import ProtectedError
from django.test import Client
from django.utils import timezone
from tests.site import partnership_cast
from tests.site.conftest import Page
from tests.site.partnership_cast import NOW, TODAY, Cast

from ropewalk.core.errors import InputRefused, NotAllowed
from ropewalk.site.agree.partnership.actions.bodies import (
    NewBody,
    NewSeat,
    agree_terms,
    begin,
    end,
    leave_seat,
    take_seat,
)
from ropewalk.site.agree.partnership.kinds import BodyKind, Part
from ropewalk.site.agree.partnership.members import people_of
from ropewalk.site.agree.partnership.models import Body, Seat, TermsOfReference
from ropewalk.site.agree.partnership.selectors.bodies import bodies_of, body_page
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.audit.models import Entry

Reading = Callable[..., Page]
LATER = TODAY + timedelta(days=30)


@pytest.fixture
def cast(empty_store: Path, db: None) -> Cast:  # noqa: ARG001
    made = partnership_cast.made()
    made.person("Cora", "coordinator", made.place)
    return made


def body(cast: Cast, kind: BodyKind = BodyKind.BOARD, name: str = "Education Board", strand: str = "") -> Body:
    return begin(NewBody(kind, name, TODAY, strand), place=cast.place, by=cast.people["Cora"], now=NOW)


def test_bodies_of_all_five_ways_stand_side_by_side_without_code(cast: Cast) -> None:
    wanted = [
        (BodyKind.BOARD, "Plymouth Education Board", ""),
        (BodyKind.STANDARDS_PARTNERSHIP, "Plymouth Standards Partnership", ""),
        (BodyKind.STRATEGY_GROUP, "Strategy group of the Commission", ""),
        (BodyKind.WORKSTREAM, "Oracy", "Strand 2: Meeting the ‘new’ and existing needs"),
        (BodyKind.TASK_GROUP, "Stage 3: Task and finish", ""),
        (BodyKind.WORKSTREAM, "Transition", "Improving transition"),
        (BodyKind.HEADS, "Eleven headteachers", ""),
        (BodyKind.TRUST_LEADERS, "MAT CEO meeting", ""),
        (BodyKind.COUNCIL_SCHOOLS, "LA schools meeting", ""),
    ]
    for kind, name, strand in wanted:
        body(cast, kind, name, strand)
    lines, others = bodies_of(cast.place, on=TODAY)
    assert {(one.body.kind, one.body.name, one.body.strand) for one in lines} == {(k.value, n, s) for k, n, s in wanted}
    assert others == []


def test_only_whoever_runs_the_partnership_changes_its_bodies(cast: Cast) -> None:
    found = body(cast)
    seat = take_seat(NewSeat(Part.CHAIR, TODAY, cast.head(100001)), body=found, by=cast.people["Cora"], now=NOW)
    ceo = cast.person("ceo", "trust_leader", cast.trust)
    elsewhere = cast.person("Otto", "coordinator", cast.area)
    for by in (cast.head(100001), ceo, elsewhere):
        with pytest.raises(NotAllowed):
            begin(NewBody(BodyKind.BOARD, "Mine", TODAY), place=cast.place, by=by, now=NOW)
        with pytest.raises(NotAllowed):
            end(body=found, until=TODAY, by=by, now=NOW)
        with pytest.raises(NotAllowed):
            agree_terms(body=found, text="Mine", agreed_on=TODAY, by=by, now=NOW)
        with pytest.raises(NotAllowed):
            take_seat(NewSeat(Part.CHAIR, TODAY, by), body=found, by=by, now=NOW)
        with pytest.raises(NotAllowed):
            leave_seat(seat=seat, until=TODAY, by=by, now=NOW)
    # The officer of the council runs the partnership of its area, not that of a set of schools within it.
    officer = cast.person("officer", "council_officer", cast.council)
    assert begin(NewBody(BodyKind.BOARD, "Board", TODAY), place=cast.area, by=officer, now=NOW).place == cast.area
    with pytest.raises(NotAllowed):
        begin(NewBody(BodyKind.BOARD, "Board", TODAY), place=cast.place, by=officer, now=NOW)


def test_terms_of_reference_have_versions_that_are_never_changed(cast: Cast) -> None:
    found, cora = body(cast), cast.people["Cora"]
    first = agree_terms(body=found, text="What it is for.\n\nHow it works.\n", agreed_on=TODAY, by=cora, now=NOW)
    for text, day, said in (
        ("  ", TODAY, "There is no text"),
        ("What it is for.\n\nHow it works.", LATER, "of the version before"),
        ("Another.", TODAY - timedelta(days=1), "agreed on 1 September 2026"),
        ("x" * 20_001, TODAY, "too long"),
    ):
        with pytest.raises(InputRefused, match=said):
            agree_terms(body=found, text=text, agreed_on=day, by=cora, now=NOW)
    second = agree_terms(body=found, text="Another.", agreed_on=LATER, by=cora, now=NOW)
    assert [(one.terms.number, one.paragraphs) for one in body_page(found, on=TODAY).terms] == [
        (2, ["Another."]),
        (1, ["What it is for.", "How it works."]),
    ]
    first.text = "Never said."
    for change in (first.save, second.delete, TermsOfReference.objects.all().delete):
        with pytest.raises(ProtectedError):
            change()


def test_who_is_on_a_body_is_known_day_by_day(cast: Cast) -> None:
    found, cora, head = body(cast), cast.people["Cora"], cast.head(100001)
    chair = take_seat(NewSeat(Part.CHAIR, TODAY, head, organisation="School 100001"), body=found, by=cora, now=NOW)
    guest = NewSeat(Part.ADVISER, LATER, None, "Ada Guest", "University")
    take_seat(guest, body=found, by=cora, now=NOW)
    for wrong, said in (
        (NewSeat(Part.MEMBER, TODAY), "not clear who"),
        (NewSeat(Part.MEMBER, TODAY, head, "Ada Guest"), "not clear who"),
        (NewSeat(Part.MEMBER, TODAY, None, "Ada Guest"), "where they come from"),
        (NewSeat(Part.CHAIR, TODAY, head), "this part already"),
        (NewSeat(Part.CLERK, TODAY - timedelta(days=1), head), "began on 1 September 2026"),
    ):
        with pytest.raises(InputRefused, match=said):
            take_seat(wrong, body=found, by=cora, now=NOW)
    assert [seat.who for seat in body_page(found, on=TODAY).seats] == ["head of 100001"]
    assert [seat.who for seat in body_page(found, on=LATER).seats] == ["head of 100001", "Ada Guest"]
    with pytest.raises(InputRefused, match="It began on"):
        leave_seat(seat=chair, until=TODAY - timedelta(days=1), by=cora, now=NOW)
    leave_seat(seat=chair, until=TODAY, by=cora, now=NOW)
    with pytest.raises(InputRefused, match="ended already"):
        leave_seat(seat=chair, until=TODAY, by=cora, now=NOW)
    assert [seat.who for seat in body_page(found, on=LATER).seats] == ["Ada Guest"]
    assert [line.leads for line in bodies_of(cast.place, on=LATER)[0]] == [[]]
    with pytest.raises(ProtectedError):
        chair.delete()


def test_a_body_ends_with_a_day_takes_its_seats_along_and_stays_on_record(cast: Cast) -> None:
    found, cora = body(cast), cast.people["Cora"]
    with pytest.raises(InputRefused, match="of this name already"):
        body(cast)
    with pytest.raises(InputRefused, match="There is no name"):
        body(cast, name=" ")
    take_seat(NewSeat(Part.CHAIR, LATER, cora), body=found, by=cora, now=NOW)
    with pytest.raises(InputRefused, match="joins it after that day"):
        end(body=found, until=TODAY, by=cora, now=NOW)
    end(body=found, until=LATER, by=cora, now=NOW)
    assert Seat.objects.get().until == LATER
    with pytest.raises(InputRefused, match="ended already"):
        end(body=found, until=LATER, by=cora, now=NOW)
    with pytest.raises(InputRefused, match="has ended"):
        take_seat(NewSeat(Part.CLERK, LATER, cora), body=Body.objects.get(), by=cora, now=NOW)
    assert [one.name for one in bodies_of(cast.place, on=LATER + timedelta(days=1))[1]] == ["Education Board"]
    # Its name may be taken up again.
    assert body(cast).pk != found.pk
    with pytest.raises(ProtectedError):
        found.delete()
    said = list(Entry.objects.filter(thing__startswith="partnership:").values_list("place", "about"))
    assert {place for place, _ in said} == {"south-harbour"}
    assert not [about for _, about in said if "Cora" in about]


def test_people_to_choose_from_hold_a_role_at_the_place_or_at_a_member(cast: Cast) -> None:
    cast.head(100004)
    cast.person("ceo", "trust_leader", cast.trust)
    cast.person("Otto", "coordinator", cast.area)
    Account.objects.create(name="Charlie")
    assert [grant.account.name for grant in people_of(cast.place, on=TODAY)] == ["ceo", "Cora", "head of 100004"]


def test_a_coordinator_keeps_bodies_on_pages_and_a_head_reads_them(cast: Cast, client: Client, read: Reading) -> None:
    today = timezone.localdate().isoformat()
    head = cast.head(100001)
    client.force_login(cast.people["Cora"])
    assert "No body has begun yet. Begin the board" in read("/partnerships/south-harbour/bodies/").words
    assert client.post("/partnerships/south-harbour/bodies/new/", {"kind": "board"}).status_code == 422
    said = {"kind": "board", "name": "Board <1>", "strand": "", "begins": today}
    address = client.post("/partnerships/south-harbour/bodies/new/", said).headers["Location"]
    again = client.post("/partnerships/south-harbour/bodies/new/", said)
    assert (again.status_code, "of this name already" in again.content.decode()) == (422, True)
    read(f"{address}seats/")
    assert client.post(f"{address}seats/", {"part": "chair", "begins": today}).status_code == 422
    said = {"part": "chair", "begins": today, "account": head.pk}
    assert client.post(f"{address}seats/", said).headers["Location"] == address
    read(f"{address}terms/")
    for text in ("What we are for.", "What we are for now."):
        assert client.post(f"{address}terms/", {"text": text, "agreed_on": today}).status_code == 302
    client.force_login(head)
    page = read(address)
    assert page.row("head of 100001")[1:3] == ["chair", "School 100001"]
    assert "What we are for now. Version 2" in page.words
    assert "Board &lt;1&gt;" in page.html
    assert page.addresses(f"{address}end") == []
    assert "Chair: head of 100001, School 100001" in read("/partnerships/south-harbour/bodies/").words
    for closed in (f"{address}end/", f"{address}terms/", "/partnerships/south-harbour/bodies/new/"):
        assert client.get(closed).status_code == 404
    # A body of another place is not there under this one's address.
    assert client.get(address.replace("south-harbour", "X06000001")).status_code == 404


def test_a_coordinator_ends_seats_and_bodies_on_pages(cast: Cast, client: Client, read: Reading) -> None:
    today, cora, now = timezone.localdate(), cast.people["Cora"], timezone.now()
    found = begin(NewBody(BodyKind.BOARD, "Board", today), place=cast.place, by=cora, now=now)
    seat = take_seat(NewSeat(Part.CHAIR, today, cast.head(100001)), body=found, by=cora, now=now)
    address = f"/partnerships/south-harbour/bodies/{found.pk}/"
    client.force_login(cora)
    leaves = f"/partnerships/south-harbour/seats/{seat.pk}/end/"
    assert "head of 100001 leaves Board" in read(leaves).words
    assert client.post(leaves, {"until": today.isoformat()}).headers["Location"] == address
    assert "Everybody leaves it" in read(f"{address}end/").words
    assert client.post(f"{address}end/", {"until": today.isoformat()}).status_code == 302
