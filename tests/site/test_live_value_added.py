"""Value added on the site: for local administrators alone, with its chart, its file, and a word for what is missing."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from tests.databases import database_of
from tests.made_up_results import ADDED, FIRST_URN, send_results
from tests.site.conftest import Page

from ropewalk.site.foundation.accounts.models import Account

PAGE = "/live/places/X06000001/value-added/"
Reading = Callable[..., Page]


@pytest.fixture(scope="module")
def results_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("results-site")
    send_results(folder / "store", folder / "scratch")
    return folder / "store"


def show(store: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ROPEWALK_STORE = store
    settings.FACTS_ENVIRONMENT = {}
    monkeypatch.setenv("DATABASE_URL", database_of(store))


@pytest.fixture
def results(results_store: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    show(results_store, settings, monkeypatch)


@pytest.fixture
def few_results(live_store: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    show(live_store, settings, monkeypatch)


@pytest.fixture
def alice(client: Client, db: None) -> Account:  # noqa: ARG001
    account = Account.objects.create(name="Alice", is_local_administrator=True)
    # A session begins with a first request.
    client.get("/live/")
    client.force_login(account)
    return account


@pytest.mark.usefixtures("results", "db")
def test_whoever_is_not_signed_in_is_asked_to_and_others_find_nothing(client: Client) -> None:
    addresses = [PAGE, f"{PAGE}schools.csv", f"{PAGE}chart.svg", f"{PAGE}chart.json"]
    for address in addresses:
        assert client.get(address).headers["Location"].startswith("/accounts/sign-in/"), address
    client.force_login(Account.objects.create(name="Charlie"))
    for address in addresses:
        assert client.get(address).status_code == 404, address


@pytest.mark.usefixtures("results", "alice")
def test_the_page_shows_schools_by_name_with_intervals_and_words(client: Client, read: Reading) -> None:
    page = read(PAGE)
    assert client.get(PAGE).headers["Cache-Control"] == "private, no-store"
    table = page.tables[0]
    assert [row[0] for row in table[1:]] == [f"School {FIRST_URN + n}" for n in range(len(ADDED))]
    assert table[1][4].startswith("Higher than like pupils elsewhere")
    assert table[2][4].startswith("Lower than like pupils elsewhere")
    assert table[2][2].startswith("−")
    assert table[-1][2:4] == ["none", "none"]
    assert "In the context: disadvantaged or not; SEN support; girl or boy." in page.words
    assert page.addresses("/live/schools/")
    assert PAGE in read("/live/places/X06000001/").addresses(PAGE)


@pytest.mark.usefixtures("results", "alice")
def test_the_table_can_be_sorted_and_the_file_follows(client: Client, read: Reading) -> None:
    page = read(f"{PAGE}?sort=estimate&dir=desc")
    shown = [float(row[2].replace("−", "-")) for row in page.tables[0][1:-1]]
    assert shown == sorted(shown, reverse=True)
    [address] = [a for a in page.addresses(PAGE) if "schools.csv" in a]
    answer = client.get(address)
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == [row[0] for row in page.tables[0][1:]]
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert client.get(address.replace(".csv", ".xlsx")).content[:2] == b"PK"


@pytest.mark.usefixtures("results", "alice")
def test_the_chart_is_drawn_and_described(client: Client, read: Reading) -> None:
    assert "Estimates of 11 schools with their 95% intervals" in read(PAGE).html
    for address in (f"{PAGE}chart.svg", f"{PAGE}chart.svg?narrow=1"):
        assert client.get(address).content.startswith(b"<svg")
    spec = client.get(f"{PAGE}chart.json").json()
    drawn = {row["name"] for rows in spec["datasets"].values() for row in rows if "name" in row}
    assert len(drawn) == 11


@pytest.mark.usefixtures("few_results", "alice")
def test_without_results_the_page_says_which_are_missing_and_what_to_do(client: Client, read: Reading) -> None:
    page = read(PAGE)
    assert "of an earlier year for a pupil with the Attainment 8 score" in page.words
    assert "Needed: of the same pupils" in page.words
    assert page.addresses("/returns/?place=X06000001")
    assert page.tables == []
    assert client.get(f"{PAGE}chart.svg").status_code == 404
    other = read(f"{PAGE}?stage=gld-phonics")
    assert "Reception to phonics" in other.words


@pytest.mark.usefixtures("results", "alice")
@pytest.mark.parametrize(
    "address", [f"{PAGE}?stage=moon", f"{PAGE}?year=2019/20", f"{PAGE}schools.pdf", "/live/places/nowhere/value-added/"]
)
def test_what_is_not_there_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
