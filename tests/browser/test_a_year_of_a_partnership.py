"""One school year of a partnership in a browser, from bringing in the place to deciding what becomes of the work.

Everything is done by clicking and typing as the people concerned; nothing is written to the database. How the year
passes: the site knows no day but today, so days are typed as people type them. Schools belong and bodies begin from a
day ten months ago, periods go from 2024/25 to 2026/27, the autumn meeting lasts all of today (its agenda is set before
it is over, its minutes once it has begun), and what is due is due in days to come. Time for schools to look at their
figures ends early because every one of them says that it is content, as it may.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from tests.browser.conftest import ReturnsSite
from tests.browser.school_year import Town, signed_in
from tests.browser.year_begins import (
    agreement_signed,
    edition_released,
    place_founded,
    schools_joined,
    terms_answered,
)
from tests.browser.year_planned import figures_moved, plan_agreed, plan_drafted, target_agreed
from tests.browser.year_worked import (
    baseline_signed,
    meeting_held,
    minutes_in_the_plan,
    report_to_the_board,
    work_decided,
)


@pytest.fixture
def town(chromium: Browser, live_site: ReturnsSite) -> Iterator[Town]:
    """Desks at a made-up place whose schools have sent two returns; the test fails when a browser complained."""
    found = Town(live_site.address, chromium)
    yield found
    found.close()
    assert found.complaints.found == []


def test_a_school_year_of_a_partnership(town: Town, live_site: ReturnsSite, axe: str) -> None:
    dana = signed_in(town.new_desk(live_site.name), live_site.name, live_site.password, at="/organisations/")
    place_founded(town, dana)
    terms_answered(town)
    schools_joined(town, axe)
    agreement_signed(town, axe)
    edition_released(town, 1, "2024 to 2025", axe)
    plan_drafted(town, axe)
    target_agreed(town)
    plan_agreed(town, axe)
    meeting_held(town, axe)
    minutes_in_the_plan(town)
    figures_moved(town, axe)
    work_decided(town, baseline_signed(town, axe), axe)
    report_to_the_board(town, axe)
