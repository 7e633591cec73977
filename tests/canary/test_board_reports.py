"""A board report with a child planted in the returns: the same bytes without it, on every channel, and no secret."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.canary.conftest import PLACE, Planted
from tests.canary.test_nothing_of_a_child_gets_out import body, told, words
from tests.site.board_report_cast import planned, published

from ropewalk.core.use_cases.store import Reader, Store
from ropewalk.site.agree.board_report.actions.reports import make
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.models import Place
from ropewalk.site.foundation.organisations.register import bring_in
from ropewalk.site.foundation.permissions.actions import Wanted, give

AT = f"/board-reports/{PLACE}/"
MEMBERS = ("now/", "now/report.pdf", "now/report.pptx", "1/", "1/report.pdf", "1/report.pptx", "1/report.json")
EVERYBODY = ("public/", "public/1/", "public/1/report.pdf", "public/1/report.pptx", "public/1/report.json")


@pytest.mark.django_db
def test_every_channel_of_a_report_is_the_same_whether_the_child_is_there_or_not(
    settings: Settings, planted: Planted, without: Planted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    settings.SECOND_FACTOR_REQUIRED = False
    settings.RATE_LIMITS = {}
    settings.FACTS_ENVIRONMENT = {"ROPEWALK_IDENTITY_KEY": "k" * 32}
    member = _reported(settings, planted.store)
    served = []
    for store in (planted, without):
        settings.ROPEWALK_STORE = store.store
        answers = [(client, end) for client, ends in ((member, MEMBERS), (Client(), EVERYBODY)) for end in ends]
        found = {end: client.get(f"{AT}{end}") for client, end in answers}
        assert {end: one.status_code for end, one in found.items()} == dict.fromkeys((*MEMBERS, *EVERYBODY), 200)
        for end, answer in found.items():
            assert not told(words(answer)), end
        files = [end for end in found if not end.endswith("/")]
        served.append({end: body(found[end]) for end in files})
    assert served[0] == served[1]


def _reported(settings: Settings, store: Path) -> Client:
    """A plan of the place with a report that is public; a browser of its coordinator."""
    settings.ROPEWALK_STORE = store
    now, today = timezone.now(), timezone.localdate()
    bring_in(reader=Reader(Store(store)), place=PLACE, by="Dana", now=now, on=today)
    place, dana = Place.objects.get(code=PLACE), Account.objects.create(name="Dana", is_local_administrator=True)
    cora = Account.objects.create(name="Cora")
    give(Wanted(cora, "coordinator", place, "A test.", today), by=dana, now=now)
    planned(place, by=cora, now=now)
    published(make(place=place, by=cora, now=now), by=cora, now=now)
    client = Client()
    client.force_login(cora)
    return client
