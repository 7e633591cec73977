"""Plans: drafted from templates, agreed by named people, changed in words, reported by those who promised."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db.models import ProtectedError
from django.test import Client
from openpyxl import load_workbook
from tests.site import partnership_cast
from tests.site.conftest import Page
from tests.site.partnership_cast import NOW, TODAY, Cast

from ropewalk.core.errors import InputRefused, NotAllowed
from ropewalk.site.agree.partnership.actions.bodies import NewBody, begin
from ropewalk.site.agree.partnership.kinds import BodyKind
from ropewalk.site.agree.plan.actions.changing import Why
from ropewalk.site.agree.plan.actions.items import Promise, Shown, add, change, report, show, strike_out
from ropewalk.site.agree.plan.actions.plans import NewPlan, agree, draft, move, put
from ropewalk.site.agree.plan.kinds import EvidenceKind, ItemKind, State, Status
from ropewalk.site.agree.plan.models import Change, Item, Plan
from ropewalk.site.agree.plan.selectors.changes import told
from ropewalk.site.agree.plan.selectors.plans import nodes_of, plan_page
from ropewalk.site.agree.plan.ways import WAYS
from ropewalk.site.foundation.audit.models import Entry

Reading = Callable[..., Page]
HOME = "/plans/south-harbour/"
STRAND, ACTION, MILESTONE = ItemKind.STRAND, ItemKind.ACTION, ItemKind.MILESTONE


@pytest.fixture
def cast(empty_store: Path, db: None) -> Cast:  # noqa: ARG001
    made = partnership_cast.made()
    made.person("Cora", "coordinator", made.place)
    return made


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return draft(NewPlan("Plan"), place=cast.place, by=cast.people["Cora"], now=NOW)


def agreed(cast: Cast, plan: Plan, *, now: datetime = NOW) -> Plan:
    """The plan, agreed by one head and live."""
    head, cora = cast.head(100001), cast.people["Cora"]
    put(plan=plan, to=[head], by=cora, now=now)
    agree(plan=plan, by=head, now=now)
    move(plan=plan, to=State.LIVE, by=cora, now=now)
    return Plan.objects.get(pk=plan.pk)


@pytest.mark.parametrize("way", [one.id for one in WAYS])
def test_a_newcomer_begins_with_a_filled_draft_of_each_of_the_five_ways(cast: Cast, way: str) -> None:
    made = draft(NewPlan("Ours", way=way), place=cast.place, by=cast.people["Cora"], now=NOW)
    nodes = nodes_of(made)
    assert made.aim == next(one.aim for one in WAYS if one.id == way)
    assert [node.path for node in nodes[:2]] in (["1", "1.1"], ["1", "2"])
    assert all(node.item.parent is None or node.item.sort.may_stand_under(node.item.parent.sort) for node in nodes)
    assert Change.objects.filter(plan=made, what="made").count() == len(nodes) > 7


def test_ten_targets_recovery_and_the_four_stages_and_strands_are_whole(cast: Cast) -> None:
    found = {
        one.id: draft(NewPlan(one.title, way=one.id), place=cast.place, by=cast.people["Cora"], now=NOW) for one in WAYS
    }
    counted = {
        name: {kind: sum(node.item.sort is kind for node in nodes_of(made)) for kind in ItemKind}
        for name, made in found.items()
    }
    assert counted["ten_targets"][ItemKind.KPI] == 10
    over_all = [
        node for node in nodes_of(found["recovery"]) if node.item.sort is ItemKind.KPI and not node.item.parent_id
    ]
    assert (counted["recovery"][STRAND], len(over_all)) == (3, 6)
    assert (counted["four_stages"][STRAND], counted["four_strands"][STRAND]) == (4, 4)


def test_steps_of_depth_may_be_left_out_but_a_wider_part_stands_under_no_narrower_one(cast: Cast, plan: Plan) -> None:
    cora = cast.people["Cora"]
    strand = add(STRAND, Promise(words="One"), plan=plan, by=cora, now=NOW)
    action = add(ACTION, Promise(words="Ring", parent=strand), plan=plan, by=cora, now=NOW)
    add(MILESTONE, Promise(words="Rung", parent=action), plan=plan, by=cora, now=NOW)
    add(ACTION, Promise(words="Write", number=1), plan=plan, by=cora, now=NOW)
    assert [node.label for node in nodes_of(plan)] == ["Strand 1", "Action 1.1", "Milestone 1.1.1", "Action 2"]
    other = draft(NewPlan("Other"), place=cast.place, by=cora, now=NOW)
    for kind, said, words in (
        (STRAND, Promise(words="Two", parent=action), "does not stand there"),
        (ACTION, Promise(words=" "), "no words"),
        (ACTION, Promise(words="x", begins=TODAY, due=TODAY - timedelta(days=1)), "due before it begins"),
    ):
        with pytest.raises(InputRefused, match=words):
            add(kind, said, plan=plan, by=cora, now=NOW)
    with pytest.raises(InputRefused, match="parts of this plan"):
        add(ACTION, Promise(words="x", parent=strand), plan=other, by=cora, now=NOW)
    with pytest.raises(InputRefused, match="wait for itself"):
        change(Promise(words="Ring", parent=strand, waits_for=action), item=action, by=cora, now=NOW)


def test_a_plan_is_agreed_by_those_who_are_asked_each_for_themselves(cast: Cast, plan: Plan) -> None:
    cora, one, two = cast.people["Cora"], cast.head(100001), cast.head(100002)
    with pytest.raises(InputRefused, match="nothing in the plan"):
        put(plan=plan, to=[one], by=cora, now=NOW)
    item = add(ACTION, Promise(words="Ring"), plan=plan, by=cora, now=NOW)
    with pytest.raises(InputRefused, match="from elsewhere"):
        put(plan=plan, to=[cast.dana], by=cora, now=NOW)
    put(plan=plan, to=[one, two], by=cora, now=NOW)
    with pytest.raises(InputRefused, match="Take it back to a draft"):
        change(Promise(words="Write"), item=item, by=cora, now=NOW)
    for refused in (cora, cast.dana):
        with pytest.raises(NotAllowed):
            agree(plan=plan, by=refused, now=NOW)
    assert agree(plan=plan, by=one, now=NOW).stage is State.PUT
    with pytest.raises(InputRefused, match="nothing for you to agree"):
        agree(plan=plan, by=one, now=NOW)
    move(plan=plan, to=State.DRAFT, why=Why("A slip."), by=cora, now=NOW)
    change(Promise(words="Write"), item=item, by=cora, now=NOW)
    put(plan=plan, to=[one, two], by=cora, now=NOW)
    agree(plan=plan, by=two, now=NOW)
    assert agree(plan=plan, by=one, now=NOW).stage is State.AGREED


def test_states_follow_one_another_and_what_ends_has_a_reason(cast: Cast, plan: Plan) -> None:
    cora = cast.people["Cora"]
    item = add(ACTION, Promise(words="Ring"), plan=plan, by=cora, now=NOW)
    with pytest.raises(InputRefused, match="does not become so"):
        move(plan=plan, to=State.LIVE, by=cora, now=NOW)
    live = agreed(cast, plan)
    with pytest.raises(InputRefused, match="no reason"):
        move(plan=live, to=State.CLOSED, by=cora, now=NOW)
    move(plan=live, to=State.REVIEW, why=Why("Half way."), by=cora, now=NOW)
    move(plan=live, to=State.CLOSED, why=Why("Done."), by=cora, now=NOW)
    with pytest.raises(InputRefused, match="closed"):
        report(Status.DONE, "Done.", item=item, by=cora, now=NOW)


def test_the_change_log_says_in_words_what_moved_from_what_to_what_by_whom(cast: Cast, plan: Plan) -> None:
    cora, later = cast.people["Cora"], datetime(2027, 3, 12, 9, tzinfo=UTC)
    strand = add(STRAND, Promise(words="In school"), plan=plan, by=cora, now=NOW)
    said = {"words": "Ring", "parent": strand, "organisation": cast.trust, "pence": 125_000}
    item = add(ACTION, Promise(due=date(2027, 3, 1), **said), plan=plan, by=cora, now=NOW)  # type: ignore[arg-type]
    plan = agreed(cast, plan, now=NOW + timedelta(days=1))
    board = begin(NewBody(BodyKind.BOARD, "Education Board", TODAY), place=cast.place, by=cora, now=NOW)
    moved = Promise(due=date(2027, 4, 3), owner=cora, **said)  # type: ignore[arg-type]
    assert change(moved, item=item, why=Why("Snow.", board), by=cora, now=later) == ["owner", "due"]
    assert change(moved, item=item, by=cora, now=later) == []
    due, owner = (one for one in told(plan)[:2])
    assert due.words == (
        "Action 1.1 (“Ring”): day due moved from 1 March 2027 to 3 April 2027 by Education Board (Cora) "
        "on 12 March 2027. Why: Snow."
    )
    assert owner.words.startswith("Action 1.1 (“Ring”): person set to Cora by Education Board (Cora)")
    assert [one.later for one in told(plan)] == [True, True, *(False,) * (len(told(plan)) - 2)]
    assert not [one for one in Entry.objects.all() if "Snow" in one.about]
    with pytest.raises(ProtectedError):
        Change.objects.all().delete()


def test_a_plan_is_shown_as_it_stood_on_any_day(cast: Cast, plan: Plan) -> None:
    cora = cast.people["Cora"]
    item = add(ACTION, Promise(words="Ring", due=TODAY), plan=plan, by=cora, now=NOW)
    gone = add(ACTION, Promise(words="Gone"), plan=plan, by=cora, now=NOW)
    second, third = NOW + timedelta(days=1), NOW + timedelta(days=2)
    change(Promise(words="Write", pence=100, owner=cora), item=item, by=cora, now=second)
    strike_out(item=gone, why=Why("Not wanted."), by=cora, now=third)
    add(ACTION, Promise(words="New"), plan=plan, by=cora, now=third)

    def stood(at: datetime | None) -> list[tuple[str, object, str, str]]:
        lines = plan_page(plan, on=TODAY, at=at).lines
        return [(line.item.words, line.item.due, line.cost, line.owner) for line in lines]

    assert stood(NOW) == [("Ring", TODAY, "", ""), ("Gone", None, "", "")]
    assert stood(second) == [("Write", None, "£1", "Cora"), ("Gone", None, "", "")]
    assert stood(None) == [("Write", None, "£1", "Cora"), ("New", None, "", "")]
    assert stood(NOW - timedelta(days=1)) == []
    assert Item.objects.get(pk=item.pk).words == "Write"


def test_whoever_promised_it_says_how_it_stands_and_changes_nothing_else(cast: Cast, plan: Plan) -> None:
    cora, head, other = cast.people["Cora"], cast.head(100001), cast.head(100002)
    item = add(ACTION, Promise(words="Ring", owner=head), plan=plan, by=cora, now=NOW)
    plan = agreed(cast, plan)
    report(Status.AT_RISK, "Nobody answers.", item=item, by=head, now=NOW)
    show(Shown(EvidenceKind.VISIT, "Went there.", TODAY), item=item, by=head, now=NOW)
    for refused in (
        lambda: report(Status.DONE, "Done.", item=item, by=other, now=NOW),
        lambda: show(Shown(EvidenceKind.VISIT, "x", TODAY), item=item, by=other, now=NOW),
        lambda: change(Promise(words="Less"), item=item, by=head, now=NOW),
        lambda: add(ACTION, Promise(words="More"), plan=plan, by=head, now=NOW),
        lambda: strike_out(item=item, why=Why("x"), by=head, now=NOW),
        lambda: put(plan=plan, to=[head], by=head, now=NOW),
        lambda: move(plan=plan, to=State.CLOSED, why=Why("x"), by=head, now=NOW),
        lambda: draft(NewPlan("Mine"), place=cast.place, by=head, now=NOW),
    ):
        with pytest.raises(NotAllowed):
            refused()
    found = Item.objects.get(pk=item.pk)
    assert (found.standing, found.note) == (Status.AT_RISK, "Nobody answers.")
    for shown, words in (
        (Shown(EvidenceKind.LINK, "x"), "no address"),
        (Shown(EvidenceKind.VISIT, "x"), "when the visit was"),
        (Shown(EvidenceKind.MINUTES, "x"), "of which meeting"),
    ):
        with pytest.raises(InputRefused, match=words):
            show(shown, item=item, by=head, now=NOW)


def test_a_coordinator_writes_a_plan_on_pages_and_a_head_agrees_and_reports(
    cast: Cast, client: Client, read: Reading
) -> None:
    cora, head = cast.people["Cora"], cast.head(100001)
    client.force_login(cora)
    assert client.post(f"{HOME}new/", {"title": "Ours"}).status_code == 422
    client.post(f"{HOME}new/", {"title": "Ours", "way": "four_strands"})
    plan = Plan.objects.get()
    home = f"{HOME}{plan.pk}/"
    said = {"kind": "action", "words": "Ring <b>them</b>", "owner": head.pk, "pence": "1,250", "due": "2020-01-01"}
    item = client.post(f"{home}items/", said).headers["Location"]
    assert item == f"{HOME}items/{Item.objects.latest('pk').pk}/"
    client.force_login(head)
    assert client.get(home).status_code == 404
    client.force_login(cora)
    assert client.post(f"{home}put/", {}).status_code == 422
    assert client.post(f"{home}put/", {"people": [head.pk]}).headers["Location"] == home
    client.force_login(cast.head(100002))
    assert "nothing for you to agree" in read(f"{home}agree/").words
    assert client.post(f"{home}agree/", {"agrees": "yes"}).status_code == 404
    client.force_login(head)
    assert "You are asked to agree this plan" in read(home).words
    assert client.post(f"{home}agree/", {"agrees": "yes"}).headers["Location"] == home
    client.force_login(cora)
    client.post(f"{home}state/", {"to": "live"})
    client.force_login(head)
    page = read(home)
    assert "live" in page.words
    assert "Late" in page.words
    assert "Ring &lt;b&gt;them&lt;/b&gt;" in page.html


def test_a_head_says_on_pages_how_their_own_part_stands_and_members_read_what_was_changed(
    cast: Cast, plan: Plan, client: Client, read: Reading
) -> None:
    head = cast.head(100001)
    made = add(ACTION, Promise(words="Ring", owner=head), plan=plan, by=cast.people["Cora"], now=NOW)
    home, item = f"{HOME}{agreed(cast, plan).pk}/", f"{HOME}items/{made.pk}/"
    client.force_login(head)
    assert client.post(f"{item}status/", {"status": "done", "words": "All rung."}).headers["Location"] == item
    assert client.post(f"{item}evidence/", {"kind": "visit", "words": "Seen.", "day": "2026-01-01"}).status_code == 302
    shown = read(item).words
    assert "All rung." in shown
    assert "Seen. (visit, 1 January 2026)" in shown
    for closed in (f"{item}change/", f"{item}strike-out/", f"{home}items/", f"{home}state/"):
        assert client.get(closed).status_code == 404
    assert "status moved from “not begun” to “done”" in read(f"{home}changes/").words
    assert "All rung." in client.get(f"{home}changes.csv").content.decode()
    assert "as it stands now" in read(f"{home}?on=2020-01-01").words.lower()
    assert client.get(f"{home}?on=nonsense").status_code == 200


def test_a_plan_is_taken_along_as_a_workbook_without_formulas(cast: Cast, plan: Plan, client: Client) -> None:
    cora = cast.people["Cora"]
    first = add(ACTION, Promise(words="=1+1", pence=125_050, due=TODAY), plan=plan, by=cora, now=NOW)
    add(ACTION, Promise(words="Then", owner=cora, waits_for=first), plan=plan, by=cora, now=NOW)
    client.force_login(cora)
    answer = client.get(f"{HOME}{plan.pk}/plan.xlsx")
    book = load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["Parts", "KPIs", "Changes", "How to fill it in"]
    rows = list(book["Parts"].iter_rows(values_only=True))[1:]
    assert [(row[0], row[2], row[3], row[6], row[9], row[10]) for row in rows] == [
        ("1", "'=1+1", "", TODAY.isoformat(), 1250.5, ""),
        ("2", "Then", "Cora", "", "", "1"),
    ]
    assert book["Parts"]["C2"].data_type == "s"
    assert book["Changes"].max_row == 1 + plan.changes.count()


def test_a_plan_of_another_place_is_not_there(cast: Cast, client: Client) -> None:
    other = draft(NewPlan("Theirs"), place=cast.area, by=cast.dana, now=NOW)
    item = add(ACTION, Promise(words="Ring"), plan=other, by=cast.dana, now=NOW)
    client.force_login(cast.people["Cora"])
    for address in (f"{HOME}{other.pk}/", f"{HOME}{other.pk}/plan.xlsx", f"{HOME}items/{item.pk}/"):
        assert client.get(address).status_code == 404
