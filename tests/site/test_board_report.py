"""Board reports: one content on page, PDF and slides; frozen; and a version for everybody that holds nothing else."""

from __future__ import annotations

import dataclasses
import io
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.models import ProtectedError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pptx import Presentation
from pypdf import PdfReader
from pytest_django.fixtures import Settings
from tests.site import partnership_cast
from tests.site.board_report_cast import CANARY, NAMED, Planned, planned, published
from tests.site.conftest import Page
from tests.site.partnership_cast import Cast

from ropewalk.core.errors import InputRefused, NotAllowed, StoreFault
from ropewalk.core.publish.board_report.content import Report as Content
from ropewalk.core.publish.board_report.content import digest_of, read
from ropewalk.core.publish.board_report.sections import Drawing, Table, kpi_sentence, sections
from ropewalk.site.agree.board_report.actions.reports import make, publish, withdraw
from ropewalk.site.agree.board_report.demonstration import make_board_reports
from ropewalk.site.agree.board_report.models import PublicVersion, Report
from ropewalk.site.agree.board_report.selectors.gathering import Moment, gathered
from ropewalk.site.agree.board_report.selectors.reports import for_everybody, now_at, said_in
from ropewalk.site.agree.plan.actions.items import Promise, add, report
from ropewalk.site.agree.plan.kinds import ItemKind, Status
from ropewalk.site.agree.plan.models import Item
from ropewalk.site.foundation.accounts.models import Account
from ropewalk.site.foundation.organisations.kinds import PlaceKind
from ropewalk.site.foundation.organisations.models import Place

Reading = Callable[..., Page]


@dataclasses.dataclass
class World:
    """The council area of the cast, who runs its partnership, and its plan."""

    cast: Cast
    place: Place
    cora: Account
    plan: Planned

    def make(self, **named: Any) -> Report:
        return make(place=self.place, by=self.cora, now=timezone.now(), **named)

    def client(self, account: Account | None = None) -> Client:
        client = Client()
        client.force_login(account or self.cora)
        return client


@pytest.fixture
def world(made_up_store: Path, settings: Settings, db: None) -> World:  # noqa: ARG001
    settings.ROPEWALK_STORE = made_up_store
    cast = partnership_cast.made()
    cora = cast.person("Cora", "coordinator", cast.area)
    place = Place.objects.get(kind=PlaceKind.COUNCIL_AREA, code="X06000001")
    return World(cast, place, cora, planned(place, by=cora, now=timezone.now()))


AT = "/board-reports/X06000001/"


def squeezed(text: str) -> str:
    """Without white space, hyphens and soft breaks, so that lines may break wherever they like."""
    return re.sub(r"[\s\u00ad\u200b]+", "", text)


def said_by(content: Content) -> list[str]:
    """Every fact of a report: headings, sentences, cells, and how each KPI stands."""
    found: list[str] = []
    for section in sections(content):
        found.append(section.title)
        for block in section.blocks:
            if isinstance(block, Table):
                found += [cell for row in block.rows for cell in row]
            elif isinstance(block, Drawing):
                found.append(kpi_sentence(block.kpi))
            else:
                found += block.lines
    return found


