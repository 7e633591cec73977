"""What meetings decide comes into the plan in force; what is late, at risk or behind comes onto their agenda."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries
from tests.site import partnership_cast
from tests.site.conftest import Page
from tests.site.partnership_cast import BEGAN, NOW, TODAY, Cast

from ropewalk.core.errors import InputRefused, NotAllowed
from ropewalk.site.agree.partnership.actions.bodies import NewBody, begin
from ropewalk.site.agree.partnership.actions.meetings import Called, Resolved, call, finish, resolve
from ropewalk.site.agree.partnership.kinds import BodyKind, OutcomeKind
from ropewalk.site.agree.partnership.models import AgendaItem, Meeting, Outcome
from ropewalk.site.agree.partnership.selectors.meetings import calendar_of, meeting_page
from ropewalk.site.agree.plan.actions.changing import Why
from ropewalk.site.agree.plan.actions.items import Promise, add, report, strike_out
from ropewalk.site.agree.plan.actions.minutes import bring_in
from ropewalk.site.agree.plan.actions.plans import NewPlan, agree, draft, move, put
from ropewalk.site.agree.plan.kinds import ItemKind, State, Status
from ropewalk.site.agree.plan.models import Item, Origin, Plan
from ropewalk.site.agree.plan.selectors.changes import told
from ropewalk.site.agree.plan.selectors.minutes import to_bring_in, worth_speaking_of
from ropewalk.site.agree.plan.selectors.plans import nodes_of, plan_page

Reading = Callable[..., Page]
HOME = "/plans/south-harbour/"
LATER = NOW + timedelta(hours=5)


@pytest.fixture
def cast(empty_store: Path, db: None) -> Cast:  # noqa: ARG001
    made = partnership_cast.made()
    made.person("Cora", "coordinator", made.place)
    made.head(100001)
    return made


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    cora = cast.people["Cora"]
    body = begin(NewBody(BodyKind.BOARD, "Education Board", BEGAN), place=cast.place, by=cora, now=NOW)
    [made] = call(Called(TODAY, time(9), time(23), "Hall"), body=body, by=cora, now=NOW)
    return made


@pytest.fixture
def plan(cast: Cast) -> Plan:
    """A live plan with one objective."""
    cora, head = cast.people["Cora"], cast.head(100001)
    made = draft(NewPlan("Plan"), place=cast.place, by=cora, now=NOW)
    add(ItemKind.OBJECTIVE, Promise(words="Children are in school"), plan=made, by=cora, now=NOW)
    put(plan=made, to=[head], by=cora, now=NOW)
    agree(plan=made, by=head, now=NOW)
    move(plan=made, to=State.LIVE, by=cora, now=NOW)
    return Plan.objects.get(pk=made.pk)


def minuted(cast: Cast, meeting: Meeting, words: str = "Ring every head", owner: str = "Head of 100001") -> Outcome:
    said = Resolved(OutcomeKind.ACTION, words, owner, TODAY + timedelta(days=7))
    return resolve(said, meeting=meeting, by=cast.people["Cora"], now=LATER)


def item_of(outcome: Outcome) -> Item:
    found = Origin.objects.get(outcome=outcome).item
    assert found is not None
    return found


def test_a_minuted_action_is_in_the_live_plan_with_owner_day_and_meeting(
    cast: Cast, meeting: Meeting, plan: Plan
) -> None:
    first, second = minuted(cast, meeting), minuted(cast, meeting, "Write to the DfE", "Nobody’s account")
    lines = {line.item.words: line for line in plan_page(plan, on=TODAY).lines}
    assert [line.node.label for line in lines.values()] == ["Objective 1", "Objective 2", "Action 2.1", "Action 2.2"]
    assert lines["From meetings"].item.gathers_minutes
    ring, write = lines["Ring every head"], lines["Write to the DfE"]
    assert (ring.item.owner, ring.item.due) == (cast.head(100001), first.due)
    assert (write.item.owner, write.owner) == (None, second.owner)
    assert ring.origin is not None
    assert ring.origin.words == "Education Board of 1 September 2026"
    assert "“Ring every head”) was added by Education Board (Cora)" in told(plan, of=ring.item)[0].words
    assert "Why: Minuted by Education Board of 1 September 2026." in told(plan, of=ring.item)[0].words


def test_a_decision_is_told_in_the_changes_and_is_no_change_of_what_was_agreed(
    cast: Cast, meeting: Meeting, plan: Plan
) -> None:
    resolve(Resolved(OutcomeKind.DECISION, "Attendance first"), meeting=meeting, by=cast.people["Cora"], now=LATER)
    newest = told(plan)[0]
    assert newest.words.startswith("“Attendance first” was decided by Education Board (Cora) on 1 September 2026.")
    assert not newest.later
    assert len(nodes_of(plan)) == 1


@pytest.mark.parametrize("state", [State.DRAFT, State.AGREED, State.CLOSED])
def test_without_a_plan_in_force_minutes_are_written_as_ever(
    cast: Cast, meeting: Meeting, plan: Plan, state: State
) -> None:
    Plan.objects.filter(pk=plan.pk).update(state=state)
    assert minuted(cast, meeting).pk
    assert not Origin.objects.exists()


def test_how_an_action_stands_is_the_same_in_both_places(cast: Cast, meeting: Meeting, plan: Plan) -> None:
    cora, head = cast.people["Cora"], cast.head(100001)
    first, second = minuted(cast, meeting), minuted(cast, meeting, "Write")
    finish(outcome=first, day=TODAY, by=cora, now=LATER)
    assert item_of(first).standing is Status.DONE
    assert "status moved from “not begun” to “done”" in told(plan, of=item_of(first))[0].words
    # The head promised it and does not run the partnership.
    report(Status.DONE, "Written.", item=item_of(second), by=head, now=LATER)
    second.refresh_from_db()
    assert (second.done_on, second.done_by) == (TODAY, head)
    report(Status.AT_RISK, "It came back.", item=item_of(second), by=head, now=LATER)
    second.refresh_from_db()
    assert second.done_on is None
    shown = meeting_page(meeting, now=LATER).standings
    assert [(str(one), elsewhere and elsewhere.words) for one, elsewhere in shown] == [
        ("Ring every head", "done in the plan"),
        ("Write", "at risk in the plan"),
    ]
    assert [str(one.outcome) for one in calendar_of(cast.place, now=LATER).actions] == ["Write"]
    report(Status.STOPPED, "Not needed.", item=item_of(second), by=head, now=LATER)
    assert calendar_of(cast.place, now=LATER).actions == []
    strike_out(item=item_of(second), why=Why("A slip."), by=cora, now=LATER)
    assert [str(one.outcome) for one in calendar_of(cast.place, now=LATER).actions] == ["Write"]


def test_what_was_minuted_before_the_plan_was_live_comes_in_by_one_click(
    cast: Cast, meeting: Meeting, plan: Plan, client: Client, read: Reading
) -> None:
    cora = cast.people["Cora"]
    Plan.objects.filter(pk=plan.pk).update(state=State.AGREED)
    done, _ = minuted(cast, meeting, "Done by now"), minuted(cast, meeting)
    finish(outcome=done, day=TODAY, by=cora, now=LATER)
    resolve(Resolved(OutcomeKind.DECISION, "We begin"), meeting=meeting, by=cora, now=LATER)
    with pytest.raises(InputRefused, match="not in force"):
        bring_in(plan=plan, by=cora, now=LATER)
    Plan.objects.filter(pk=plan.pk).update(state=State.LIVE)
    with pytest.raises(NotAllowed):
        bring_in(plan=plan, by=cast.head(100001), now=LATER)
    client.force_login(cora)
    page = read(f"{HOME}{plan.pk}/")
    assert "Meetings minuted 2 decisions and actions that are not in the plan" in page.words
    assert "Ring every head" in read(f"{HOME}{plan.pk}/minutes/").words
    assert client.post(f"{HOME}{plan.pk}/minutes/", {"agrees": "yes"}).status_code == 302
    page = read(f"{HOME}{plan.pk}/")
    assert "from Education Board of 1 September 2026" in page.words
    assert "We begin" in page.words
    assert to_bring_in(plan) == []
    assert "Everything that meetings minuted is in the plan" in read(f"{HOME}{plan.pk}/minutes/").words
    assert bring_in(plan=plan, by=cora, now=LATER) == 0


def test_an_action_of_a_meeting_is_put_under_an_objective_in_one_step(
    cast: Cast, meeting: Meeting, plan: Plan, client: Client, read: Reading
) -> None:
    item = item_of(minuted(cast, meeting))
    objective = Item.objects.get(plan=plan, words="Children are in school")
    client.force_login(cast.people["Cora"])
    address = f"{HOME}items/{item.pk}/"
    assert "Put it under an objective" in read(address).words
    assert client.post(f"{address}under/", {"parent": objective.pk}).headers["Location"] == address
    assert [node.label for node in nodes_of(plan)] == ["Objective 1", "Action 1.1", "Objective 2"]
    assert "Education Board of 1 September 2026" in read(address).words
    assert client.post(f"{address}under/", {"parent": item.pk}).status_code == 422
    assert client.get(f"{HOME}items/{objective.pk}/under/").status_code == 404


def test_what_is_forgotten_of_a_meeting_leaves_the_plan_with_its_words_and_meeting(
    cast: Cast, meeting: Meeting, plan: Plan
) -> None:
    outcome = minuted(cast, meeting, owner="Somebody")
    Outcome.objects.filter(pk=outcome.pk).delete()
    [line] = [line for line in plan_page(plan, on=TODAY).lines if line.origin]
    assert (line.item.words, line.owner) == ("Ring every head", "")
    assert line.origin is not None
    assert line.origin.words.startswith("Education Board")


def test_an_agenda_is_proposed_from_what_is_late_at_risk_or_behind(
    cast: Cast, meeting: Meeting, plan: Plan, client: Client, read: Reading
) -> None:
    cora = cast.people["Cora"]
    late = add(ItemKind.ACTION, Promise(words="Late one", due=TODAY - timedelta(days=3)), plan=plan, by=cora, now=NOW)
    risky = add(ItemKind.ACTION, Promise(words="Risky one"), plan=plan, by=cora, now=NOW)
    report(Status.AT_RISK, "No governor yet.", item=risky, by=cora, now=NOW)
    assert worth_speaking_of(meeting.body, on=TODAY) == [
        "Late since 29 August 2026: Action 2, Late one",
        "At risk: Action 3, Risky one: No governor yet.",
    ]
    body = meeting.body
    day = timezone.localdate() + timedelta(days=30)
    [coming] = call(Called(day, time(9), time(10), "Hall"), body=body, by=cora, now=timezone.now())
    client.force_login(cora)
    address = reverse("partnership:agenda", args=[cast.place.code, coming.pk])
    page = read(address)
    assert "The plan proposes to speak of" in page.words
    assert "Risky one: No governor yet." in page.words
    sent = {"items": "Welcome", "proposed": [f"Late since 29 August 2026: Action 2, {late.words}"]}
    assert client.post(address, sent).status_code == 302
    listed = list(AgendaItem.objects.filter(meeting=coming).order_by("number").values_list("words", flat=True))
    assert listed == ["Welcome", "Late since 29 August 2026: Action 2, Late one"]
    page = read(address)
    assert page.words.count("Late one") == 1, "what is taken is not proposed again"
    assert client.post(address, {"items": "", "proposed": ["Something else"]}).status_code == 422


def test_a_late_action_of_the_same_body_is_not_proposed_twice(cast: Cast, meeting: Meeting, plan: Plan) -> None:
    minuted(cast, meeting)
    after = TODAY + timedelta(days=30)
    assert worth_speaking_of(meeting.body, on=after) == []
    other = begin(NewBody(BodyKind.HEADS, "Heads", BEGAN), place=cast.place, by=cast.people["Cora"], now=NOW)
    [words] = worth_speaking_of(other, on=after)
    assert words.startswith("Late since 8 September 2026: Action 2.1, Ring every head (head of 100001)")
    assert plan.pk


def test_pages_ask_as_often_for_many_actions_of_meetings_as_for_few(
    cast: Cast, meeting: Meeting, plan: Plan, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.force_login(cast.people["Cora"])
    addresses = [f"{HOME}{plan.pk}/", reverse("partnership:meeting", args=[cast.place.code, meeting.pk])]
    minuted(cast, meeting)
    counts = []
    for _ in range(2):
        for address in addresses:
            client.get(address)
        with django_assert_max_num_queries(200) as asked:
            for address in addresses:
                assert client.get(address).status_code == 200
        counts.append(len(asked))
        for number in range(12):
            minuted(cast, meeting, f"Another {number}")
    assert counts[0] == counts[1]
