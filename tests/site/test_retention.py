"""Every field says what it is about, every row how long it is kept, and what is over is deleted."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import models

from ropewalk.site.foundation.accounts.data_sessions import open_session
from ropewalk.site.foundation.accounts.models import Account, DataSession
from ropewalk.site.foundation.organisations.models import Place
from ropewalk.site.foundation.permissions.models import Grant
from ropewalk.site.foundation.retention.elsewhere import ELSEWHERE
from ropewalk.site.foundation.retention.job import all_models, clear, kept_of
from ropewalk.site.see.sharing.models import Reminder, Upload

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
MODELS = sorted(all_models(), key=lambda model: model._meta.label)


@pytest.mark.parametrize("model", MODELS, ids=[model._meta.label for model in MODELS])
def test_every_field_is_classed_once(model: type[models.Model]) -> None:
    named = [name for names in kept_of(model).classes.values() for name in names]
    assert sorted(named) == sorted(field.name for field in model._meta.concrete_fields)
    rule = kept_of(model).rule
    assert rule.words
    assert not rule.days or isinstance(model._meta.get_field(rule.since), models.DateField)


def test_nothing_is_said_of_models_that_are_not_there() -> None:
    assert ELSEWHERE.keys() <= {model._meta.label for model in MODELS}


@pytest.mark.django_db
def test_what_is_over_is_deleted_and_nothing_else() -> None:
    alice = Account.objects.create(name="Alice", is_local_administrator=True)
    place = Place.objects.create(code="X1", name="Here", kind="council")

    def make(at: datetime) -> None:
        Upload.objects.create(urn=990100, by=alice, at=at, files=1)
        Reminder.objects.create(urn=990100, by=alice, at=at)
        Session.objects.create(session_key=f"{at:%Y%m%d}", session_data="", expire_date=at)
        open_session(by=alice, reason="a test", now=at)
        day = at.date()
        of_it = {"begins": day, "until": day, "review_due": day, "given_at": at}
        Grant.objects.create(account=alice, role="head", place=place, reason="a test", given_by=alice, **of_it)

    for days in (0, 2, 400, 800, 3000):
        make(NOW - timedelta(days=days))
    counted = {one.model: one.rows for one in clear(now=NOW, only_count=True)}
    assert counted == {one.model: one.rows for one in clear(now=NOW)}
    job = "a test"
    assert Upload.objects.for_system_job(job).count() == 2
    assert Reminder.objects.for_system_job(job).count() == 3
    assert Session.objects.count() == 1
    assert DataSession.objects.count() == 4
    assert Grant.objects.count() == 4
    assert Account.objects.count() == 1
    assert sum(one.rows for one in clear(now=NOW)) == 0
    assert min(Grant.objects.values_list("until", flat=True)) > date(2020, 1, 1)
