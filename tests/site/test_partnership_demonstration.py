"""The partnership that a demo shows: it comes about by the same actions as any other."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone

from ropewalk.core.use_cases.store import Reader, Store
from ropewalk.site.agree.partnership.demonstration import BEFORE, OUTSIDE, UNSIGNED, make_partnership
from ropewalk.site.agree.partnership.models import Body, Booking, Finding, Meeting, MeetingPaper, Outcome, Signature
from ropewalk.site.agree.partnership.selectors.agreements import agreement_page, agreements_of
from ropewalk.site.agree.partnership.selectors.belonging import belonging
from ropewalk.site.agree.partnership.selectors.funding import money_of
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.models import Organisation, Place
from ropewalk.site.foundation.organisations.register import bring_in
from ropewalk.site.foundation.permissions.demonstration import make_people

PLACE = "X06000001"


@pytest.mark.django_db
def test_the_made_up_place_has_a_partnership_that_most_joined_and_signed(live_store: Path) -> None:
    Account.objects.create(name="Dana", is_local_administrator=True)
    today, now, reader = timezone.localdate(), timezone.now(), Reader(Store(live_store))
    bring_in(reader=reader, place=PLACE, by="Dana", now=now, on=today)
    urn = int(Organisation.objects.filter(kind="school").earliest("pk").key)
    make_people(reader=reader, place=PLACE, urn=urn, by="Dana", now=now)
    make_partnership(place=PLACE, leave_out=urn, by="Dana", coordinator="coordinator", now=now)
    place = Place.objects.get(code=PLACE)
    found = belonging(place, viewer=Account.objects.get_by_natural_key("head"), on=today)
    assert found.coverage.schools - found.coverage.covered == OUTSIDE + 1
    [mine] = [line for line in found.outside if line.may_decide]
    assert mine.urn == urn
    [line] = agreements_of(place, may_run=False)
    assert line.version is not None
    assert line.signed == Signature.objects.count() - BEFORE > 50
    assert line.version.number == 2
    page = agreement_page(line.version, viewer=Account.objects.get(name="Dana"), may_run=False, on=today)
    assert len(page.unsigned) == UNSIGNED
    assert page.commitments[0].kept[0].words.startswith("1 kept, 1 at risk, ")
    assert money_of(place).total.left_words == "£111,459.50"
    assert Body.objects.count() == 8
    for kind, held in (("board", 24), ("surgery", 8), ("trust_leaders", 16), ("council_schools", 16)):
        assert Meeting.objects.filter(body__kind=kind, ends_at__lt=now).count() >= held
    assert Outcome.objects.filter(kind="action").count() == 3
    assert (Booking.objects.count(), MeetingPaper.objects.count(), Finding.objects.count()) == (2, 1, 3)