def text_of_pdf(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def text_of_slides(content: bytes) -> str:
    """All that stands on slides and in their notes."""
    found: list[str] = []
    for slide in Presentation(io.BytesIO(content)).slides:
        found.append(slide.notes_slide.notes_text_frame.text)
        for shape in slide.shapes:
            found.append(shape.text_frame.text if shape.has_text_frame else "")
            found.append(shape._element.xpath(".//p:cNvPr")[0].get("descr") or "")
            if shape.has_table:
                found += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(found)


def test_page_pdf_and_slides_say_the_same(world: World, read: Reading, client: Client) -> None:
    client.force_login(world.cora)
    row = world.make(meeting=world.plan.meeting)
    content = said_in(row)
    page = read(f"{AT}{row.number}/").words
    pdf, slides = client.get(f"{AT}{row.number}/report.pdf"), client.get(f"{AT}{row.number}/report.pptx")
    texts = (page, text_of_pdf(pdf.content), text_of_slides(slides.content))
    facts = said_by(content)
    assert len(facts) > 40
    for words in facts:
        for text in texts:
            assert squeezed(words) in squeezed(text), words
    # Of every part of the report there is something to compare.
    named = {field.name for field in dataclasses.fields(content) if not getattr(content, field.name)}
    assert named <= {"public", "since", "changed", "meetings_since"}


def test_a_report_does_not_change_when_the_plan_does_and_its_files_neither(world: World, client: Client) -> None:
    client.force_login(world.cora)
    row = world.make()
    addresses = [f"{AT}{row.number}/report.{ending}" for ending in ("pdf", "pptx", "json")]
    before = [client.get(address).content for address in addresses]
    assert digest_of(before[2].decode()) == row.digest
    item = Item.objects.select_related("plan__place", "owner", "parent").get(pk=world.plan.late.pk)
    report(Status.DONE, "At last", item=item, by=world.cora, now=timezone.now())
    add(ItemKind.ACTION, Promise(words="One more"), plan=world.plan.plan, by=world.cora, now=timezone.now())
    assert [client.get(address).content for address in addresses] == before
    assert "One more" not in client.get(f"{AT}{row.number}/").content.decode()
    assert "One more" in client.get(f"{AT}now/").content.decode()
    with pytest.raises(ProtectedError):
        row.save()
    with pytest.raises(ProtectedError):
        row.delete()


def test_a_report_that_was_tampered_with_is_not_shown(world: World) -> None:
    row = world.make()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE board_report_report SET digest = %s WHERE id = %s", ["0" * 64, row.pk])
    with pytest.raises(StoreFault):
        said_in(Report.objects.get(pk=row.pk))


def test_the_public_version_holds_nothing_that_is_not_public(world: World) -> None:
    row = world.make(meeting=world.plan.meeting)
    ours = text_of_slides(world.client().get(f"{AT}{row.number}/report.pptx").content)
    assert CANARY in ours
    published(row, by=world.cora, now=timezone.now())
    nobody = Client()
    found = [nobody.get(f"{AT}public/{row.number}/")]
    found += [nobody.get(f"{AT}public/{row.number}/report.{ending}") for ending in ("pdf", "pptx", "json")]
    assert [one.status_code for one in found] == [200] * 4
    page, pdf, slides, json = (one.content for one in found)
    for text in (page.decode(), text_of_pdf(pdf), text_of_slides(slides), json.decode()):
        for hidden in (CANARY, *NAMED, "Cora", "73.123", "81.456", "£", "survey", "need a decision"):
            assert hidden.casefold() not in text.casefold(), hidden
        # What everybody may know is there.
        assert "Persistent absence falls" in text
        assert "Ring, says the chair" in squeezed_words(text)
    assert "£" not in page.decode()
    content = read(json.decode())
    assert content.public
    assert {one.comes for one in content.kpis if one.points} == {"published"}


def squeezed_words(text: str) -> str:
    return " ".join(text.split())


def test_money_is_public_only_where_whoever_publishes_says_so(world: World) -> None:
    row = world.make()
    published(row, by=world.cora, now=timezone.now(), money=True)
    text = Client().get(f"{AT}public/{row.number}/").content.decode()
    assert "£123.45" in text
    assert "Stamps" not in text
    assert CANARY not in text


def test_what_is_published_is_what_was_looked_at_and_can_be_withdrawn(world: World, read: Reading) -> None:
    row = world.make()
    client, nobody = world.client(), Client()
    assert nobody.get(f"{AT}public/").status_code == 404
    page = client.get(f"{AT}{row.number}/publish/?money=yes").content.decode()
    digest = re.search(r'name="digest" value="([0-9a-f]{64})"', page)
    assert digest is not None
    # What was looked at had money in it; without, it is another text.
    said = {"digest": digest.group(1), "money": "no", "sure": "yes"}
    refused = client.post(f"{AT}{row.number}/publish/", said)
    assert refused.status_code == 422
    assert "not what you looked at" in refused.content.decode()
    assert client.post(f"{AT}{row.number}/publish/", {**said, "money": "yes", "sure": ""}).status_code == 422
    assert client.post(f"{AT}{row.number}/publish/", {**said, "money": "yes"}).status_code == 302
    assert read(f"{AT}public/").addresses(f"{AT}public/1/") == [f"{AT}public/1/"]
    assert nobody.get(f"{AT}public/1/").headers["Cache-Control"] == "no-store"
    with pytest.raises(InputRefused):
        published(row, by=world.cora, now=timezone.now())
    assert client.post(f"{AT}{row.number}/withdraw/", {"because": ""}).status_code == 422
    assert client.post(f"{AT}{row.number}/withdraw/", {"because": "A school asked."}).status_code == 302
    for end in ("", "1/", "1/report.pdf", "1/report.pptx", "1/report.json"):
        assert nobody.get(f"{AT}public/{end}").status_code == 404
    kept = PublicVersion.objects.get()
    assert (kept.withdrawn_by, kept.withdrawn_because) == (world.cora, "A school asked.")
    with pytest.raises(ProtectedError):
        kept.save()
    published(row, by=world.cora, now=timezone.now())
    assert nobody.get(f"{AT}public/1/").status_code == 200


def test_only_whoever_runs_the_partnership_makes_and_publishes(world: World) -> None:
    head, now = world.cast.head(partnership_cast.URNS[0]), timezone.now()
    row = world.make()
    for do in (
        lambda: make(place=world.place, by=head, now=now),
        lambda: publish(report=row, expected="", money=False, by=head, now=now),
        lambda: withdraw(report=row, because="I want to", by=head, now=now),
    ):
        with pytest.raises(NotAllowed):
            do()
    client = world.client(head)
    assert client.get(f"{AT}{row.number}/").status_code == 200
    assert client.get(f"{AT}make/").status_code == 404
    stranger = world.client(Account.objects.create(name="Charlie"))
    assert stranger.get(f"{AT}{row.number}/").status_code == 404


def test_a_report_is_made_for_a_meeting_by_a_form_and_the_next_says_what_came_since(world: World) -> None:
    client = world.client()
    assert client.post(f"{AT}make/", {}).status_code == 422
    assert client.post(f"{AT}make/", {"meeting": str(world.plan.meeting.pk)}).status_code == 302
    first = Report.objects.get()
    assert first.meeting == world.plan.meeting
    assert said_in(first).meeting.startswith("Education Board, ")
    second = gathered(world.plan.plan, Moment(timezone.now() + timedelta(seconds=1), first))
    assert second.since
    assert second.changed == ()
    assert [one.kind for one in second.outcomes] == ["decision", "action"]
    assert second.outcomes[1].standing.startswith("late")


def test_without_a_plan_there_is_nothing_to_report(settings: Settings, made_up_store: Path, db: None) -> None:  # noqa: ARG001
    settings.ROPEWALK_STORE = made_up_store
    cast = partnership_cast.made()
    cora = cast.person("Cora", "coordinator", cast.area)
    client = Client()
    client.force_login(cora)
    assert "There is no plan to report on yet" in client.get(AT).content.decode()
    assert client.get(f"{AT}now/").status_code == 404
    assert client.post(f"{AT}make/", {"meeting": "none"}).status_code == 422
    assert now_at(Place.objects.get(code="X06000001"), now=timezone.now()) is None


def test_asks_follow_from_what_is_late_and_proposed(world: World) -> None:
    found = now_at(world.place, now=timezone.now())
    assert found is not None
    asked = " ".join(found[1].asks)
    assert "Action 1.3" in asked
    assert "more time, help, or an end to it?" in asked
    assert "the target 12.0% is proposed" in asked


def test_a_list_of_many_reports_asks_no_more_than_of_few(world: World) -> None:
    client = world.client()

    def asked_for(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    world.make()
    published(Report.objects.get(), by=world.cora, now=timezone.now())
    few = [asked_for(address) for address in (AT, f"{AT}public/")]
    for _ in range(4):
        published(world.make(meeting=world.plan.meeting), by=world.cora, now=timezone.now())
    assert [asked_for(address) for address in (AT, f"{AT}public/")] == few
    few_parts = asked_for(f"{AT}now/")
    for number in range(6):
        add(ItemKind.ACTION, Promise(words=f"Do {number}"), plan=world.plan.plan, by=world.cora, now=timezone.now())
    assert asked_for(f"{AT}now/") == few_parts


def test_the_demo_has_two_reports_and_a_public_one(world: World) -> None:
    make_board_reports(place=world.place.code, coordinator="Cora", now=timezone.now())
    first, second = Report.objects.order_by("number")
    assert first.meeting != second.meeting
    assert said_in(second).since
    assert PublicVersion.objects.standing().get().report == first


def test_names_are_put_out_of_texts_as_whole_words_only(world: World) -> None:
    found = now_at(world.place, now=timezone.now())
    assert found is not None
    words = f"{NAMED[1]}'s plan; Coral reefs; asked by CORA"
    changed = dataclasses.replace(found[1], aim=words)
    public = for_everybody(changed, world.place, on=timezone.localdate(), money=False)
    assert public.aim == "somebody's plan; Coral reefs; asked by the coordinator"
