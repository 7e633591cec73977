"""A plan on one page, whatever it holds, and the whole of it in Word."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from docx import Document
from hypothesis import given
from hypothesis import settings as bounded
from hypothesis import strategies as st
from pypdf import PdfReader
from pytest_django.fixtures import Settings
from tests.site import partnership_cast
from tests.site.partnership_cast import NOW, TODAY, Cast

from ropewalk.core.publish.plan_document import write_plan_document
from ropewalk.core.publish.plan_page import write_plan_page
from ropewalk.core.publish.plan_sheet import PlanKpi, PlanPart, PlanSheet
from ropewalk.site.agree.plan.actions.items import Promise, add
from ropewalk.site.agree.plan.actions.kpis import Wanted, set_measure
from ropewalk.site.agree.plan.actions.plans import NewPlan, draft
from ropewalk.site.agree.plan.kinds import Comes, ItemKind
from ropewalk.site.agree.plan.models import Item, Plan
from ropewalk.site.agree.plan.ways import WAYS

HOME = "/plans/south-harbour/"
SHEET = PlanSheet("Plan", "Harbourmouth", "live", "More in school.", TODAY, "The rule.", (), (), (), ())


@pytest.fixture
def cast(made_up_store: Path, settings: Settings, db: None) -> Cast:  # noqa: ARG001
    settings.ROPEWALK_STORE = made_up_store
    made = partnership_cast.made()
    made.person("Cora", "coordinator", made.place)
    return made


def pages(content: bytes) -> list[str]:
    """The text of each page, on one line."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]


def measure(plan: Plan, words: str, cast: Cast) -> None:
    """Say how a KPI is measured."""
    wanted = Wanted(comes=Comes.PUBLISHED, area=cast.area.code, measure="persistent_absence", phase="all", group="all")
    item = Item.objects.get(plan=plan, words=words)
    wanted = replace(wanted, period="2022/23", by_period="2029/30", target=Decimal(20))
    set_measure(wanted, item=item, by=cast.people["Cora"], now=NOW)


@pytest.mark.parametrize("way", [one.id for one in WAYS])
def test_every_template_stands_on_one_page_and_whole_in_word(cast: Cast, client: Client, way: str) -> None:
    cora = cast.people["Cora"]
    plan = draft(NewPlan("Ours", way=way), place=cast.place, by=cora, now=NOW)
    late = Promise(words="Ring every head", due=TODAY - timedelta(days=3), owner=cora)
    add(ItemKind.ACTION, late, plan=plan, by=cora, now=NOW)
    first = Item.objects.filter(plan=plan, kind=ItemKind.KPI).order_by("pk").first()
    if first is not None:
        measure(plan, first.words, cast)
    client.force_login(cora)
    answer = client.get(f"{HOME}{plan.pk}/plan.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    [page] = pages(answer.content)
    assert "Ring every head (due 29 August 2026, Cora)" in page
    assert plan.aim in page
    if first is not None:
        assert "Persistent absence" in page or first.words in page
        assert "by 2029 to 2030" in page
        assert "Where the figures come from" in page
        assert "cannot tell yet" in page or "on track" in page or "behind" in page
    answer = client.get(f"{HOME}{plan.pk}/plan.docx")
    word = Document(io.BytesIO(answer.content))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    for item in Item.objects.filter(plan=plan):
        assert any(item.words in cell for cell in cells)


def full(parts: int, kpis: int, letters: int) -> PlanSheet:
    """A plan with so many parts and KPIs, each of so many letters."""
    words = ("word " * 200)[:letters].strip() or "w"
    wide = [PlanPart(f"Strand {number}", words, number % 3, holds=True) for number in range(parts)]
    late = [
        PlanPart(f"Action {number}", words, 1, holds=False, who=words[:20], due="1 May 2026", is_late=True)
        for number in range(parts)
    ]
    measured = [
        PlanKpi(f"KPI {number}", words, *[words[:25]] * 3, "cannot tell yet", words, f"{words} {number % 3}")
        for number in range(kpis)
    ]
    return replace(SHEET, title=words[:120], aim=words, rule=words, parts=(*wide, *late), kpis=tuple(measured))


@pytest.mark.parametrize(("parts", "kpis", "letters"), [(0, 0, 1), (6, 10, 60), (60, 60, 60), (250, 250, 500)])
def test_a_plan_of_any_size_is_one_page_which_says_how_much_it_leaves_out(parts: int, kpis: int, letters: int) -> None:
    [page] = pages(write_plan_page(full(parts, kpis, letters)))
    assert ("more, see the whole plan" in page) == (parts > 6)


def test_a_word_without_end_does_not_make_a_second_page() -> None:
    sheet = replace(full(250, 250, 500), title="x" * 200, aim="y" * 500)
    assert len(pages(write_plan_page(sheet))) == 1


@bounded(max_examples=5, deadline=None, derandomize=True, database=None)
@given(st.text(max_size=300), st.text(max_size=300))
def test_any_words_stand_in_both_documents_and_none_of_them_as_markup(title: str, words: str) -> None:
    part = PlanPart("Action 1", f"<b>{words}", 0, holds=False, is_late=True, due="today", note=words)
    sheet = replace(SHEET, title=f"<i>{title}", parts=(part,), aim=words)
    assert len(pages(write_plan_page(sheet))) == 1
    assert "<b>" in Document(io.BytesIO(write_plan_document(sheet))).tables[0].rows[1].cells[0].text
