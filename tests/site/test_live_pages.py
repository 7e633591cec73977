"""Figures from schools' own returns on the site: the same numbers as ``ropewalk figures``, for whoever may see them."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from django.test import Client
from pytest_django.fixtures import Settings
from tests.databases import copy_store, database_of
from tests.site.conftest import Page

from ropewalk.cli.main import ropewalk
from ropewalk.core.use_cases.facts_store import Facts
from ropewalk.core.use_cases.returns import receipts, submit_files
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.see.live import states

PLACE = "/live/places/X06000001/"
SO_FAR = "2025/26 to 2026-W12"
Reading = Callable[..., Page]


@pytest.fixture
def store(live_store: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.ROPEWALK_STORE = live_store
    settings.FACTS_ENVIRONMENT = {}
    monkeypatch.setenv("DATABASE_URL", database_of(live_store))
    return live_store


@pytest.fixture
def alice(client: Client, db: None) -> Account:  # noqa: ARG001
    account = Account.objects.create(name="Alice", is_local_administrator=True)
    client.force_login(account)
    return account


def counted(store: Path, *wanted: str) -> list[dict[str, object]]:
    """What the command line prints of figures from returns."""
    asked = ["figures", "--place", "X06000001", "--json", "--store", str(store), *wanted]
    answer = CliRunner().invoke(ropewalk, asked)
    assert answer.exit_code == 0, answer.output
    return [one for one in json.loads(answer.stdout) if one["source"]["kind"] == "returns"]


def addresses(store: Path) -> list[str]:
    """An address of every kind of page."""
    urn = receipts(Facts(store))[0].schools[0]
    return [
        "/live/",
        PLACE,
        f"{PLACE}?phase=primary&group=fsm",
        f"{PLACE}measures/absence_overall/?by=week",
        f"{PLACE}measures/persistent_absence/",
        f"{PLACE}measures/gap_persistent_absence/",
        f"{PLACE}measures/days_lost_to_suspension/",
        f"{PLACE}measures/persistent_absence_of_children/",
        f"{PLACE}movement/",
        f"{PLACE}movement/?year=2024/25",
        f"/live/schools/{urn}/",
        f"/live/schools/{urn}/measures/absence_overall/?by=week",
        f"/live/figures/?place=X06000001&measure=absence_overall&period={SO_FAR.replace(' ', '+')}",
        f"/live/figures/?place=X06000001&school={urn}&measure=lateness&period=2025-W40",
        f"{PLACE}?as_of=2026-03-20",
    ]


@pytest.mark.usefixtures("store", "db")
def test_whoever_is_not_signed_in_is_asked_to_and_others_find_nothing(client: Client) -> None:
    asked = client.get(f"{PLACE}?phase=primary")
    assert (asked.status_code, asked.headers["Location"]) == (
        302,
        "/accounts/sign-in/?next=/live/places/X06000001/%3Fphase%3Dprimary",
    )
    client.force_login(Account.objects.create(name="Charlie"))
    for address in (
        "/live/",
        PLACE,
        f"{PLACE}tables/measures.csv",
        f"{PLACE}measures/absence_overall/charts/over-time.svg",
    ):
        assert client.get(address).status_code == 404


@pytest.mark.usefixtures("alice")
def test_every_page_is_whole_private_and_says_what_it_is(client: Client, store: Path, read: Reading) -> None:
    for address in addresses(store):
        page = read(address)
        assert [level for level, _ in page.headings].count(1) == 1, address
        assert client.get(address).headers["Cache-Control"] == "private, no-store", address
    client.logout()
    assert client.get(PLACE).status_code == 302


@pytest.mark.usefixtures("alice")
def test_a_place_shows_what_the_command_line_counts(store: Path, read: Reading) -> None:
    page = read(PLACE)
    [figure] = counted(store, "--measure", "persistent_absence", "--phase", "all", "--group", "all", "--period", SO_FAR)
    [whole] = counted(
        store, "--measure", "persistent_absence", "--phase", "all", "--group", "all", "--period", "2024/25"
    )
    row = page.row("Persistent absence")
    assert row[1:5] == [
        f"{whole['value']:.1f}%",
        f"{whole['numerator']} of {whole['denominator']}",
        f"{figure['value']:.1f}%",
        f"{figure['numerator']} of {figure['denominator']}",
    ]
    assert row[5] == "not by week"
    assert row[-1] == "2024 to 2025"


@pytest.mark.usefixtures("alice")
def test_weeks_groups_and_schools_of_a_measure_are_those_of_the_command_line(store: Path, read: Reading) -> None:
    page = read(f"{PLACE}measures/absence_overall/?by=week&group=fsm")
    found = counted(store, "--measure", "absence_overall", "--phase", "all", "--group", "fsm", "--period", "2026-W10")
    assert page.row("week 10 of 2026")[1:3] == [
        f"{found[0]['value']:.2f}%",
        f"{found[0]['numerator']:,} of {found[0]['denominator']:,}",
    ]
    urn = receipts(Facts(store))[0].schools[3]
    asked = ("--school", str(urn), "--measure", "absence_overall", "--group", "fsm", "--period", SO_FAR)
    [school] = counted(store, *asked)
    own = read(f"/live/schools/{urn}/measures/absence_overall/?group=fsm")
    assert own.row("2025 to 2026, up to week 12 of 2026")[2] == f"{school['numerator']:,} of {school['denominator']:,}"
    assert f"{school['numerator']:,} of {school['denominator']:,}" in page.words


@pytest.mark.usefixtures("alice", "store")
def test_what_is_published_stands_beside_it_with_its_period_and_its_own_source(read: Reading) -> None:
    page = read(PLACE)
    published = [address for address in page.addresses("/figures/") if "measure=persistent_absence&" in address]
    assert published
    assert all("period=2024/25" in address for address in published)
    assert page.addresses("/live/figures/")
    assert page.row("Lateness")[-2:] == ["not published", "none"]


@pytest.mark.usefixtures("alice", "store")
@pytest.mark.parametrize(
    ("address", "files"),
    [
        (PLACE, [f"{PLACE}tables/schools", f"{PLACE}tables/trusts", f"{PLACE}tables/phases"]),
        (
            f"{PLACE}measures/persistent_absence/",
            [
                f"{PLACE}measures/persistent_absence/tables/{name}"
                for name in ("over-time", "two-ways", "by-phase", "by-group", "by-trust", "by-school")
            ],
        ),
        (f"{PLACE}movement/?year=2024/25", [f"{PLACE}movement/secondary"]),
    ],
)
def test_files_hold_exactly_the_tables_of_the_page(
    client: Client, read: Reading, address: str, files: list[str]
) -> None:
    page = read(address)
    query = "?year=2024/25" if "year" in address else ""
    shown = [_bare(table) for table in page.tables]
    for file in files:
        answer = client.get(f"{file}.csv{query}")
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert _bare(list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))) in shown, file
        book = openpyxl.load_workbook(io.BytesIO(client.get(f"{file}.xlsx{query}").content))
        assert "what schools have sent" in str(book["Cover"]["A2"].value)
        notes = {row[0].value: str(row[1].value) for row in book["Notes"].iter_rows(max_col=2)}
        assert "Licence" not in notes
        assert "No school has sent" in notes["not available"]
        assert "publisher" not in notes["not available"] + notes["hidden"] + notes["not reliable"]


def _bare(table: list[list[str]]) -> list[list[str]]:
    """Cells without units and signs. The column of gaps is left out: the page says tiny ones in words."""
    kept = [place for place, heading in enumerate(table[0]) if heading != "Gap"]
    return [[re.sub(r"[ %,'−-]", "", row[place]) for place in kept] for row in table]


@pytest.mark.usefixtures("alice", "store")
def test_charts_are_drawn_and_described(client: Client, read: Reading) -> None:
    page = read(f"{PLACE}measures/absence_overall/?by=week")
    assert "Overall absence of Harbourmouth (made up) by week" in page.html
    assert "A control chart asks whether a week differs" in page.words
    for name in (
        "over-time.svg?by=week",
        "over-time.svg?by=week&narrow=1",
        "by-group.svg",
        "by-school.svg",
        "by-phase.svg",
    ):
        picture = client.get(f"{PLACE}measures/absence_overall/charts/{name}")
        assert picture.content.startswith(b"<svg"), name
        assert picture.headers["Cache-Control"] == "private, no-store"
    assert client.get(f"{PLACE}measures/absence_overall/charts/over-time.json").json()["datasets"]
    assert client.get(f"{PLACE}measures/absence_overall/charts/by-moon.svg").status_code == 404


@pytest.mark.usefixtures("alice")
def test_a_figure_leads_to_the_receipts_it_rests_on(store: Path, read: Reading) -> None:
    page = read(f"/live/figures/?place=X06000001&measure=absence_overall&period={SO_FAR.replace(' ', '+')}")
    newest = receipts(Facts(store))[0].id
    assert page.addresses("/returns/receipts/") == [f"/returns/receipts/{newest}/"]
    assert "sessions missed divided by possible sessions" in page.words.lower()
    gap = read("/live/figures/?place=X06000001&measure=gap_persistent_absence&period=2024/25")
    assert [a for a in gap.addresses("/live/figures/") if "group=fsm" in a]


@pytest.mark.usefixtures("alice", "store")
def test_a_trust_is_shown_for_one_place(client: Client, read: Reading) -> None:
    address = next(iter(read(PLACE).addresses("/live/trusts/")))
    page = read(address)
    assert page.addresses("/live/schools/")
    figure = next(a for a in page.addresses("/live/figures/") if "measure=absence_overall" in a)
    assert "trust=" in figure
    assert read(figure).headings[0][1].endswith("Where does this come from?")
    assert client.get(address.partition("?")[0]).status_code == 404
    assert client.get("/live/trusts/no-such-trust/?place=X06000001").status_code == 404


@pytest.mark.usefixtures("alice", "store")
def test_what_was_known_on_a_day_stays_with_the_reader(read: Reading) -> None:
    page = read(f"{PLACE}?as_of=2026-03-20")
    assert "This is what was known on 20 March 2026" in page.words
    assert "2025 to 2026" not in " ".join(row[0] for table in page.tables for row in table)
    assert all("as_of=2026-03-20" in address for address in page.addresses("/live/places/X06000001/measures/"))
    assert all("as_of=2026-03-20" in address for address in page.addresses("/live/figures/"))
    assert PLACE in page.addresses("/live/places/")
    nothing = read(f"{PLACE}?as_of=2025-08-31")
    assert "No school of Harbourmouth (made up) has sent anything by 2025-08-31" in nothing.words


@pytest.mark.usefixtures("alice", "store")
@pytest.mark.parametrize(
    "address",
    [
        "/live/places/nowhere/",
        "/live/schools/123456/",
        "/live/schools/school/",
        f"{PLACE}?phase=nursery",
        f"{PLACE}?group=tall",
        f"{PLACE}?as_of=yesterday",
        f"{PLACE}measures/neet/",
        f"{PLACE}measures/no_such/",
        f"{PLACE}measures/persistent_absence/?by=week",
        f"{PLACE}measures/persistent_absence/?period=2019/20",
        f"{PLACE}measures/persistent_absence/tables/by-moon.csv",
        f"{PLACE}tables/measures.pdf",
        f"{PLACE}movement/?year=2019/20",
        f"{PLACE}movement/nursery.csv",
        "/live/figures/?place=X06000001",
        "/live/figures/?place=X06000001&measure=absence_overall&period=2019/20",
    ],
)
def test_what_is_not_there_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.usefixtures("alice", "store")
def test_a_place_or_school_without_returns_says_what_to_do_next(read: Reading, store: Path) -> None:
    assert "No school of Plymouth has sent anything" in read("/live/places/E06000026/").words
    silent = next(urn for urn in range(990001, 990040) if urn not in receipts(Facts(store))[0].schools)
    page = read(f"/live/schools/{silent}/")
    assert "send its roll and its register" in page.words
    assert page.addresses("/returns/") == ["/returns/"]


@pytest.mark.usefixtures("alice", "empty_store")
def test_before_anything_was_sent_the_first_page_says_what_to_do(read: Reading) -> None:
    assert "No school has sent anything yet" in read("/live/").words


@pytest.mark.usefixtures("store")
def test_public_pages_lead_there_in_words_that_are_the_same_for_everybody(client: Client) -> None:
    answer = client.get("/places/X06000001/")
    assert 'href="/live/places/X06000001/">Figures from schools’ own returns (sign in)</a>' in answer.content.decode()
    assert not answer.cookies
    measure = client.get("/places/X06000001/measures/persistent_absence/").content.decode()
    assert 'href="/live/places/X06000001/measures/persistent_absence/"' in measure
    assert "(sign in)" not in client.get("/places/X06000001/measures/neet/").content.decode()
    assert "(sign in)" in client.get("/schools/990003/").content.decode()


@pytest.mark.usefixtures("alice")
def test_no_page_names_a_child(client: Client, store: Path) -> None:
    known: set[str] = set()
    for roll in (store.parent / "returns").glob("*/roll.csv"):
        with roll.open(encoding="utf-8", newline="") as file:
            known |= {row["upn"] for row in csv.DictReader(file) if row["upn"]}
    assert len(known) > 400
    for address in [*addresses(store), f"{PLACE}movement/secondary.csv", f"{PLACE}tables/measures.csv"]:
        said = client.get(address).content.decode("utf-8-sig")
        assert not known & set(re.findall(r"[A-Z]\d{11}[0-9A-Z]", said)), address


def test_a_new_return_shows_within_a_second_and_days_are_kept_apart(
    store: Path, settings: Settings, tmp_path: Path
) -> None:
    copy = tmp_path / "store"
    copy_store(store, copy)
    settings.ROPEWALK_STORE = copy
    now = [0.0]
    held = states.LiveStates(clock=lambda: now[0])
    first = held.get(None)
    assert held.get(None) is first
    then = held.get("2026-03-20")
    assert then is not first
    now[0] += states.CHECK_EVERY
    # Nothing new: the same counts stand.
    assert held.get(None) is first
    roll = tmp_path / "roll.csv"
    roll.write_text(
        "urn,upn,surname,forename,date_of_birth,sex,year_group,enrolment_status,start_date,postcode\n"
        "990001,H011206719000,Quince,Ottoline,2014-05-01,F,6,C,2025-09-01,ZZ1 1AA\n"
    )
    (tmp_path / "scratch").mkdir()
    sent = submit_files(
        Facts(copy),
        [roll],
        by="Alice",
        key=b"k" * 32,
        scratch=tmp_path / "scratch",
        now=datetime(2026, 3, 22, tzinfo=UTC),
        year="2025/26",
    )
    assert sent.is_new
    assert held.get(None) is first
    now[0] += states.CHECK_EVERY
    fresh = held.get(None)
    assert fresh is not first
    assert 990001 in fresh.schools
    assert held.get("2026-03-20") is then
