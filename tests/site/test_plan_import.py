"""A plan is taken along as a workbook, changed there and read back: seen first, then all of it or nothing."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as bounded
from hypothesis import strategies as st
from pytest_django.fixtures import Settings
from tests.site import partnership_cast
from tests.site.conftest import Page
from tests.site.partnership_cast import NOW, TODAY, Cast

from ropewalk.core.errors import InputRefused, NotAllowed
from ropewalk.site.agree.plan.actions.changing import NO_REASON, Why
from ropewalk.site.agree.plan.actions.items import Promise, add, change, promise_of, report, strike_out
from ropewalk.site.agree.plan.actions.kpis import Wanted, set_measure
from ropewalk.site.agree.plan.actions.plans import NewPlan, agree, draft, move, put
from ropewalk.site.agree.plan.actions.reading_back import Outcome, read_back, try_out
from ropewalk.site.agree.plan.kinds import Comes, ItemKind, State, Status
from ropewalk.site.agree.plan.models import Change, Item, Kpi, Plan
from ropewalk.site.agree.plan.reading import MOST_BYTES, read, sheets_of
from ropewalk.site.agree.plan.reading_rows import File, file_of
from ropewalk.site.agree.plan.selectors.plans import nodes_of, plan_page
from ropewalk.site.agree.plan.sheet_texts import plain_text
from ropewalk.site.agree.plan.ways import WAYS
from ropewalk.site.agree.plan.workbooks import template, workbook

Reading = Callable[..., Page]
HOME = "/plans/south-harbour/"
# A plan takes a second to make: shrinking one that fails would take minutes.
EACH = bounded(
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),
)
WHY = Why("The board asked for it.")


@pytest.fixture
def cast(made_up_store: Path, settings: Settings, db: None) -> Cast:  # noqa: ARG001
    settings.ROPEWALK_STORE = made_up_store
    made = partnership_cast.made()
    made.person("Cora", "coordinator", made.place)
    made.head(100001)
    return made


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return draft(NewPlan("Plan"), place=cast.place, by=cast.people["Cora"], now=NOW)


def exported(plan: Plan) -> bytes:
    found = Plan.objects.select_related("place").get(pk=plan.pk)
    return workbook(found, plan_page(found, on=TODAY))


def file_from(content: bytes) -> File:
    return file_of(read(content))


Rows = list[dict[str, Any]]


def edited(content: bytes, do: Callable[[Rows], object], sheet: str = "Parts") -> bytes:
    """A workbook after somebody changed the rows of a sheet in another program."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    head, *rows = book[sheet].iter_rows(values_only=True)
    listed: Rows = [dict(zip(map(str, head), row, strict=True)) for row in rows]
    do(listed)
    book[sheet].delete_rows(2, book[sheet].max_row)
    for row in listed:
        book[sheet].append([row.get(str(name), "") for name in head])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def tried(content: bytes, plan: Plan, cast: Cast, why: Why = WHY) -> Outcome:
    return try_out(file_from(content), plan=plan, why=why, by=cast.people["Cora"], now=NOW)


def done(content: bytes, plan: Plan, cast: Cast, why: Why = WHY) -> Outcome:
    return read_back(file_from(content), plan=plan, why=why, by=cast.people["Cora"], now=NOW)


def small(plan: Plan, cast: Cast) -> dict[str, Item]:
    """Two strands, the first with two actions, of which the second waits for the first."""
    cora = cast.people["Cora"]
    one = add(ItemKind.STRAND, Promise(words="One"), plan=plan, by=cora, now=NOW)
    two = add(ItemKind.STRAND, Promise(words="Two"), plan=plan, by=cora, now=NOW)
    ring = add(ItemKind.ACTION, Promise(words="Ring", parent=one, due=TODAY, owner=cora), plan=plan, by=cora, now=NOW)
    write = add(ItemKind.ACTION, Promise(words="Write", parent=one, waits_for=ring), plan=plan, by=cora, now=NOW)
    return {"One": one, "Two": two, "Ring": ring, "Write": write}


@pytest.mark.parametrize("way", [one.id for one in WAYS])
def test_a_template_read_back_as_it_was_written_changes_nothing(cast: Cast, way: str) -> None:
    plan = draft(NewPlan("Ours", way=way), place=cast.place, by=cast.people["Cora"], now=NOW)
    assert tried(exported(plan), plan, cast) == Outcome()


