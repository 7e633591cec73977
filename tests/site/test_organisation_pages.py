"""Pages of organisations and places: brought in, made, changed day by day, by local administrators."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.site.conftest import Page

from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.models import Organisation, Place, PlaceMembership

Reading = Callable[..., Page]
PLACE = "/organisations/places/south-harbour/"


@pytest.fixture
def dana(client: Client, live_store: Path, settings: Settings, db: None) -> Account:  # noqa: ARG001
    settings.ROPEWALK_STORE = live_store
    account = Account.objects.create(name="Dana", is_local_administrator=True)
    client.force_login(account)
    return account


@pytest.mark.usefixtures("dana")
def test_a_council_area_is_brought_in_and_a_place_made_of_its_schools(client: Client, read: Reading) -> None:
    assert "No place is known yet." in read("/organisations/").words
    wrong = client.post("/organisations/bring-in/", {"place": "Nowhere"})
    assert (wrong.status_code, "no place called" in wrong.content.decode()) == (422, True)
    answer = client.post("/organisations/bring-in/", {"place": "Harbourmouth"})
    assert answer.headers["Location"] == "/organisations/places/X06000001/"
    read(answer.headers["Location"])
    assert read("/organisations/").row("Harbourmouth (made up)")[1:3] == ["council area", "X06000001"]
    urns = [one.key for one in Organisation.objects.filter(kind="school").order_by("key")[:3]]
    region = Place.objects.get(kind="region")
    said = {"name": "South Harbour", "schools": f"{urns[0]}, {urns[1]}", "within": region.pk, "begins": "2026-01-15"}
    for wrong_urns, words in (
        ("12", "six digits"),
        ("100001", "No school has the URN 100001"),
        ("none", "at least one"),
    ):
        refused = client.post("/organisations/places/new/", {**said, "schools": wrong_urns})
        assert (refused.status_code, words in refused.content.decode()) == (422, True)
    assert client.post("/organisations/places/new/", said).headers["Location"] == PLACE
    assert "in Made-up region" in read(PLACE).words
    assert "Nobody belonged to it on this day." in read(f"{PLACE}?on=2026-01-14").words
    assert len(read(f"{PLACE}?on=2026-01-15").tables[0]) == 3
    added = client.post(f"{PLACE}add/", {"urn": urns[2], "begins": "2026-02-01"})
    assert added.headers["Location"] == PLACE
    assert client.post(f"{PLACE}add/", {"urn": "12", "begins": "2026-02-01"}).status_code == 422
    assert client.post(f"{PLACE}add/", {"urn": urns[2], "begins": "soon"}).status_code == 422
    member = PlaceMembership.objects.get(place__code="south-harbour", organisation__key=urns[2])
    end = f"{PLACE}members/{member.pk}/end/"
    early = client.post(end, {"until": "2026-01-31"})
    assert (early.status_code, "cannot end on" in early.content.decode()) == (422, True)
    assert client.post(end, {"until": "2026-02-10"}).headers["Location"] == PLACE
    assert "until 10 February 2026" in read(PLACE).words
    assert client.post(end, {"until": timezone.localdate().isoformat()}).status_code == 422
    assert PlaceMembership.objects.filter(place__code="south-harbour").count() == 3
    other = f"/organisations/places/X06000001/members/{member.pk}/end/"
    assert client.post(other, {"until": "2026-03-01"}).status_code == 404


@pytest.mark.usefixtures("dana")
def test_organisations_that_no_register_has_are_named(client: Client, read: Reading) -> None:
    assert client.post("/organisations/new/", {"kind": "provider", "name": "…"}).status_code == 422
    assert client.post("/organisations/new/", {"kind": "school", "name": "A school"}).status_code == 422
    assert client.post("/organisations/new/", {"kind": "provider", "name": "Tide Tutors"}).status_code == 302
    assert Organisation.objects.get().key == "tide-tutors"
    assert "provider 1" in read("/organisations/").words
