"""The plans that a demo shows: one closed, one in its third year, by the same actions as any other."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.site import partnership_cast
from tests.site.partnership_cast import BEGAN

from ropewalk.site.agree.partnership.actions.bodies import NewBody, begin
from ropewalk.site.agree.partnership.kinds import BodyKind
from ropewalk.site.agree.plan.demonstration import EARLIER, MINUTED, MOVED, TITLE, make_plan
from ropewalk.site.agree.plan.kinds import State, Status
from ropewalk.site.agree.plan.models import Plan
from ropewalk.site.agree.plan.selectors.changes import told
from ropewalk.site.agree.plan.selectors.plans import plan_page


@pytest.mark.django_db
def test_a_demo_shows_a_plan_after_two_years_and_one_that_is_closed(made_up_store: Path, settings: Settings) -> None:
    settings.ROPEWALK_STORE = made_up_store
    cast = partnership_cast.made()
    cora = cast.person("coordinator", "coordinator", cast.area)
    for urn in (100001, 100002, 100003):
        cast.head(urn)
    now, today = timezone.now(), timezone.localdate()
    begin(NewBody(BodyKind.BOARD, "Education Board", BEGAN), place=cast.area, by=cora, now=now)
    make_plan(place=cast.area.code, coordinator="coordinator", now=now)
    assert Plan.objects.get(title=EARLIER).stage is State.CLOSED
    plan = Plan.objects.select_related("place").get(title=TITLE)
    page = plan_page(plan, on=today)
    statuses = {line.item.standing for line in page.lines}
    assert {Status.DONE, Status.UNDER_WAY, Status.AT_RISK} <= statuses
    assert [line.item.due for line in page.late] == [today - timedelta(days=20)]
    assert [line.origin.words for line in page.lines if line.item.words == MINUTED and line.origin] != []
    moved = [one.words for one in told(plan) if one.change.what == "target" and MOVED in one.words]
    assert "moved from 16 to 18 by Education Board (coordinator)" in moved[0]
