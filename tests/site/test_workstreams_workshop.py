"""What surrounds a workstream: its workshop, its drawing and its workbook."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from pytest_django.fixtures import Settings
from tests.site import partnership_cast
from tests.site.conftest import Page
from tests.site.partnership_cast import NOW, TODAY, Cast
from tests.site.workstreams_cast import ABSENCE, IDEA, at_task, frozen, proposed, signed

from ropewalk.core.errors import InputRefused, NotAllowed
from ropewalk.core.use_cases.importing import import_open_data
from ropewalk.core.use_cases.making_up import make_up_published_files
from ropewalk.core.use_cases.store import Store
from ropewalk.site.agree.partnership.actions.bodies import NewBody, NewSeat, begin, take_seat
from ropewalk.site.agree.partnership.actions.meetings import Called, call, set_agenda, set_attendance
from ropewalk.site.agree.partnership.kinds import BodyKind, Part, Presence
from ropewalk.site.agree.partnership.models import Meeting
from ropewalk.site.agree.workstreams.actions import baseline, task
from ropewalk.site.agree.workstreams.actions.workshop import name_workshop
from ropewalk.site.agree.workstreams.kinds import Ending
from ropewalk.site.agree.workstreams.selectors.state import state_of, states_of
from ropewalk.site.agree.workstreams.selectors.workshop import workshop_of
from ropewalk.site.foundation.organisations.models import Place

Reading = Callable[..., Page]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of made-up published absence and neighbours."""
    folder = tmp_path_factory.mktemp("waiting")
    written = make_up_published_files(folder / "published", seed=1, progress=lambda *_: None)
    chosen = [one for one in written if one.name.startswith(("absence_bands", "statistical"))]
    import_open_data(Store(folder / "store"), chosen, now="2026-03-01T00:00:00Z", progress=lambda *_: None)
    return folder / "store"


@pytest.fixture
def cast(published: Path, settings: Settings, db: None) -> Cast:  # noqa: ARG001
    settings.ROPEWALK_STORE = published
    made = partnership_cast.made()
    made.person("Cora", "coordinator", made.area)
    return made


@pytest.fixture
def cora(cast: Cast) -> dict[str, Any]:
    return {"by": cast.people["Cora"], "now": NOW}


def a_meeting(place: Place, by: dict[str, Any], *, day: date = TODAY) -> Meeting:
    """A meeting with an agenda, at which somebody of Ofsted was and somebody of the council was not."""
    body = begin(NewBody(BodyKind.BOARD, "Board", TODAY - timedelta(days=90)), place=place, **by)
    ada, ben, cat = (
        take_seat(NewSeat(Part.MEMBER, body.begins, None, name=name, organisation=where), body=body, **by)
        for name, where in (("Ada", "Ofsted"), ("Ben", "council"), ("Cat", "A choir"))
    )
    [meeting] = call(Called(day, time(8), time(9), "Hall"), body=body, **by)
    before = {**by, "now": NOW - timedelta(hours=10)}
    if day >= TODAY:
        set_agenda(meeting=meeting, items=["Sheet of absence"], by=by["by"], now=before["now"])
        there = {ada: Presence.PRESENT, ben: Presence.APOLOGIES, cat: Presence.PRESENT}
        set_attendance(meeting=meeting, there=there, **by)
    return meeting


def test_a_meeting_is_named_as_the_workshop_and_its_minutes_say_which_contributor_was_there(
    cast: Cast, cora: dict[str, Any], client: Client, read: Reading
) -> None:
    made, meeting = proposed(cast.area, **cora), a_meeting(cast.area, cora)
    assert workshop_of(made) is None
    with pytest.raises(NotAllowed):
        name_workshop(workstream=made, meeting=meeting, by=cast.head(100001), now=NOW)
    elsewhere = a_meeting(cast.place, {"by": cast.dana, "now": NOW})
    with pytest.raises(InputRefused, match="no meeting of the place"):
        name_workshop(workstream=made, meeting=elsewhere, **cora)
    client.force_login(cast.dana)
    name_workshop(workstream=made, meeting=meeting, **cora)
    found = workshop_of(made)
    assert found is not None
    assert [(one.contributor, one.words) for one in found.there] == [
        ("Council", "Ben: apologies"),
        ("Ofsted", "present: Ada"),
    ]
    assert (found.papers, found.others) == (["Sheet of absence"], ["Cat, A choir"])
    client.force_login(cast.head(100001))
    page = read(f"/workstreams/{cast.area.code}/{made.pk}/")
    assert f'href="/partnerships/{cast.area.code}/meetings/{meeting.pk}/"' in page.html
    assert "Ofsted: present: Ada" in page.words
    signed(made, frozen(made, **cora), **cora)
    with pytest.raises(InputRefused, match="belongs to the stage “Baseline”"):
        name_workshop(workstream=made, meeting=meeting, **cora)


