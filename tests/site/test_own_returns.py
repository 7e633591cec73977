"""Heads, trust leaders and coordinators on the pages of returns and live figures: their own, and nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.databases import database_of
from tests.site.conftest import Page

from ropewalk.core.use_cases.facts_store import Facts
from ropewalk.core.use_cases.returns import receipts
from ropewalk.core.use_cases.store import Reader, Store
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.actions import make_place
from ropewalk.site.foundation.organisations.kinds import OrganisationKind
from ropewalk.site.foundation.organisations.membership import schools_of_trusts, trust_on
from ropewalk.site.foundation.organisations.models import Organisation, Place
from ropewalk.site.foundation.organisations.register import bring_in
from ropewalk.site.foundation.permissions.actions import Wanted, give
from ropewalk.site.see.sharing import uploads
from ropewalk.site.see.sharing.models import Upload
from ropewalk.site.see.sharing.uploads import State

HEADER = "urn,upn,surname,forename,date_of_birth,sex,year_group,enrolment_status,start_date\n"
Reading = Callable[..., Page]


@pytest.fixture
def urns(live_store: Path, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, db: None) -> list[int]:  # noqa: ARG001
    """The schools of a place that have sent returns; organisations are brought in."""
    monkeypatch.setenv("DATABASE_URL", database_of(live_store))
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[2] / "src"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("ROPEWALK_IDENTITY_KEY", "k" * 32)
    settings.ROPEWALK_STORE = live_store
    settings.ROPEWALK_UPLOADS = tmp_path / "uploads"
    settings.FACTS_ENVIRONMENT = {"ROPEWALK_IDENTITY_KEY": "k" * 32}
    now, today = timezone.now(), timezone.localdate()
    bring_in(reader=Reader(Store(live_store)), place="X06000001", by="Dana", now=now, on=today)
    known = {int(one.urn) for one in Reader(Store(live_store)).schools(place="X06000001")}
    return [urn for urn in receipts(Facts(live_store))[0].schools if urn in known]


def school(urn: int) -> Organisation:
    return Organisation.objects.get(kind=OrganisationKind.SCHOOL, key=str(urn))


@pytest.fixture
def somebody(client: Client) -> Callable[[str, Organisation | Place], Account]:
    """Sign in as somebody with one role."""

    def signing_in(role: str, where: Organisation | Place) -> Account:
        dana, _ = Account.objects.get_or_create(name="Dana", defaults={"is_local_administrator": True})
        person = Account.objects.create(name=f"A {role}")
        give(Wanted(person, role, where, "A test.", timezone.localdate()), by=dana, now=timezone.now())
        client.force_login(person)
        return person

    return signing_in


def follow_all(client: Client, page: Page) -> None:
    """Every link of a page within the site opens."""
    addresses = [a for start in ("/returns", "/live", "/people", "/schools") for a in page.addresses(start)]
    assert addresses
    for address in addresses:
        answer = client.get(address.replace("&amp;", "&"))
        assert answer.status_code in {200, 302}, address
        assert not answer.headers.get("Location", "").startswith("/accounts/sign-in/"), address


def sent(client: Client, urn: int, *rows: str) -> tuple[Upload, State]:
    """Send a roll for a school and wait until it is checked."""
    file = SimpleUploadedFile("roll.csv", (HEADER + "".join(rows)).encode())
    answer = client.post(f"/returns/schools/{urn}/send/", {"files": [file], "year": ""})
    assert answer.status_code == 302, answer.content.decode()
    upload = Upload.objects.for_system_job("a test").get()
    for _ in range(600):
        state = uploads.standing_of(upload).state
        if state is not State.WORKING:
            return upload, state
        time.sleep(0.1)
    pytest.fail("the upload is still being worked on")


def test_a_head_comes_to_the_own_school_and_every_link_there_opens(
    client: Client, urns: list[int], somebody: Callable[..., Account], read: Reading
) -> None:
    somebody("head", school(urns[0]))
    assert client.get("/returns/").headers["Location"] == f"/returns/schools/{urns[0]}/"
    page = read(f"/returns/schools/{urns[0]}/")
    assert "sent together with other schools" in page.words
    follow_all(client, page)
    own = read("/live/")
    assert own.addresses("/live/schools/") == [f"/live/schools/{urns[0]}/"]
    follow_all(client, read(f"/live/schools/{urns[0]}/"))
    for address in (f"/returns/schools/{urns[1]}/", f"/live/schools/{urns[1]}/", "/live/places/X06000001/"):
        assert client.get(address).status_code == 404
    receipt = receipts(Facts(Path(uploads.settings.ROPEWALK_STORE)))[0]
    assert client.get(f"/returns/receipts/{receipt.id}/").status_code == 404


def test_files_that_speak_of_another_school_are_refused_before_anything_of_it_is_shown(
    client: Client, urns: list[int], somebody: Callable[..., Account]
) -> None:
    somebody("data_lead", school(urns[0]))
    rows = [
        f"{urn},H0112067190{number:02},Canary,Zebedee,2014-03-01,M,8,C,2025-09-01\n"
        for number, urn in enumerate(urns[:2])
    ]
    upload, state = sent(client, urns[0], *rows)
    assert state is State.FAULT
    text = client.get(f"/returns/uploads/{upload.id}/").content.decode()
    assert f"may not send returns for ({urns[1]})" in text
    assert client.post(f"/returns/uploads/{upload.id}/submit/").status_code == 302
    assert uploads.standing_of(upload).state is State.FAULT
    assert not (uploads.standing_of(upload).folder.path / "checked.json").exists()


def test_a_return_is_not_submitted_once_the_right_to_has_gone(
    client: Client, urns: list[int], somebody: Callable[..., Account]
) -> None:
    person = somebody("data_lead", school(urns[0]))
    upload, state = sent(client, urns[0], f"{urns[0]},H011206719000,Canary,Zebedee,2014-03-01,M,8,C,2025-09-01\n")
    assert state is State.CHECKED
    person.grants.update(ended_on=date(2020, 1, 1))
    for address in ("", "problems.csv", "progress/"):
        assert client.get(f"/returns/uploads/{upload.id}/{address}").status_code == 404
    for address in ("submit/", "delete/"):
        assert client.post(f"/returns/uploads/{upload.id}/{address}").status_code == 404
    assert uploads.standing_of(upload).state is State.CHECKED


def test_a_trust_leader_chooses_among_the_schools_of_the_trust(
    client: Client, urns: list[int], somebody: Callable[..., Account], read: Reading
) -> None:
    today = timezone.localdate()
    trust = next(trust for urn in urns if (trust := trust_on(school(urn), today)) is not None)
    somebody("trust_leader", trust)
    held = schools_of_trusts([trust.pk], today)
    page = read("/returns/")
    if len(held) > 1:
        assert {int(address.split("/")[3]) for address in page.addresses("/returns/schools/")} == held
        follow_all(client, page)
    live = read("/live/")
    follow_all(client, live)
    assert not live.addresses("/live/places/")


def test_a_coordinator_of_a_named_place_sees_who_shares_there_and_reminds_them(
    client: Client, urns: list[int], somebody: Callable[..., Account], read: Reading
) -> None:
    listed = [(urn, school(urn).name) for urn in urns[:3]]
    place = make_place(
        name="South Harbour", schools=listed, within=None, begins=date(2026, 1, 1), by="Dana", now=datetime.now(UTC)
    )
    somebody("coordinator", place)
    assert client.get("/returns/").headers["Location"] == "/returns/?place=south-harbour"
    page = read("/returns/?place=south-harbour")
    assert "All 3 schools share" in page.words
    assert [page.row(name)[0] for _, name in listed] == [name for _, name in listed]
    follow_all(client, page)
    assert client.post(f"/returns/schools/{urns[0]}/reminder/").status_code == 302
    assert "by A coordinator." in read(f"/returns/schools/{urns[0]}/reminder/").words
    csv = client.get("/returns/coverage.csv?place=south-harbour").content.decode()
    assert len(csv.splitlines()) == 4
    for address in ("/returns/?place=X06000001", "/returns/?place=nowhere", f"/returns/schools/{urns[3]}/reminder/"):
        assert client.get(address).status_code == 404
    assert "Your role opens no live figures." in read("/live/").words


def test_an_attendance_lead_reads_figures_and_no_returns(
    client: Client, urns: list[int], somebody: Callable[..., Account], read: Reading
) -> None:
    somebody("attendance_lead", school(urns[0]))
    follow_all(client, read(f"/live/schools/{urns[0]}/measures/absence_overall/"))
    overview = read(f"/live/schools/{urns[0]}/")
    assert "who has sent what" not in overview.words
    assert "Your role opens no returns today" in read("/returns/").words
    assert client.get(f"/returns/schools/{urns[0]}/").status_code == 404