words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=40).filter(
    plain_text
)
part = st.fixed_dictionaries(
    {
        "words": words | st.sampled_from(["=1+1", "'=1+1", "@x", "_x000D_b", "a\r\nb", "7", "2026-01-01", "TRUE", "-"]),
        "kind": st.sampled_from(list(ItemKind)),
        "under": st.integers(0, 30),
        "number": st.none() | st.integers(1, 4),
        "pence": st.none() | st.integers(0, 10**9),
        "due": st.none() | st.dates(date(2000, 1, 1), date(2099, 1, 1)),
        "owned": st.booleans(),
        "waits": st.none() | st.integers(0, 30),
        "status": st.none() | st.sampled_from(list(Status)),
    }
)


def grown(plan: Plan, parts: Sequence[Mapping[str, Any]], cast: Cast) -> None:
    """The parts as a tree: each under the wider part that the number leads to, or under none."""
    cora = cast.people["Cora"]
    made: list[Item] = []
    for one in parts:
        wider = [item for item in made if one["kind"].may_stand_under(item.sort)]
        parent = wider[one["under"] % len(wider)] if wider and one["under"] else None
        first = made[one["waits"] % len(made)] if made and one["waits"] is not None else None
        said = Promise(
            words=one["words"], parent=parent, number=one["number"], due=one["due"], pence=one["pence"], waits_for=first
        )
        said = replace(said, owner=cora if one["owned"] else None)
        item = add(one["kind"], said, plan=plan, by=cora, now=NOW)
        if one["status"]:
            report(one["status"], one["words"], item=item, by=cora, now=NOW)
        made.append(item)


@bounded(EACH, max_examples=15)
@given(st.lists(part, max_size=9))
def test_any_plan_read_back_as_it_was_written_changes_nothing(cast: Cast, parts: list[dict[str, Any]]) -> None:
    plan = draft(NewPlan(f"Plan {Plan.objects.count()}"), place=cast.place, by=cast.people["Cora"], now=NOW)
    grown(plan, parts, cast)
    assert tried(exported(plan), plan, cast) == Outcome()


@bounded(EACH, max_examples=8)
@given(st.lists(part, max_size=8))
def test_any_plan_read_into_an_empty_one_is_the_same_plan(cast: Cast, parts: list[dict[str, Any]]) -> None:
    cora, count = cast.people["Cora"], Plan.objects.count()
    plan = draft(NewPlan(f"Plan {count}"), place=cast.place, by=cora, now=NOW)
    other = draft(NewPlan(f"Other {count}"), place=cast.place, by=cora, now=NOW)
    grown(plan, parts, cast)

    def as_new(rows: Rows) -> None:
        for row in rows:
            row["Key"] = ""

    outcome = done(edited(exported(plan), as_new), other, cast)
    assert len(outcome.added) == len(parts)

    def told(of: Plan) -> list[tuple[Any, ...]]:
        listed = nodes_of(of)
        paths = {node.item.pk: node.path for node in listed}
        return [
            (
                node.label,
                node.item.due,
                node.item.pence,
                node.item.owner,
                node.item.status,
                paths.get(node.item.waits_for_id or 0),
            )
            for node in listed
        ]

    assert told(other) == told(plan)


def test_what_was_added_changed_moved_and_taken_out_is_shown_first_and_then_done(cast: Cast, plan: Plan) -> None:
    items = small(plan, cast)

    def do(rows: Rows) -> None:
        ring = next(row for row in rows if row["In words"] == "Ring")
        ring.update({"In words": "Ring every head", "Day due": "12/03/2027", "Cost in pounds": 12.5})
        write = next(row for row in rows if row["In words"] == "Write")
        write.update({"Number": "2.1"})
        rows.append({"Number": "1.1", "What it is": "milestone", "In words": "Before", "Person": "Cora", "Status": ""})

    content = edited(exported(plan), do)
    before = Change.objects.count()
    outcome = tried(content, plan, cast)
    assert outcome.problems == []
    assert outcome.added == ["milestone 1.2: “Before”"]
    assert outcome.changed == ["Action 1.1 (“Ring”): wording, day due, cost"]
    assert outcome.moved == ["Action 1.2 (“Write”) moves to 2.1"]
    assert outcome.struck_out == []
    assert Change.objects.count() == before, "nothing is changed before it is confirmed"
    done(content, plan, cast)
    assert [(node.label, node.item.words) for node in nodes_of(plan)] == [
        ("Strand 1", "One"),
        ("Action 1.1", "Ring every head"),
        ("Milestone 1.2", "Before"),
        ("Strand 2", "Two"),
        ("Action 2.1", "Write"),
    ]
    items["Write"].refresh_from_db()
    assert items["Write"].waits_for == items["Ring"]
    assert {one.because for one in Change.objects.order_by("-pk")[:5]} == {WHY.because}
    assert tried(exported(plan), plan, cast).is_nothing