def test_states_of_many_are_those_of_each_and_ask_as_often(cast: Cast, cora: dict[str, Any], client: Client) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/workstreams/{cast.area.code}/")
        return len(asked)

    client.force_login(cast.people["Cora"])
    for number in range(2):
        at_task(proposed(cast.area, title=f"First {number}", **cora), **cora)
    questions()
    few = questions()
    made = [proposed(cast.area, title=f"Next {number}", **cora) for number in range(5)]
    frozen(made[1], **cora)
    signed(made[2], frozen(made[2], **cora), **cora)
    at_task(made[3], **cora)
    at_task(made[4], **cora)
    task.extend(workstream=made[3], ends=TODAY + timedelta(days=90), because="Snow.", **cora)
    task.close(workstream=made[4], words="Done.", **cora)
    task.decide(workstream=made[4], ending=Ending.ADAPTED, words="Cannot tell.", **cora)
    assert questions() == few
    assert states_of(made) == {one.pk: state_of(one) for one in made}


def test_the_impact_is_drawn_with_title_description_and_table_and_taken_along(
    cast: Cast, cora: dict[str, Any], client: Client, read: Reading
) -> None:
    made = proposed(cast.area, **cora)
    at_task(made, **cora)
    home = f"/workstreams/{cast.area.code}/{made.pk}/"
    client.force_login(cast.head(100001))
    page = read(home)
    assert f'src="{home}impact.svg"' in page.html
    image = client.get(f"{home}impact.svg")
    assert image.headers["Content-Type"].startswith("image/svg+xml")
    drawn = image.content.decode()
    assert "<title" in drawn
    assert "the frozen baseline against now" in drawn
    assert client.get(f"{home}impact.svg?narrow=1").content != image.content
    spec = client.get(f"{home}impact.json").json()
    rows = [row for rows in spec["datasets"].values() for row in rows]
    assert {row["where"] for row in rows} >= {"Harbourmouth", "Made-up England", "Statistical neighbours"}
    assert all(row["lower"] <= row["value"] <= row["upper"] for row in rows if "lower" in row)
    book = load_workbook(io.BytesIO(client.get(f"{home}workstream.xlsx").content))
    assert book.sheetnames == ["Baseline", "Figures", "Ideas", "Task and finish", "Impact"]
    assert [row[1].value for row in book["Ideas"].iter_rows(min_row=2)] == [IDEA.title]
    assert book["Impact"]["A2"].value == "Harbourmouth"
    cells = {row[0].value: row[1].value for row in book["Task and finish"].iter_rows(min_row=2)}
    assert (cells["Charter"], cells["End date"]) == ("Meet.", "1 October 2026")


def test_there_is_no_drawing_before_a_picture_is_frozen(cast: Cast, cora: dict[str, Any], client: Client) -> None:
    made = proposed(cast.area, **cora)
    home = f"/workstreams/{cast.area.code}/{made.pk}/"
    client.force_login(cast.people["Cora"])
    assert client.get(f"{home}impact.svg").status_code == 404
    baseline.set_measure(ABSENCE, workstream=made, **cora)
    assert client.get(f"{home}impact.json").status_code == 404
    book = load_workbook(io.BytesIO(client.get(f"{home}workstream.xlsx").content))
    assert book["Impact"]["A2"].value == "not judged before the task begins"
