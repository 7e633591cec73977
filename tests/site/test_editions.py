"""The life of an edition through its pages: made, challenged, answered, checked, released, corrected."""

from __future__ import annotations

import hashlib
import io
import json
import re
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import ProtectedError
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.databases import database_of
from tests.editions_world import (
    CODE,
    CUTS,
    Stores,
    World,
    computed,
    let_the_window_pass,
    make_world,
    own_store,
    stands,
)

from ropewalk.core.disclosure import Audience
from ropewalk.core.disclosure.edition import Difference
from ropewalk.core.errors import InputRefused
from ropewalk.core.schema.groups import group
from ropewalk.core.use_cases.editions import own_figures, reproduce_edition
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.audit.models import Entry
from ropewalk.site.foundation.organisations.actions import make_place, name_organisation
from ropewalk.site.foundation.organisations.kinds import OrganisationKind
from ropewalk.site.foundation.terms.purposes import Purpose
from ropewalk.site.foundation.terms.wording import THRESHOLD
from ropewalk.site.see.editions import challenging, making, releasing
from ropewalk.site.see.editions.demonstration import make_editions
from ropewalk.site.see.editions.differences import difference_lines
from ropewalk.site.see.editions.life import Stage
from ropewalk.site.see.editions.making import Asked
from ropewalk.site.see.editions.models import Challenge, Draft, Edition
from ropewalk.site.see.editions.pages import names_of
from ropewalk.site.see.editions.telling import tell_schools
from ropewalk.site.see.sharing.facts import facts

pytestmark = pytest.mark.django_db
HOME = f"/editions/{CODE}/"


