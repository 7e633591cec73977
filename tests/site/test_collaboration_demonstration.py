"""Collaboration and workstreams that a demo shows: two years of help, and a workstream that was adapted."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from ropewalk.core.use_cases.importing import import_open_data
from ropewalk.core.use_cases.store import Reader, Store
from ropewalk.site.agree.collaboration.demonstration import HELP, PRACTICE, make_collaboration
from ropewalk.site.agree.collaboration.rules import year_of
from ropewalk.site.agree.collaboration.selectors.collaboration import collaboration_of
from ropewalk.site.agree.collaboration.selectors.records import help_lines, years_of
from ropewalk.site.agree.partnership.demonstration import make_partnership
from ropewalk.site.agree.workstreams.demonstration import make_earlier_workstream
from ropewalk.site.agree.workstreams.selectors.impact import impact_of
from ropewalk.site.agree.workstreams.selectors.state import state_of
from ropewalk.site.agree.workstreams.stages import Stage
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.audit.recording import verify
from ropewalk.site.foundation.organisations.models import Organisation, Place
from ropewalk.site.foundation.organisations.register import bring_in
from ropewalk.site.foundation.permissions.demonstration import make_people

PLACE = "X06000001"


@pytest.mark.django_db
def test_the_made_up_place_has_two_years_of_help_practice_and_a_workstream_that_was_adapted(
    live_store: Path, tmp_path: Path, settings: Settings
) -> None:
    Account.objects.create(name="Dana", is_local_administrator=True)
    today, now, reader = timezone.localdate(), timezone.now(), Reader(Store(live_store))
    bring_in(reader=reader, place=PLACE, by="Dana", now=now, on=today)
    urn = int(Organisation.objects.filter(kind="school").earliest("pk").key)
    make_people(reader=reader, place=PLACE, urn=urn, by="Dana", now=now)
    make_partnership(place=PLACE, leave_out=urn, by="Dana", coordinator="coordinator", now=now)
    make_collaboration(place=PLACE, coordinator="coordinator", now=now)
    place = Place.objects.get(code=PLACE)
    lines = help_lines(place)
    assert len(lines) == len(HELP)
    assert sum(line.is_confirmed for line in lines) == len(HELP) - 2
    assert min(line.help.until for line in lines) < today - timedelta(days=600)
    found = collaboration_of(place, year=year_of(today), on=today)
    assert found.versions[0].number == 1
    assert len(years_of(place, on=today)) >= 2
    assert len({line.help.giver_id for line in lines}) > 3
    assert sum(
        collaboration_of(place, year=year, on=today).whole.practice.shared for year in years_of(place, on=today)
    ) == len(PRACTICE)
    store = tmp_path / "store"
    files = [one for one in (live_store.parent / "published").iterdir() if one.name.startswith(("absence_b", "stat"))]
    import_open_data(Store(store), files, now="2026-03-01T00:00:00Z", progress=lambda *_: None)
    settings.ROPEWALK_STORE = store
    made = make_earlier_workstream(place=PLACE, by="Dana", now=now)
    assert state_of(made).stage is Stage.OVER
    assert (made.decided.ending, made.extensions.count()) == ("adapted", 1)
    impact = impact_of(made, on=today)
    assert impact is not None
    assert not impact.lines[0].said.startswith("Cannot tell")
    assert verify().holds
