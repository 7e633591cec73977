"""Targets by agreement: proposed, spoken of, revised, agreed by name, made the target."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from tests.site import partnership_cast
from tests.site.conftest import Page
from tests.site.partnership_cast import NOW, Cast

from ropewalk.core.errors import InputRefused, NotAllowed
from ropewalk.site.agree.plan.actions.items import Promise, add
from ropewalk.site.agree.plan.actions.kpis import Wanted, set_measure
from ropewalk.site.agree.plan.actions.plans import NewPlan, draft, put
from ropewalk.site.agree.plan.actions.targets import adopt, answer, propose
from ropewalk.site.agree.plan.kinds import Comes, ItemKind
from ropewalk.site.agree.plan.models import Item, Kpi, Plan, Proposal
from ropewalk.site.agree.plan.selectors.changes import told
from ropewalk.site.agree.plan.selectors.targets import proposals_of
from ropewalk.site.foundation.accounts.models import Account

Reading = Callable[..., Page]


@pytest.fixture
def cast(empty_store: Path, db: None) -> Cast:  # noqa: ARG001
    made = partnership_cast.made()
    made.person("Cora", "coordinator", made.place)
    return made


@pytest.fixture
def item(cast: Cast) -> Item:
    cora = cast.people["Cora"]
    plan = draft(NewPlan("Plan"), place=cast.place, by=cora, now=NOW)
    made = add(ItemKind.KPI, Promise(words="Visits"), plan=plan, by=cora, now=NOW)
    set_measure(Wanted(comes=Comes.TYPED, unit="visits", target=Decimal(30)), item=made, by=cora, now=NOW)
    return made


def test_a_target_is_proposed_spoken_of_revised_agreed_and_then_the_target(cast: Cast, item: Item) -> None:
    cora, one, two = cast.people["Cora"], cast.head(100001), cast.head(100002)
    first = propose(Decimal(28), "Other places did.", item=item, by=one, now=NOW)
    answer(agrees=False, words="Too few.", proposal=first, by=two, now=NOW)
    with pytest.raises(InputRefused, match="Nobody has agreed"):
        adopt(proposal=first, by=cora, now=NOW)
    second = propose(Decimal("34.5"), "As was said.", item=item, by=one, now=NOW)
    with pytest.raises(InputRefused, match="revised since"):
        answer(agrees=True, words="", proposal=first, by=two, now=NOW)
    for head in (one, two):
        answer(agrees=True, words="", proposal=second, by=head, now=NOW)
    with pytest.raises(InputRefused, match="agreed it already"):
        answer(agrees=True, words="", proposal=second, by=one, now=NOW)
    adopt(proposal=second, by=cora, now=NOW)
    kpi = Kpi.objects.get(item=item)
    assert kpi.target == Decimal("34.5")
    assert [
        (one.words, [(answer.by.name, answer.agrees) for answer in one.answers], one.is_newest)
        for one in proposals_of(kpi)
    ] == [
        ("28 visits", [("head of 100002", False)], False),
        ("34.5 visits", [("head of 100001", True), ("head of 100002", True)], True),
    ]
    newest = told(Plan.objects.get(pk=item.plan_id))[0].words
    assert "target moved from 30 to 34.5 by Cora" in newest
    assert newest.endswith("Why: Proposal 2, agreed by 2 people.")


def test_who_does_not_belong_says_nothing_and_an_administrator_agrees_nothing(cast: Cast, item: Item) -> None:
    made = propose(Decimal(28), "We can.", item=item, by=cast.head(100001), now=NOW)
    elsewhere = Account.objects.create(name="Sam")
    for refused in (
        lambda: answer(agrees=True, words="", proposal=made, by=cast.dana, now=NOW),
        lambda: answer(agrees=False, words="Mine.", proposal=made, by=elsewhere, now=NOW),
        lambda: propose(Decimal(1), "Mine.", item=item, by=elsewhere, now=NOW),
        lambda: adopt(proposal=made, by=cast.head(100001), now=NOW),
    ):
        with pytest.raises(NotAllowed):
            refused()
    action = add(ItemKind.ACTION, Promise(words="Ring"), plan=item.plan, by=cast.people["Cora"], now=NOW)
    with pytest.raises(InputRefused, match="not said how this is measured"):
        propose(Decimal(1), "x", item=action, by=cast.head(100001), now=NOW)
    with pytest.raises(InputRefused, match="no comment"):
        answer(agrees=False, words=" ", proposal=made, by=cast.head(100001), now=NOW)


def test_heads_speak_of_a_target_on_pages_while_the_plan_is_put_to_them(
    cast: Cast, item: Item, client: Client, read: Reading
) -> None:
    head = cast.head(100001)
    put(plan=item.plan, to=[head], by=cast.people["Cora"], now=NOW)
    home = f"/plans/south-harbour/items/{item.pk}/"
    client.force_login(head)
    assert client.post(f"{home}proposals/", {"target": "x"}).status_code == 422
    said = {"target": "28", "words": "We <b>can</b>."}
    assert client.post(f"{home}proposals/", said).headers["Location"] == home
    proposal = f"/plans/south-harbour/proposals/{Proposal.objects.get().pk}/"
    assert client.post(proposal, {"answer": "comment"}).status_code == 422
    assert client.post(proposal, {"answer": "agree"}).headers["Location"] == home
    page = read(home)
    assert "head of 100001 agrees" in page.words
    assert "We &lt;b&gt;can&lt;/b&gt;." in page.html
    assert client.get(f"{proposal}adopt/").status_code == 404
    client.force_login(cast.people["Cora"])
    # What is put to people is not changed under their eyes.
    assert client.post(f"{proposal}adopt/", {"agrees": "yes"}).status_code == 422