def test_a_row_taken_out_is_struck_out_with_what_stands_under_it(cast: Cast, plan: Plan) -> None:
    small(plan, cast)

    def do(rows: Rows) -> None:
        rows[:] = [row for row in rows if row["In words"] == "Two"]

    outcome = done(edited(exported(plan), do), plan, cast)
    assert outcome.struck_out == ["Strand 1 (“One”), with 2 under it"]
    assert [node.label for node in nodes_of(plan)] == ["Strand 1"]


@pytest.mark.parametrize(
    ("row", "said", "expected"),
    [
        ("Ring", {"Day due": "soon"}, "sheet Parts, row 3, column Day due: This is no day."),
        ("Ring", {"Person": "Nobody"}, "sheet Parts, row 3, column Person: Nobody here is called so."),
        ("Ring", {"Cost in pounds": "much"}, "row 3, column Cost in pounds: This is not an amount of money."),
        ("Ring", {"Number": "9.1"}, "row 3, column Number: There is no row 9."),
        ("Ring", {"Number": "x"}, "row 3, column Number: This is no number of a part."),
        ("Ring", {"Key": "999999"}, "row 3, column Key: No part of this plan has this key."),
        ("Ring", {"What it is": "kpi"}, "row 3, column What it is: What a part is cannot be changed."),
        ("Ring", {"Status": "green"}, "row 3, column Status: This is no status."),
        ("Ring", {"Status": "done"}, "row 3, column How it stands: It is not said how it stands now."),
        ("Ring", {"In words": ""}, "row 3: There is no words."),
        ("Write", {"Waits for": "7"}, "row 4, column Waits for: There is no row of this number."),
        ("Ring", {"Waits for": "1.2"}, "It would wait for itself."),
        ("Two", {"Number": "1.1.1"}, "A strand does not stand there."),
    ],
)
def test_every_problem_is_told_with_its_row_and_column_and_nothing_is_changed(
    cast: Cast, plan: Plan, row: str, said: dict[str, str], expected: str
) -> None:
    small(plan, cast)
    before = Change.objects.count()
    content = edited(exported(plan), lambda rows: next(one for one in rows if one["In words"] == row).update(said))
    assert expected in "\n".join(map(str, tried(content, plan, cast).problems))
    with pytest.raises(InputRefused):
        done(content, plan, cast)
    assert Change.objects.count() == before


def test_all_problems_are_told_at_once(cast: Cast, plan: Plan) -> None:
    small(plan, cast)

    def do(rows: Rows) -> None:
        for one in rows[1:3]:
            one["Day due"] = "soon"

    assert len(tried(edited(exported(plan), do), plan, cast).problems) == 2


def test_a_sheet_or_heading_that_is_missing_is_said(cast: Cast, plan: Plan) -> None:
    small(plan, cast)
    with pytest.raises(InputRefused, match="There is no sheet “Parts”"):
        file_of({"Other": [["x"]]})
    with pytest.raises(InputRefused, match="There is no column “Key”"):
        file_of({"Parts": [["Number", "What it is"]]})


def test_states_and_people_are_held_as_by_hand(cast: Cast, plan: Plan) -> None:
    cora, head = cast.people["Cora"], cast.head(100001)
    small(plan, cast)
    content = edited(exported(plan), lambda rows: rows[0].update({"In words": "First"}))
    with pytest.raises(NotAllowed):
        try_out(file_from(content), plan=plan, why=WHY, by=head, now=NOW)
    put(plan=plan, to=[head], by=cora, now=NOW)
    with pytest.raises(InputRefused, match="Take it back to a draft"):
        tried(content, plan, cast)
    agree(plan=plan, by=head, now=NOW)
    move(plan=plan, to=State.LIVE, by=cora, now=NOW)
    with pytest.raises(InputRefused, match="There is no reason"):
        tried(content, plan, cast, NO_REASON)
    assert done(content, plan, cast).changed == ["Strand 1 (“One”): wording"]
    move(plan=plan, to=State.CLOSED, why=WHY, by=cora, now=NOW)
    with pytest.raises(InputRefused, match="closed"):
        tried(content, plan, cast)


