"""Money of a partnership: pence that add up, struck out and never taken away, seen by members."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.site import partnership_cast
from tests.site.conftest import Page
from tests.site.partnership_cast import NOW, TODAY, Cast

from ropewalk.core.errors import InputRefused, NotAllowed
from ropewalk.site.agree.partnership.actions.funding import NewLine, Spent, open_line, spend, strike_out
from ropewalk.site.agree.partnership.models import FundingLine, Spending
from ropewalk.site.agree.partnership.rules import MOST_PENCE, pence, pounds
from ropewalk.site.agree.partnership.selectors.funding import Sums, money_of
from ropewalk.site.foundation.audit.models import Entry

Reading = Callable[..., Page]
HOME = "/partnerships/south-harbour/money/"
BEGINS = date(2026, 4, 1)


@pytest.fixture
def cast(empty_store: Path, db: None) -> Cast:  # noqa: ARG001
    made = partnership_cast.made()
    made.person("Cora", "coordinator", made.place)
    return made


def line(cast: Cast, title: str = "Coordinator", amount: int = 8_000_000, until: date | None = None) -> FundingLine:
    wanted = NewLine("City Council", title, amount, BEGINS, until)
    return open_line(wanted, place=cast.place, by=cast.people["Cora"], now=NOW)


def spent(cast: Cast, of: FundingLine, amount: int, objective: str = "Attendance", what: str = "Training") -> Spending:
    return spend(Spent(TODAY, amount, what, objective), line=of, by=cast.people["Cora"], now=NOW)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1250", 125_000),
        ("£1,250", 125_000),
        (" 1250.5 ", 125_050),
        ("0.01", 1),
        ("£ 12.34", 1_234),
        ("1,234,567", 123_456_700),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, amount: int) -> None:
    assert pence(text) == amount


@pytest.mark.parametrize(
    "text", ["", "0", "0.00", "-5", "1.234", "12,34", "1e3", "NaN", "five", "£", "1,2345", "٣", "99999999999999"]
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(InputRefused, match="not an amount"):
        pence(text)


@given(st.integers(1, MOST_PENCE))
def test_an_amount_that_is_written_is_read_as_the_same(amount: int) -> None:
    assert pence(pounds(amount)) == amount


def test_amounts_are_written_with_pence_only_where_there_are_any() -> None:
    assert [pounds(amount) for amount in (0, 5, 100, 123_456_789, -250)] == [
        "£0",
        "£0.05",
        "£1",
        "£1,234,567.89",
        "−£2.50",
    ]


def test_totals_add_up_by_line_and_by_objective(cast: Cast) -> None:
    first, second = line(cast), line(cast, "Oracy", 1_000)
    spent(cast, first, 250_001)
    spent(cast, first, 99, "Inclusion")
    wrong = spent(cast, first, 777, "Inclusion", "Twice")
    spent(cast, second, 1_500, "Inclusion")
    strike_out(spending=wrong, because="Written down twice.", by=cast.people["Cora"], now=NOW)
    found = money_of(cast.place)
    assert [(one.line.title, one.sums) for one in found.lines] == [
        ("Coordinator", Sums(8_000_000, 250_100)),
        ("Oracy", Sums(1_000, 1_500)),
    ]
    assert found.lines[1].sums.left_words == "−£5"
    assert found.total == Sums(8_001_000, 251_600)
    assert found.objectives == [("Attendance", "£2,500.01"), ("Inclusion", "£15.99")]
    assert len(found.spendings) == 4
    assert money_of(cast.area).total == Sums(0, 0)


def test_what_cannot_be_is_refused_with_all_that_is_wrong(cast: Cast) -> None:
    cora = cast.people["Cora"]
    with pytest.raises(InputRefused) as refused:
        open_line(NewLine(" ", "", 0, TODAY, BEGINS), place=cast.place, by=cora, now=NOW)
    assert len(refused.value.problems) == 4
    found = line(cast, until=TODAY)
    with pytest.raises(InputRefused, match="of this funder and title"):
        line(cast)
    for said, words in (
        (Spent(TODAY, 0, "Training", "All"), "more than nothing"),
        (Spent(TODAY, 1, "", "All"), "no purchase"),
        (Spent(TODAY, 1, "Training", " "), "no objective"),
        (Spent(TODAY + timedelta(days=1), 1, "Training", "All"), "still to come"),
        (Spent(BEGINS - timedelta(days=1), 1, "Training", "All"), "from 1 April 2026 until 1 September 2026"),
    ):
        with pytest.raises(InputRefused, match=words):
            spend(said, line=found, by=cora, now=NOW)
    made = spent(cast, found, 1)
    with pytest.raises(InputRefused, match="no reason"):
        strike_out(spending=made, because=" ", by=cora, now=NOW)
    strike_out(spending=made, because="Wrong.", by=cora, now=NOW)
    with pytest.raises(InputRefused, match="struck out already"):
        strike_out(spending=made, because="Wrong.", by=cora, now=NOW)


def test_only_whoever_runs_the_partnership_keeps_its_books(cast: Cast) -> None:
    found = line(cast)
    made = spent(cast, found, 100)
    for by in (cast.head(100001), cast.person("ceo", "trust_leader", cast.trust)):
        with pytest.raises(NotAllowed):
            open_line(NewLine("X", "Y", 1, TODAY), place=cast.place, by=by, now=NOW)
        with pytest.raises(NotAllowed):
            spend(Spent(TODAY, 1, "X", "Y"), line=found, by=by, now=NOW)
        with pytest.raises(NotAllowed):
            strike_out(spending=made, because="X", by=by, now=NOW)
    things = Entry.objects.filter(thing__in=("partnership:line-opened", "partnership:spent")).values_list("place")
    assert list(things) == [("south-harbour",), ("south-harbour",)]


def test_the_books_are_kept_on_pages_and_read_by_members(cast: Cast, client: Client, read: Reading) -> None:
    client.force_login(cast.people["Cora"])
    assert "No funding line is open yet. Open one" in read(HOME).words
    said = {"funder": "City Council", "title": "Coordinator", "pence": "80,000", "begins": "2026-04-01", "until": ""}
    wrong = client.post(f"{HOME}new/", {**said, "pence": "a lot"})
    assert (wrong.status_code, "not an amount of money" in wrong.content.decode()) == (422, True)
    assert client.post(f"{HOME}new/", said).headers["Location"] == HOME
    spending = f"{HOME}lines/{FundingLine.objects.get().pk}/"
    read(spending)
    for what, amount in (("=Cover", "1,200.50"), ("Twice", "10")):
        told = {"day": "2026-05-01", "pence": amount, "what": what, "objective": "Attendance"}
        assert client.post(spending, told).status_code == 302
    assert "Written so until now: Attendance" in read(spending).words
    strike = f"{HOME}spendings/{Spending.objects.latest('pk').pk}/"
    assert "Strike out £10: Twice" in read(strike).words
    assert client.post(strike, {"because": "Written down twice."}).status_code == 302
    client.force_login(cast.head(100001))
    page = read(HOME)
    assert page.row("All lines")[3:6] == ["£80,000", "£1,200.50", "£78,799.50"]
    assert page.row("In all") == ["In all", "£1,200.50"]
    assert "Written down twice." in page.words
    assert page.addresses(f"{HOME}lines") == []
    answer = client.get(f"{HOME}spendings.csv")
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(one["What"], one["Pounds"], one["Struck out because"]) for one in lines] == [
        ("Twice", "10.00", "Written down twice."),
        ("'=Cover", "1200.50", ""),
    ]
    for closed in (f"{HOME}new/", spending, strike, HOME.replace("south-harbour", "no-such-place")):
        assert client.get(closed).status_code == 404
