"""The way in for workbooks of plans, with files nobody meant to send: an answer in words, and no plan changed."""

from __future__ import annotations

import io
import random
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as bounded
from hypothesis import strategies as st
from tests.site import partnership_cast
from tests.site.partnership_cast import NOW, TODAY
from tests.site.test_uploads_fuzz import FUZZED, NAMES, SPOILERS

from ropewalk.core.errors import InputRefused, Problem
from ropewalk.site.agree.plan import reading
from ropewalk.site.agree.plan.actions.plans import NewPlan, draft
from ropewalk.site.agree.plan.models import Change, Plan
from ropewalk.site.agree.plan.selectors.plans import plan_page
from ropewalk.site.agree.plan.views import importing
from ropewalk.site.agree.plan.workbooks import workbook

FEW = bounded(
    phases=(Phase.explicit, Phase.generate),
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def plan(empty_store: Path, db: None, client: Client) -> Plan:  # noqa: ARG001
    made = partnership_cast.made()
    cora = made.person("Cora", "coordinator", made.place)
    client.force_login(cora)
    return draft(NewPlan("Plan", way="recovery"), place=made.place, by=cora, now=NOW)


@pytest.fixture
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the process runs, in this one: a process for each file would take a second each."""

    def sheets_of(content: bytes) -> reading.Sheets:
        try:
            return reading.read(content)
        except (reading.CalamineError, ValueError, OSError, MemoryError) as problem:
            raise InputRefused([Problem("unreadable", "again")]) from problem

    monkeypatch.setattr(importing, "sheets_of", sheets_of)


def sent(client: Client, plan: Plan, content: bytes, name: str) -> str:
    """The answer to a file, which changed nothing."""
    before = Change.objects.count()
    address = FUZZED["site/agree/plan/views/importing.py"].format(code=plan.place.code, number=plan.pk)
    answer = client.post(address, {"file": SimpleUploadedFile(name, content), "because": "A test."})
    assert answer.status_code in {200, 422}
    assert Change.objects.count() == before
    return answer.content.decode()


@bounded(FEW, max_examples=20)
@given(
    st.lists(st.sampled_from(sorted(SPOILERS)), min_size=1, max_size=3),
    st.sampled_from(NAMES),
    st.integers(0, 10_000),
)
@pytest.mark.usefixtures("read_here")
def test_no_file_breaks_the_way_in(plan: Plan, client: Client, ways: list[str], name: str, seed: int) -> None:
    chance, content = random.Random(seed), workbook(plan, plan_page(plan, on=TODAY))  # noqa: S311
    for way in ways:
        content = SPOILERS[way](content, chance)
    sent(client, plan, content[: reading.MOST_BYTES + 1], "plan" + name.format("xlsx")[-60:])


cell = st.none() | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12) | st.integers() | st.booleans()
cell |= st.floats(allow_nan=False, allow_infinity=False) | st.dates() | st.sampled_from(["1", "1.1", "2", "action"])


@bounded(FEW, max_examples=20)
@given(st.lists(st.lists(cell, max_size=12), max_size=6), st.booleans())
@pytest.mark.usefixtures("read_here")
def test_no_cells_break_the_way_in(plan: Plan, client: Client, rows: list[list[object]], keeps: bool) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(plan, plan_page(plan, on=TODAY))))
    sheet = book["Parts"]
    if not keeps:
        sheet.delete_rows(2, sheet.max_row)
    for number, row in enumerate(rows, start=3):
        for column, value in enumerate(row, start=1):
            written = sheet.cell(number, column)
            written.value = value  # type: ignore[assignment]
    out = io.BytesIO()
    book.save(out)
    sent(client, plan, out.getvalue(), "plan.xlsx")


def test_a_file_that_asks_for_too_much_ends_with_its_own_process(plan: Plan, client: Client) -> None:
    assert "no workbook that can be read" in sent(client, plan, b"PK\x03\x04" + bytes(500), "plan.xlsx")
    assert "more memory or time" in sent(client, plan, bytes(reading.MOST_BYTES + 1), "plan.xlsx")