@pytest.fixture
def world(edition_stores: Stores, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> World:
    """Nothing is released yet."""
    monkeypatch.setenv("DATABASE_URL", database_of(tmp_path / "store"))
    return make_world(own_store(edition_stores.before, tmp_path, settings))


@pytest.fixture
def edition(world: World, edition_stores: Stores) -> Edition:
    """An edition that was just computed."""
    return world.drafted(edition_stores.first)


@pytest.fixture
def later(edition_stores: Stores, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> World:
    """Two editions are released."""
    monkeypatch.setenv("DATABASE_URL", database_of(tmp_path / "store"))
    world = make_world(own_store(edition_stores.after, tmp_path, settings))
    for made in (edition_stores.first, edition_stores.second):
        world.released(made)
    return world


def made(world: World, **said: object) -> Edition:
    """An edition made through the form, computed in the background."""
    asked = {"period": "2024/25", "cuts": ["persistent_absence-disadvantaged"], **said}
    answer = world.client("Cora").post(f"{HOME}new/", asked)
    assert answer.status_code == 302, answer.content.decode()
    return computed(Edition.objects.get(place=CODE, state="open"))


def draft_page(edition: Edition) -> str:
    return f"{HOME}{edition.number}/draft/"


def own_page(edition: Edition, urn: int) -> str:
    return f"{HOME}{edition.number}/schools/{urn}/"


def text(client: Client, address: str, code: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == code, address
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def checked_by_two(world: World, edition: Edition) -> None:
    seen = stands(edition).draft.digest
    for name in ("Olu", "Petra"):
        assert world.client(name).post(f"{draft_page(edition)}check/", {"seen": seen}).status_code == 302


def release(world: World, edition: Edition) -> None:
    page = f"{draft_page(edition)}release/"
    answer = world.client("Cora").post(page, {"seen": stands(edition).draft.digest})
    assert answer.status_code == 302, answer.content.decode()


def test_an_edition_is_made_challenged_computed_anew_checked_released_and_public(world: World) -> None:
    edition, urn = made(world), world.urns[3]
    head, cora = world.client(f"head of {urn}"), world.client("Cora")
    own = text(head, own_page(edition, urn))
    assert "You see them first." in own
    assert text(Client(), f"{HOME}{edition.number}/", 404)
    # Challenged, answered, computed anew.
    said = {"kind": "correction", "words": "Twelve pupils of Year 6 are marked twice."}
    assert head.post(f"{own_page(edition, urn)}challenge/", said).status_code == 302
    assert "1 challenge waits for an answer." in text(cora, draft_page(edition))
    challenge = Challenge.objects.for_system_job("a test").get()
    answer = f"{draft_page(edition)}challenges/{challenge.pk}/"
    assert cora.post(answer, {"outcome": "agreed", "words": "Counted anew."}).status_code == 302
    assert "A school was found right: compute the figures anew." in text(cora, draft_page(edition))
    for code in (302, 422):
        assert cora.post(f"{draft_page(edition)}again/", {"seen": 1}).status_code == code
    computed(edition)
    assert "Counted anew." in text(head, own_page(edition, urn))
    assert "In the draft before" in text(head, own_page(edition, urn))
    # Checked by two others, once the window is over.
    seen = stands(edition).draft.digest
    assert world.client("Olu").post(f"{draft_page(edition)}check/", {"seen": seen}).status_code == 422
    let_the_window_pass(edition)
    assert cora.post(f"{draft_page(edition)}check/", {"seen": seen}).status_code == 422
    checked_by_two(world, edition)
    assert "This cannot be undone." in text(cora, f"{draft_page(edition)}release/")
    release(world, edition)
    # Released: public, on the list, the same bytes when computed again, every step in the log.
    public = text(Client(), f"{HOME}{edition.number}/")
    assert Edition.objects.get(pk=edition.pk).digest in public
    assert "edition 1" in text(Client(), HOME).lower()
    assert reproduce_edition(facts(), CODE, edition.number).same
    done = list(Entry.objects.order_by("number").filter(thing__startswith="editions:").values_list("thing", flat=True))
    steps = [one for one in done if one not in {"editions:own", "editions:edition", "editions:release-page"}]
    assert [*dict.fromkeys(steps)] == [
        *("editions:new", "editions:challenge", "editions:answer", "editions:again"),
        *("editions:check", "editions:release"),
    ]


def test_whoever_looks_at_own_figures_stands_in_the_schools_list(world: World, edition: Edition) -> None:
    urn = world.urns[3]
    text(world.client(f"head of {urn}"), own_page(edition, urn))
    entry = Entry.objects.get(thing="editions:own")
    assert (entry.school, entry.who, entry.about) == (urn, f"head of {urn}", "edition 1")


def test_schools_that_do_not_share_are_not_counted_and_see_nothing(world: World, edition: Edition) -> None:
    silent, absent = world.urns[:2]
    assert absent not in stands(edition).draft.schools
    world.head(absent)
    assert text(world.client(f"head of {absent}"), own_page(edition, absent), 404)
    assert "so they will see none" in text(world.client(f"head of {silent}"), own_page(edition, silent))


def test_a_school_sees_its_small_numbers_and_whoever_prepares_does_not(world: World, edition: Edition) -> None:
    urn, hidden = next(
        (urn, figure)
        for urn in stands(edition).draft.partners
        for figure in own_figures(facts(), stands(edition).wanted, urn)
        if figure.numerator is not None and 0 < figure.numerator < THRESHOLD
    )
    own = text(world.client(f"head of {urn}"), own_page(edition, urn))
    row = f"{group(hidden.group).words} {hidden.value:.1f}% hidden {hidden.numerator} {hidden.denominator}"
    assert row in own
    shown = world.client("Cora").get(draft_page(edition)).content.decode()
    name = names_of([urn])[urn]
    cells = re.search(rf"<th[^>]*>{re.escape(name)}</th>(.*?)</tr>", shown)
    assert cells is not None
    assert f"{hidden.value:.1f}%" not in cells[1]


def test_partners_see_hidden_as_hidden_and_no_school_that_withdrew(later: World) -> None:
    partner, page = later.client(f"head of {later.urns[4]}"), f"{HOME}1/partners"
    rows = json.loads(partner.get(f"{page}.json").content)["tables"][0]["rows"]
    names = names_of(later.urns)
    silent, absent, left = later.urns[:3]
    assert {row["School"] for row in rows} == {names[urn] for urn in later.urns} - {names[silent], names[absent]}
    assert any("hidden" in row.values() for row in rows)
    later.answer(left, [Purpose.PLACE_FIGURES])
    assert "stopped letting partners see its own figures after the release" in text(partner, f"{page}/")
    rows = json.loads(partner.get(f"{page}.json").content)["tables"][0]["rows"]
    assert names[left] not in {row["School"] for row in rows}
    assert Entry.objects.filter(thing="editions:partners-file", place=CODE, deed="took").count() == 2


def test_partners_figures_are_for_roles_at_the_place_and_its_schools_alone(later: World) -> None:
    page = f"{HOME}1/partners/"
    assert Client().get(page).status_code == 302
    body = name_organisation(kind=OrganisationKind.PARTNER, key="body", name="A body")
    later.person("Sam", "partner", body)
    # A set of schools of the place is another place.
    today, now = timezone.localdate(), timezone.now()
    listed = [(later.urns[3], "A school")]
    some = make_place(name="Some", schools=listed, within=None, begins=today, by="Dana", now=now)
    later.person("Sue", "coordinator", some)
    later.person("Rick", "reviewer", later.place)
    for name, code in (("Sam", 404), ("Sue", 404), ("Rick", 200), ("Olu", 200)):
        assert text(later.client(name), page, code), name


def test_files_hold_exactly_what_the_page_shows(later: World) -> None:  # noqa: ARG001
    page = Client().get(f"{HOME}1/").content.decode()
    csv = Client().get(f"{HOME}1/figures.csv").content.decode("utf-8-sig")
    rows = json.loads(Client().get(f"{HOME}1/figures.json").content)["tables"][0]["rows"]
    assert len(csv.strip().splitlines()) == len(rows) + 1
    for row in rows:
        shown = re.search(rf"<th[^>]*>{re.escape(row['Pupils'])}</th><td[^>]*>(.*?)</td>", page)
        assert shown is not None
        number = re.sub(r"<[^>]+>|%", "", shown[1])
        assert number == (row["Figure"] if isinstance(row["Figure"], str) else f"{row['Figure']:.1f}")
    book = openpyxl.load_workbook(io.BytesIO(Client().get(f"{HOME}1/figures.xlsx").content))
    cover, *_, sheet = ([[cell.value for cell in row] for row in one.rows] for one in book.worksheets)
    assert "Small numbers are hidden" in str(cover)
    lines = {line[0]: [round(cell, 1) if isinstance(cell, float) else cell for cell in line] for line in sheet}
    assert all((row["Figure"] or "hidden") in lines[row["Pupils"]] for row in rows)
    assert Client().get(f"{HOME}1/figures.pdf").status_code == 404


def test_a_released_edition_is_neither_changed_nor_deleted(later: World) -> None:
    row = Edition.objects.get(number=1)
    row.period = "2023/24"
    for change in (row.save, row.delete, Edition.objects.all().delete, lambda: Edition.objects.update(period="x")):
        with pytest.raises(ProtectedError):
            change()
    said = {"edition": Edition.objects.get(number=1), "by": later.people["Cora"], "now": timezone.now()}
    Draft.objects.create(edition=row, number=1, schools=[], partners=[], threshold=5, by=said["by"], at=said["now"])
    with pytest.raises(InputRefused, match="What was released stays released"):
        making.compute_anew(**said, seen=1)
    with pytest.raises(InputRefused, match="What was released stays released"):
        making.drop(**said, reason="A test.")


def test_a_correction_says_what_it_corrects_and_why(later: World) -> None:
    assert "Corrected by edition 2" in text(Client(), f"{HOME}1/")
    assert "corrects edition 1" in text(Client(), HOME)
    second = text(Client(), f"{HOME}2/")
    assert "It corrects edition 1. The reason: A school had sent last year&#x27;s file." in second
    cora, asked = later.client("Cora"), {"period": "2024/25", "cuts": ["persistent_absence"], "reason": ""}
    answer = cora.post(f"{HOME}new/?corrects=2", asked)
    assert (answer.status_code, "Say in a sentence what was wrong." in answer.content.decode()) == (422, True)
    assert cora.get(f"{HOME}new/?corrects=9").status_code == 404


def test_a_school_that_stops_sharing_stops_the_release(world: World, edition: Edition) -> None:
    let_the_window_pass(edition)
    checked_by_two(world, edition)
    world.answer(world.urns[3], [Purpose.PLACE_FIGURES])
    world.answer(world.urns[4], [])
    page = f"{draft_page(edition)}release/"
    answer = world.client("Cora").post(page, {"seen": stands(edition).draft.digest})
    assert answer.status_code == 422
    for words in ("1 school stopped sharing", "1 school stopped letting partners", "Compute the figures anew"):
        assert words in answer.content.decode()
    assert Edition.objects.get().state == "open"


def test_words_with_a_pupil_number_are_refused(world: World, edition: Edition) -> None:
    urn = world.urns[3]
    words = "The pupil H011 2067 1900 0 left."
    page = f"{own_page(edition, urn)}challenge/"
    answer = world.client(f"head of {urn}").post(page, {"kind": "comment", "words": words})
    assert (answer.status_code, "There is a pupil number" in answer.content.decode()) == (422, True)
    assert not Challenge.objects.for_system_job("a test").exists()


def test_the_same_words_sent_twice_are_one_challenge(world: World, edition: Edition) -> None:
    urn = world.urns[3]
    head, said = world.client(f"head of {urn}"), {"kind": "comment", "words": "A new unit opened in May."}
    assert head.post(f"{own_page(edition, urn)}content/").status_code == 302
    for _ in range(2):
        assert head.post(f"{own_page(edition, urn)}challenge/", said).status_code == 302
    assert Challenge.objects.for_system_job("a test").count() == 1
    assert not stands(edition).standing.content


def test_when_every_school_is_content_checking_begins_at_once(world: World, edition: Edition) -> None:
    for urn in stands(edition).draft.schools:
        challenging.be_content(edition=edition, urn=urn, by=world.head(urn), now=timezone.now())
    checked_by_two(world, edition)
    assert stands(edition).hindrances == []


def test_a_check_is_of_the_draft_that_was_read(world: World, edition: Edition) -> None:
    let_the_window_pass(edition)
    with pytest.raises(InputRefused, match="computed anew while you looked"):
        releasing.check(edition=edition, seen="other", words="", by=world.people["Olu"], now=timezone.now())
    checked_by_two(world, edition)
    with pytest.raises(InputRefused, match="computed anew while you looked"):
        releasing.release(edition=edition, seen="other", by=world.people["Cora"], now=timezone.now())


def test_what_cannot_be_computed_is_told_in_words_and_can_be_given_up(world: World) -> None:
    cora = world.client("Cora")
    assert cora.post(f"{HOME}new/", {"period": "2023/24", "cuts": ["persistent_absence"]}).status_code == 302
    edition = Edition.objects.get()
    while stands(edition).is_computing:
        time.sleep(0.05)
    page = text(cora, draft_page(edition))
    assert "No school of X06000001 has sent" in page
    assert "Compute the figures again" in page
    assert cora.post(f"{draft_page(edition)}drop/", {"reason": ""}).status_code == 422
    assert cora.post(f"{draft_page(edition)}drop/", {"reason": "The wrong year."}).status_code == 302
    assert "Given up by Cora" in text(cora, draft_page(edition))
    assert f'href="{HOME}new/"' in cora.get("/editions/").content.decode()


def test_without_a_school_that_shares_the_page_says_what_to_do_first(world: World) -> None:
    for urn in (world.urns[0], *world.urns[2:]):
        world.answer(urn, [])
    assert "No school shares for figures of the place yet." in text(world.client("Cora"), f"{HOME}new/")
    with pytest.raises(InputRefused, match="No school shares"):
        making.make(asked=Asked(place=CODE, period="2024/25", cuts=CUTS), by=world.people["Cora"], now=timezone.now())


def test_a_second_edition_waits_for_the_first(world: World, edition: Edition) -> None:
    answer = world.client("Cora").post(f"{HOME}new/", {"period": "2024/25", "cuts": ["persistent_absence"]})
    assert (answer.status_code, "is on its way already" in answer.content.decode()) == (422, True)
    assert Edition.objects.get() == edition


def test_a_release_that_was_cut_short_is_ended_with_the_same_bytes(world: World, edition: Edition) -> None:
    let_the_window_pass(edition)
    checked_by_two(world, edition)
    said = {"edition": edition, "seen": stands(edition).draft.digest, "by": world.people["Cora"]}
    with pytest.raises(KeyError, match="the machine stops"), transaction.atomic():
        releasing.release(**said, now=timezone.now())
        raise KeyError("the machine stops")
    assert Edition.objects.get().state == "open"
    assert text(Client(), f"{HOME}1/", 404)
    file = facts().root / "editions" / CODE / "0001.json"
    written = file.read_bytes()
    releasing.release(**said, now=timezone.now())
    assert file.read_bytes() == written
    assert Edition.objects.get().digest == hashlib.sha256(written).hexdigest()


def test_each_begins_with_what_waits_for_them(world: World, edition: Edition) -> None:
    urn = world.urns[3]
    assert own_page(edition, urn) in world.client(f"head of {urn}").get("/editions/").content.decode()
    cora = world.client("Cora").get("/editions/").content.decode()
    assert draft_page(edition) in cora
    assert "/schools/" not in cora
    nobody = Account.objects.create(name="Nobody")
    world.people["Nobody"] = nobody
    assert world.client("Nobody").get("/editions/").status_code == 404


def test_heads_are_told_by_letter_that_figures_wait_and_no_figure_stands_in_it(
    world: World, edition: Edition, settings: Settings, mailoutbox: list[EmailMessage]
) -> None:
    head, draft = world.head(world.urns[3]), stands(edition).draft
    head.email = "head@school.example"
    head.save()
    settings.MAIL = None
    assert tell_schools(draft) == 0
    settings.MAIL = object()
    assert tell_schools(draft) == 1
    assert mailoutbox[0].to == ["head@school.example"]
    assert "edition 1 of the place" in mailoutbox[0].body
    assert "%" not in mailoutbox[0].body


@pytest.mark.usefixtures("world")
def test_the_demo_has_a_released_edition_and_one_that_schools_look_at() -> None:
    made_up = datetime(2026, 3, 22, 12, tzinfo=UTC)
    make_editions(place=CODE, by="Cora", administrator="Dana", now=made_up)
    second = computed(Edition.objects.get(state="open"))
    assert "Released on" in text(Client(), f"{HOME}1/")
    assert (second.number, second.period, stands(second).stage) == (2, "2024/25", Stage.OWN_FIRST)


def test_differences_are_told_to_partners_by_school_and_to_everyone_for_the_place_alone(edition_stores: Stores) -> None:
    second = edition_stores.second
    shown, other = second.wanted.partners[0], (set(second.wanted.schools) - set(second.wanted.partners)).pop()
    cell = {"measure": "persistent_absence", "family": "disadvantaged", "held": False, "part": "yes", "new": 31}
    stated = (
        Difference(**cell, of="place", key="", group="disadvantaged", old=30),
        Difference(**cell, of="phase", key="primary", group="all", old=29),
        Difference(**cell, of="school", key=str(shown), group="all", old=28),
        Difference(**cell, of="school", key=str(other), group="all", old=27),
        Difference(measure="basics_4", family=None, held=True, words="It waits."),
    )
    corrected = replace(second, stated=stated)
    everyone = difference_lines(corrected, {}, Audience.EVERYONE)
    assert [(one.who, one.old, one.new) for one in everyone.lines] == [
        ("All schools: Disadvantaged pupils", "30", "31"),
        ("Primary schools", "29", "31"),
    ]
    partners = difference_lines(corrected, {shown: "Hilltop School"})
    assert [one.who for one in partners.lines[2:]] == ["Hilltop School"]
    assert everyone.held == partners.held == ("It waits.",)