def test_a_target_is_changed_and_what_is_measured_or_frozen_is_not(cast: Cast, plan: Plan) -> None:
    cora, head = cast.people["Cora"], cast.head(100001)
    item = add(ItemKind.KPI, Promise(words="Fewer are absent"), plan=plan, by=cora, now=NOW)
    wanted = Wanted(comes=Comes.PUBLISHED, area="X06000001", measure="persistent_absence", phase="all", group="all")
    wanted = replace(wanted, period="2022/23", by_period="2029/30", target=Decimal(20))
    set_measure(wanted, item=item, by=cora, now=NOW)
    put(plan=plan, to=[head], by=cora, now=NOW)
    agree(plan=plan, by=head, now=NOW)
    move(plan=plan, to=State.LIVE, by=cora, now=NOW)
    content = exported(plan)
    assert tried(content, plan, cast) == Outcome()
    typed = edited(content, lambda rows: rows[0].update({"Now": "1%", "Target as a number": 18.5}), "KPIs")
    outcome = done(typed, plan, cast)
    assert outcome.changed == ["KPI 1: target becomes 18.5"]
    assert outcome.left_out == ["KPI 1: what stands under “Now” and “Standing” is measured, not read."]
    assert Kpi.objects.get(item=item).target == Decimal("18.5")
    frozen = edited(content, lambda rows: rows[0].update({"Baseline": "1%"}), "KPIs")
    [problem] = [str(one) for one in tried(frozen, plan, cast).problems]
    assert "sheet KPIs, row 2, column Baseline: The baseline was agreed with the plan." in problem


def test_a_plan_is_filled_in_from_an_empty_workbook(cast: Cast, plan: Plan) -> None:
    def do(rows: Rows) -> None:
        rows.append({"Number": 1, "What it is": "Strand", "In words": "One"})
        rows.append({"Number": "1.1", "What it is": "KPI", "In words": "Two", "Day due": date(2027, 3, 12)})

    assert done(edited(template(), do), plan, cast).added == ["strand 1: “One”", "KPI 1.1: “Two”"]
    assert [(node.label, node.item.due) for node in nodes_of(plan)] == [
        ("Strand 1", None),
        ("KPI 1.1", date(2027, 3, 12)),
    ]


def test_a_coordinator_reads_a_workbook_back_on_pages(cast: Cast, plan: Plan, client: Client, read: Reading) -> None:
    small(plan, cast)
    client.force_login(cast.people["Cora"])
    home, address = f"{HOME}{plan.pk}/", f"{HOME}{plan.pk}/import/"
    assert "Read a workbook back" in read(home).words
    content = edited(client.get(f"{home}plan.xlsx").content, lambda rows: rows[0].update({"In words": "First <b>"}))
    answer = client.post(address, {"file": SimpleUploadedFile("plan.xlsx", content)})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Nothing has been changed yet" in page
    assert "Strand 1 (“One”): wording" in page
    signed = page.split('name="read" value="')[1].split('"')[0]
    assert Item.objects.filter(words="First <b>").count() == 0
    # Somebody changed it in between: it is shown again.
    two = Item.objects.select_related("plan__place").get(plan=plan, words="One")
    change(promise_of(two, words="Another"), item=two, by=cast.people["Cora"], now=NOW)
    answer = client.post(address, {"read": signed})
    assert "The plan was changed since this was read" in answer.content.decode()
    signed = answer.content.decode().split('name="read" value="')[1].split('"')[0]
    assert client.post(address, {"read": signed}).headers["Location"] == home
    assert Item.objects.filter(words="First <b>").count() == 1
    answer = client.post(address, {"file": SimpleUploadedFile("plan.xlsx", exported(plan))})
    assert "Nothing would change" in answer.content.decode()
    for sent in ({"read": signed[:-3]}, {}, {"file": SimpleUploadedFile("plan.xlsx", b"PK nothing")}):
        assert client.post(address, sent).status_code == 422
    client.force_login(cast.head(100001))
    assert client.get(address).status_code == 404
    assert client.get(f"{HOME}template.xlsx").status_code == 200


def test_strangers_files_are_read_in_a_process_of_their_own(cast: Cast, plan: Plan) -> None:
    small(plan, cast)
    content = exported(plan)
    assert sheets_of(content) == read(content)
    with pytest.raises(InputRefused, match="no workbook"):
        sheets_of(content[: len(content) // 2])
    with pytest.raises(InputRefused, match="more memory or time"):
        sheets_of(bytes(MOST_BYTES + 1))
    far = openpyxl.Workbook()
    assert far.active is not None
    far.active["XFD1048576"] = "far"
    out = io.BytesIO()
    far.save(out)
    with pytest.raises(InputRefused, match="more memory or time"):
        sheets_of(out.getvalue())


def test_what_was_struck_out_does_not_come_back_by_its_key(cast: Cast, plan: Plan) -> None:
    items = small(plan, cast)
    content = exported(plan)
    strike_out(item=items["Ring"], why=WHY, by=cast.people["Cora"], now=NOW)
    [problem] = tried(content, plan, cast).problems
    assert "No part of this plan has this key" in str(problem)
