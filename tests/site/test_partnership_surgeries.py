"""Surgeries: schools book slots, nobody books a slot twice, and what it is about is read by those it concerns."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings as of_site
from django.db import connection
from django.test import Client
from django.utils import timezone
from tests.site.conftest import Page
from tests.site.partnership_cast import Cast, made, meeting_of

from ropewalk.core.errors import InputRefused, NotAllowed
from ropewalk.site.agree.partnership.actions.surgeries import book, give_back
from ropewalk.site.agree.partnership.kinds import BodyKind
from ropewalk.site.agree.partnership.models import Booking, Meeting

Reading = Callable[..., Page]


def surgery(cast: Cast) -> Meeting:
    starts = timezone.now() + timedelta(days=1)
    return meeting_of(cast, starts=starts, kind=BodyKind.SURGERY, name="Surgery", minutes=50)


@pytest.mark.django_db
def test_a_school_books_a_slot_and_gives_it_back(client: Client, read: Reading) -> None:
    cast = made()
    meeting = surgery(cast)
    home = f"/partnerships/{cast.place.code}/"
    page = f"{home}meetings/{meeting.pk}/"
    client.force_login(cast.head(100001))
    assert len([link for link in read(page).links if link[1].startswith("Book it")]) == 3
    school = cast.schools[100001]
    assert client.post(f"{page}slots/1/", {"organisation": school.pk, "about": ""}).status_code == 422
    said = {"organisation": school.pk, "about": "The <b>boiler</b>"}
    assert client.post(f"{page}slots/1/", said).headers["Location"] == f"{page}#slots"
    assert client.post(f"{page}slots/2/", said).status_code == 422
    assert client.get(f"{page}slots/3/").status_code == 404
    assert "The &lt;b&gt;boiler&lt;/b&gt;" in read(page).html
    found = Booking.objects.get()
    client.force_login(cast.head(100002))
    assert "boiler" not in read(page).html
    assert "taken" in read(page).words
    other = {"organisation": cast.schools[100002].pk, "about": "Mine"}
    assert client.post(f"{page}slots/1/", other).status_code == 422
    assert client.post(f"{page}slots/2/", said).status_code == 422
    assert client.get(f"{home}bookings/{found.pk}/").status_code == 404
    client.force_login(cast.people["Cora"])
    assert "boiler" in read(page).html
    assert client.get(f"{page}slots/2/").status_code == 404
    assert client.post(f"{home}bookings/{found.pk}/").headers["Location"] == f"{page}#slots"
    assert client.post(f"{home}bookings/{found.pk}/").status_code == 422
    client.force_login(cast.head(100002))
    assert client.post(f"{page}slots/1/", other).status_code == 302


@pytest.mark.django_db
def test_nobody_books_for_another_school_nor_once_it_began() -> None:
    cast, now = made(), timezone.now()
    meeting, head = surgery(cast), cast.head(100001)
    mine = {"meeting": meeting, "school": cast.schools[100001], "about": "Mine", "by": head}
    with pytest.raises(NotAllowed):
        book(**{**mine, "school": cast.schools[100002]}, number=0, now=now)
    with pytest.raises(InputRefused, match="over"):
        book(**mine, number=0, now=now + timedelta(days=2))
    made_one = book(**mine, number=0, now=now)
    with pytest.raises(NotAllowed):
        give_back(booking=made_one, by=cast.head(100002), now=now)
    with pytest.raises(InputRefused, match="has begun"):
        give_back(booking=made_one, by=head, now=now + timedelta(days=2))


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    of_site.DATABASES["default"]["ENGINE"].endswith("sqlite3"),
    reason="SQLITE WRITES ONE AFTER THE OTHER: raced on PostgreSQL, where the site's tests run once more",
)
def test_of_several_who_book_a_slot_at_once_one_has_it() -> None:
    cast = made()
    meeting, heads = surgery(cast), [(school, cast.head(urn)) for urn, school in cast.schools.items()]
    start, told = threading.Barrier(len(heads)), []

    def race(number: int) -> None:
        school, head = heads[number]
        try:
            start.wait(20)
            book(meeting=meeting, number=0, school=school, about="Mine", by=head, now=timezone.now())
            told.append("booked")
        except InputRefused as problem:
            told.append(str(problem))
        finally:
            connection.close()

    racing = [threading.Thread(target=race, args=(number,)) for number in range(len(heads))]
    for one in racing:
        one.start()
    for one in racing:
        one.join(60)
    told.remove("booked")
    assert told == ["This slot was just taken. Choose another one."] * (len(heads) - 1)
    assert Booking.objects.count() == 1
