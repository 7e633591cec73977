"""What schools say of themselves, need and plan: written by the school, decided by the head, closed to others."""

from __future__ import annotations

import html
import io
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pytest_django.fixtures import Settings
from tests.site import partnership_cast
from tests.site.partnership_cast import Cast

from ropewalk.core.compare.funnel import Kind, Point, Standing
from ropewalk.core.errors import InputRefused, NotAllowed
from ropewalk.core.measures import Polarity, measure
from ropewalk.core.publish.word_files import WordFile
from ropewalk.core.use_cases.store import Reader, Store
from ropewalk.site.agree.plan.actions.plans import NewPlan
from ropewalk.site.agree.plan.actions.plans import draft as draft_of_place
from ropewalk.site.agree.plan.kinds import ItemKind, Status
from ropewalk.site.agree.plan.models import Item
from ropewalk.site.agree.school_plans.actions import claims, needs, plans, spending
from ropewalk.site.agree.school_plans.kinds import Agreed, Area, Judgement, State, Topic
from ropewalk.site.agree.school_plans.models import Claim, SchoolPlan
from ropewalk.site.agree.school_plans.rules import Because, Sums, funnel_words, is_outside, per_pupil, widening
from ropewalk.site.agree.school_plans.selectors import needs as reading
from ropewalk.site.agree.school_plans.selectors.claims import evaluation
from ropewalk.site.agree.school_plans.selectors.figures import chosen, measurable, offered, published_of
from ropewalk.site.agree.school_plans.selectors.plans import plan_page
from ropewalk.site.agree.school_plans.selectors.spending import counted
from ropewalk.site.agree.school_plans.selectors.waiting import waiting_for
from ropewalk.site.foundation.audit.models import Entry
from ropewalk.site.foundation.organisations.actions import join_place, name_organisation
from ropewalk.site.foundation.organisations.kinds import OrganisationKind

URN = 100001
HOME = f"/school-plans/{URN}/"
NOW = datetime.now(UTC)
TODAY = timezone.localdate(NOW)
LATER = TODAY + timedelta(days=100)
SAID = claims.Said("Children come every day.", Judgement.SECURE)


@pytest.fixture
def cast(empty_store: Path, db: None) -> Cast:  # noqa: ARG001
    made = partnership_cast.made()
    made.person("Cora", "coordinator", made.place)
    made.person("Tess", "trust_leader", made.trust)
    made.person("Oz", "council_officer", made.council)
    made.person("Sena", "senco", made.schools[URN])
    for urn in partnership_cast.URNS:
        made.head(urn)
    return made


def words_of(answer: HttpResponse) -> str:
    """The words of a page, without its tags."""
    assert answer.status_code == 200
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def browser(cast: Cast, name: str) -> Client:
    """A browser in which somebody of the cast has signed in."""
    client = Client()
    client.force_login(cast.people[name])
    return client


def a_claim(cast: Cast) -> Claim:
    """A claim of the first school."""
    return claims.claim(Area.ATTENDANCE, SAID, urn=URN, by=cast.people["Sena"], now=NOW)


def a_plan(cast: Cast, title: str = "School plan") -> SchoolPlan:
    """A draft of the first school, with a priority that rests on a claim and has a late action."""
    sena = cast.people["Sena"]
    plan = plans.draft(title, urn=URN, by=sena, now=NOW)
    wanted = plans.Wanted("Every child is seen.", "Nobody waits.", [a_claim(cast)])
    priority = plans.prioritise(wanted, plan=plan, by=sena, now=NOW)
    said = plans.Promise("=Ring", sena, TODAY - timedelta(days=9), TODAY - timedelta(days=2), 12_345)
    plans.act(said, priority=priority, by=sena, now=NOW)
    return plan


def approved(cast: Cast, plan: SchoolPlan) -> SchoolPlan:
    """The plan, approved by its head."""
    plans.move(plans.Move(State.APPROVED, review_due=LATER), plan=plan, by=cast.head(URN), now=NOW)
    return SchoolPlan.objects.for_system_job("a test").get(pk=plan.pk)


def test_every_version_of_a_claim_is_kept_and_the_whole_is_shown_as_it_stood(cast: Cast) -> None:
    made, sena = a_claim(cast), cast.people["Sena"]
    evidence = claims.show(claims.Shown(words="Seen in March."), claim=made, by=sena, now=NOW)
    later = NOW + timedelta(minutes=5)
    claims.change(claims.Said("Most children come.", Judgement.NEED), claim=made, by=sena, now=later)
    claims.change(claims.Said("Most children come. ", Judgement.NEED), claim=made, by=sena, now=later)
    claims.take_back(evidence=evidence, by=sena, now=later)
    asked = {"viewer": sena, "on": TODAY, "own": False}
    [now] = evaluation(URN, **asked).lines
    [then] = evaluation(URN, **asked, at=NOW).lines
    assert (now.version.number, now.version.judged, now.evidence) == (2, Judgement.NEED, [])
    assert (then.version.words, [one.row.words for one in then.evidence]) == (SAID.words, ["Seen in March."])
    claims.withdraw(claim=made, by=sena, now=later)
    assert evaluation(URN, **asked).lines == []
    with pytest.raises(InputRefused, match="withdrawn"):
        claims.change(SAID, claim=made, by=sena, now=later)


def test_only_the_school_writes_and_only_its_head_decides(cast: Cast) -> None:
    made = a_claim(cast)
    for name in ("Cora", "Tess", "Oz", "head of 100002"):
        with pytest.raises(NotAllowed):
            claims.change(claims.Said("x", Judgement.NEED), claim=made, by=cast.people[name], now=NOW)
    plan, sena = a_plan(cast), cast.people["Sena"]
    for by in (sena, cast.dana, cast.people["Tess"]):
        with pytest.raises(NotAllowed):
            plans.move(plans.Move(State.APPROVED, review_due=LATER), plan=plan, by=by, now=NOW)
        with pytest.raises(NotAllowed):
            claims.ask(cast.people["Cora"], None, claim=made, by=by, now=NOW)
    approved(cast, plan)
    with pytest.raises(NotAllowed):
        plans.prioritise(plans.Wanted("Another."), plan=plan, by=sena, now=NOW)


def test_whoever_was_asked_says_once_whether_they_agree_and_sees_that_claim_alone(cast: Cast) -> None:
    made, head, peer = a_claim(cast), cast.head(URN), cast.head(100003)
    asked = claims.ask(peer, LATER, claim=made, by=head, now=NOW)
    with pytest.raises(InputRefused, match="asked already"):
        claims.ask(peer, LATER, claim=made, by=head, now=NOW)
    with pytest.raises(InputRefused, match="Only people of the place"):
        claims.ask(cast.people["Sena"], None, claim=made, by=head, now=NOW)
    address = f"{HOME}validations/{asked.pk}/"
    assert [(one.address, one.due) for one in waiting_for(peer, TODAY)] == [(address, LATER)]
    client = browser(cast, "head of 100003")
    assert SAID.words in words_of(client.get(address))
    for closed in (HOME, f"{HOME}self-evaluation/", f"{HOME}claims/{made.pk}/"):
        assert client.get(closed).status_code == 404
    assert client.post(address, {"agreed": "partly", "words": ""}).status_code == 422
    assert client.post(address, {"agreed": "partly", "words": "On two of three days."}).status_code == 302
    with pytest.raises(InputRefused, match="answered already"):
        claims.validate(Agreed.NO, "x", validation=asked, by=peer, now=NOW)
    with pytest.raises(NotAllowed):
        claims.validate(Agreed.NO, "x", validation=asked, by=head, now=NOW)
    words = words_of(browser(cast, "Sena").get(f"{HOME}claims/{made.pk}/"))
    assert "agreed in part" in words
    assert browser(cast, "Sena").post(address, {"agreed": "yes", "words": "Me too."}).status_code == 404
    assert waiting_for(peer, TODAY) == []


def test_a_draft_is_not_seen_by_other_schools_the_council_or_the_public(cast: Cast) -> None:
    plan = a_plan(cast)
    address = f"{HOME}plans/{plan.pk}/"
    for name in ("Sena", f"head of {URN}", "Tess"):
        assert browser(cast, name).get(address).status_code == 200
    for name in ("head of 100002", "head of 100003", "Cora", "Oz"):
        for closed in (address, f"{address}plan.docx", f"{address}plan.xlsx", HOME, f"{HOME}needs/"):
            assert browser(cast, name).get(closed).status_code == 404, (name, closed)
    assert Client().get(address).status_code == 302
    # The number of another school's plan under one's own school is none either.
    assert browser(cast, "head of 100002").get(f"/school-plans/100002/plans/{plan.pk}/").status_code == 404


def test_looking_and_changing_are_written_down(cast: Cast) -> None:
    a_plan(cast)
    browser(cast, "Tess").get(HOME)
    found = set(Entry.objects.filter(school=URN).values_list("thing", flat=True))
    assert {"school_plans:school", "school-plans:plan", "school-plans:claim"} <= found


def test_a_plan_goes_from_draft_to_approved_reviewed_and_closed_and_says_what_changed(cast: Cast) -> None:
    plan, head = a_plan(cast), cast.head(URN)
    with pytest.raises(InputRefused, match="does not become so"):
        plans.move(plans.Move(State.CLOSED, "Done."), plan=plan, by=head, now=NOW)
    with pytest.raises(InputRefused, match="day of review"):
        plans.move(plans.Move(State.APPROVED), plan=plan, by=head, now=NOW)
    approved(cast, plan)
    with pytest.raises(InputRefused, match="what came of it"):
        plans.move(plans.Move(State.REVIEWED), plan=plan, by=head, now=NOW)
    [block] = plan_page(plan, on=TODAY).blocks
    priority, [line] = block.priority, block.actions
    plans.change_priority(plans.Wanted("Every child is seen twice."), priority=priority, by=head, now=NOW)
    plans.report(Status.DONE, "Rung.", action=line.action, by=cast.people["Sena"], now=NOW)
    helped = plans.Helped("Training", TODAY, hours=3, organisation=cast.council, who="Oz")
    plans.receive(helped, priority=priority, by=cast.people["Sena"], now=NOW)
    plans.move(plans.Move(State.REVIEWED, "Half way."), plan=plan, by=head, now=NOW)
    plans.move(plans.Move(State.CLOSED, "Done."), plan=plan, by=head, now=NOW)
    page = plan_page(plan, on=TODAY)
    told = [(one.words.split(" (")[0][:38], one.after_approval) for one in reversed(page.changes)]
    assert told[0] == ("The plan was begun", False)
    assert [later for _, later in told] == sorted(later for _, later in told)
    assert page.changes[0].words == "The plan became closed, was reviewed. Done."
    assert (page.done, page.cost) == ("1 of 1 actions done", "£123.45")
    with pytest.raises(InputRefused, match="closed"):
        plans.prioritise(plans.Wanted("x"), plan=plan, by=head, now=NOW)


def test_what_is_downloaded_is_what_is_shown_and_no_cell_is_a_formula(cast: Cast) -> None:
    plan, client = approved(cast, a_plan(cast)), browser(cast, "Tess")
    address = f"{HOME}plans/{plan.pk}/"
    book = load_workbook(io.BytesIO(client.get(f"{address}plan.xlsx").content))
    assert book.sheetnames == ["Priorities", "Actions", "Support", "Changes"]
    assert book["Actions"]["B2"].value == "'=Ring"
    assert book["Actions"]["B2"].data_type == "s"
    words = word_words(client.get(f"{address}plan.docx").content)
    assert {"School plan: School 100001", "Priority 1: Every child is seen.", "=Ring", "£123.45"} <= set(words)
    said = word_words(client.get(f"{HOME}self-evaluation.docx").content)
    assert "Self-evaluation of School 100001" in said


def word_words(content: bytes) -> list[str]:
    """The paragraphs of a Word file as it is opened again, those in tables too."""
    opened = docx.Document(io.BytesIO(content))
    cells = [cell for table in opened.tables for row in table.rows for cell in row.cells]
    return [one.text for part in (opened, *cells) for one in part.paragraphs]


# A busy machine draws slowly; that is not what this is about.
@hypothesis_settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=50)
@given(st.text(max_size=60), st.lists(st.lists(st.text(max_size=20), min_size=2, max_size=2), max_size=3))
def test_any_words_make_a_whole_word_file(words: str, rows: list[list[str]]) -> None:
    out = WordFile(words, day=TODAY)
    out.heading(words, 2)
    out.text(words)
    out.table(("A", "B"), rows)
    assert word_words(out.bytes())


def test_a_named_need_is_seen_by_the_partnership_only_once_the_head_shares_it(cast: Cast) -> None:
    need = needs.name(Topic.MOBILITY, "Many come late.", urn=URN, by=cast.people["Sena"], now=NOW)
    cora, place = browser(cast, "Cora"), "/school-plans/places/south-harbour/"
    assert "Many come late." not in words_of(cora.get(place))
    with pytest.raises(NotAllowed):
        needs.share(True, need=need, by=cast.people["Sena"], now=NOW)
    needs.share(True, need=need, by=cast.head(URN), now=NOW)
    assert "Many come late." in words_of(cora.get(place))
    assert "Many come late." in cora.get(f"{place}needs.csv").content.decode("utf-8-sig")
    assert browser(cast, "head of 100003").get(place).status_code == 404
    needs.share(False, need=need, by=cast.head(URN), now=NOW)
    assert "Many come late." not in words_of(cora.get(place))
    needs.end(need=need, by=cast.people["Sena"], now=NOW)
    assert "Many come late." not in words_of(browser(cast, "Sena").get(f"{HOME}needs/"))


def test_needs_of_three_schools_become_a_joint_objective_and_of_two_do_not(cast: Cast) -> None:
    cora = cast.people["Cora"]
    plan = draft_of_place(NewPlan("Ours"), place=cast.place, by=cora, now=NOW)
    wanted = needs.Wanted(Topic.MOBILITY, "Receive newcomers together.", plan)
    for count, urn in enumerate(partnership_cast.URNS[:3], start=1):
        with pytest.raises(InputRefused, match="Fewer than 3 schools"):
            needs.make_objective(wanted, place=cast.place, by=cora, now=NOW)
        need = needs.name(Topic.MOBILITY, f"Need {count}", urn=urn, by=cast.head(urn), now=NOW)
        needs.share(True, need=need, by=cast.head(urn), now=NOW)
    with pytest.raises(NotAllowed):
        needs.make_objective(wanted, place=cast.place, by=cast.head(URN), now=NOW)
    client = browser(cast, "Cora")
    address = "/school-plans/places/south-harbour/mobility/objective/"
    answer = client.post(address, {"plan": plan.pk, "words": "Receive newcomers together."})
    item = Item.objects.get(plan=plan)
    assert answer.headers["Location"] == f"/plans/south-harbour/items/{item.pk}/"
    assert (item.kind, item.words) == (ItemKind.OBJECTIVE, "Receive newcomers together.")
    assert "Receive newcomers together." in words_of(client.get("/school-plans/places/south-harbour/"))


def test_choices_that_cost_more_than_there_is_are_said_to(cast: Cast) -> None:
    sena, head = cast.people["Sena"], cast.head(URN)
    for wrong, words in (
        (spending.Amount("2026", 1, pupils=1, source="x"), "no academic year"),
        (spending.Amount("2026/28", 1, pupils=1, source="x"), "no academic year"),
        (spending.Amount("2026/27", 1, pupils=1), "source"),
        (spending.Amount("2026/27", 1, measure="fsm_ever_share"), "not published"),
    ):
        with pytest.raises(InputRefused, match=words):
            spending.begin(wrong, urn=URN, by=sena, now=NOW)
    made = spending.begin(spending.Amount("2026/27", 148_000, pupils=1, source="List"), urn=URN, by=sena, now=NOW)
    with pytest.raises(InputRefused, match="Nothing is chosen"):
        spending.move(State.APPROVED, spending=made, review_due=LATER, by=head, now=NOW)
    gap = spending.challenge("Few words.", spending=made, by=sena, now=NOW)
    with pytest.raises(InputRefused, match="source of the evidence"):
        spending.choose(spending.Chosen("reading", "x", 1, "y", evidence="Strong."), challenge=gap, by=sena, now=NOW)
    choice = spending.choose(spending.Chosen("reading", "Daily.", 148_001, "Fluent."), challenge=gap, by=sena, now=NOW)
    address = f"{HOME}disadvantage/{made.pk}/"
    assert "£0.01 more than the £1,480 there is" in words_of(browser(cast, "Tess").get(address))
    spending.drop(choice=choice, by=sena, now=NOW)
    spending.choose(spending.Chosen("speaking", "Daily.", 100_000, "Talk."), challenge=gap, by=sena, now=NOW)
    spending.move(State.APPROVED, spending=made, review_due=LATER, by=head, now=NOW)
    with pytest.raises(InputRefused, match="Only a draft"):
        spending.challenge("More.", spending=made, by=sena, now=NOW)
    spending.move(State.REVIEWED, spending=made, words="They talk.", by=head, now=NOW)
    words = " ".join(word_words(browser(cast, "Tess").get(f"{address}plan.docx").content))
    assert "£480 is not yet given to anything" in words
    assert "They talk." in words


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_sums_say_so_when_they_add_up_to_more(amount: int, spent: int) -> None:
    found = Sums(amount, spent)
    assert found.is_over == ("more than the" in found.words) == (spent > amount)


def test_money_for_each_pupil_is_whole_pence_and_nought_pupils_get_no_share() -> None:
    assert per_pupil(100_000, 3) == "£333.33 for each of 3 pupils"
    assert per_pupil(1, 0) == ""


def test_being_outside_is_a_need_only_on_the_side_that_is_worse() -> None:
    outer = (Standing.ABOVE_OUTER, Standing.BELOW_OUTER)
    assert [is_outside(one, Polarity.LOWER) for one in outer] == [True, False]
    assert [is_outside(one, Polarity.HIGHER) for one in outer] == [False, True]
    assert [is_outside(one, Polarity.NEITHER) for one in outer] == [True, False]
    assert not is_outside(Standing.ABOVE_INNER, Polarity.LOWER)
    point = Point("1", 40, 100, 40.0, Standing.ABOVE_OUTER)
    words = funnel_words(measure("suspension_rate"), point, 10.0, Kind.RATE, "2022/23")
    assert "above the outer limit" in words
    assert "does not say why" in words


@pytest.mark.parametrize(
    ("values", "widens"),
    [
        ([10.0, 11.0, 12.0], True),
        ([10.0, 11.0, 11.04], False),
        ([12.0, 11.0, 10.0], False),
        ([-1.0, 1.0, 2.0], False),
        ([11.0, 12.0], None),
    ],
)
def test_a_gap_widens_when_it_grew_each_year_as_written(values: list[float], widens: bool | None) -> None:
    years = ["2021/22", "2022/23", "2023/24"][-len(values) :]
    found = widening(measure("gap_attainment8"), dict(zip(years, values, strict=True)), years=years)
    assert found.widens is widens
    assert found.because.endswith(".")


def test_where_a_gap_is_written_the_other_way_round_it_widens_downwards() -> None:
    values = {"2021/22": -0.5, "2022/23": -0.6, "2023/24": -0.7}
    declared = measure("progress8_against_other_pupils")
    assert widening(declared, values, years=sorted(values)).widens
    assert not widening(declared, {year: -value for year, value in values.items()}, years=sorted(values)).widens


def test_years_with_a_hole_between_them_tell_nothing() -> None:
    years = ["2018/19", "2022/23", "2023/24"]
    found = widening(measure("gap_persistent_absence"), dict.fromkeys(years, 1.0), years=years)
    assert (found.widens, "do not follow" in found.because) == (None, True)


@pytest.fixture
def measured(live_store: Path, settings: Settings, cast: Cast) -> tuple[Cast, int]:
    """The cast, with a school of which figures are published and whose head is in it."""
    settings.ROPEWALK_STORE = live_store
    reader = Reader(Store(live_store))
    listed = [int(one.urn) for one in reader.schools(place="X06000001")]
    urn = next(one for one in listed if measurable(one))
    school = name_organisation(kind=OrganisationKind.SCHOOL, key=str(urn), name="Measured School")
    join_place(organisation=school, place=cast.place, begins=partnership_cast.BEGAN, by="Dana", now=NOW)
    cast.schools[urn] = school
    cast.head(urn)
    return cast, urn


def test_a_figure_is_chosen_and_those_of_own_returns_stay_closed_to_a_validator(measured: tuple[Cast, int]) -> None:
    cast, urn = measured
    head = cast.head(urn)
    made = claims.claim(Area.EDUCATION, SAID, urn=urn, by=head, now=NOW)
    key, words = offered(urn, own=False)[0]
    claims.show(claims.Shown(chosen(key)), claim=made, by=head, now=NOW)
    [line] = evaluation(urn, viewer=head, on=TODAY, own=True).lines
    assert [one.read.words for one in line.evidence if one.read] == [words]
    assert all(one.read.address.startswith("/figures/?") for one in line.evidence if one.read)
    with pytest.raises(InputRefused, match="not there"):
        claims.show(claims.Shown(chosen("published|absence_overall|all|all|1999/00")), claim=made, by=head, now=NOW)


def test_the_baseline_is_frozen_when_the_head_approves(measured: tuple[Cast, int]) -> None:
    cast, urn = measured
    head = cast.head(urn)
    plan = plans.draft("Plan", urn=urn, by=head, now=NOW)
    key = measurable(urn)[0][0]
    with pytest.raises(InputRefused, match="needs a target"):
        plans.prioritise(plans.Wanted("x", figure=chosen(key)), plan=plan, by=head, now=NOW)
    for period in ("soon", "1999/00", "2030/31 to date"):
        wrong = plans.Wanted("x", figure=chosen(key), target=Decimal(1), by_period=period)
        with pytest.raises(InputRefused, match="later academic year"):
            plans.prioritise(wrong, plan=plan, by=head, now=NOW)
    right = plans.Wanted("x", figure=chosen(key), target=Decimal(1), by_period="2040/41")
    priority = plans.prioritise(right, plan=plan, by=head, now=NOW)
    plans.move(plans.Move(State.APPROVED, review_due=LATER), plan=plan, by=head, now=NOW)
    priority.refresh_from_db()
    figure = next(one for one in published_of(urn, [priority.measure]) if one.period == priority.period)
    assert float(priority.baseline or 0) == pytest.approx(figure.value or 0, abs=1e-4)
    assert figure.source.title in priority.baseline_source
    with pytest.raises(InputRefused, match="frozen"):
        plans.change_priority(plans.Wanted("x"), priority=priority, by=head, now=NOW)
    found = reading.school_needs(urn, viewer=head, on=TODAY)
    assert any("no value after the baseline" in one for one in found.unknown)


def test_pupils_are_counted_from_what_is_published_with_its_source(measured: tuple[Cast, int]) -> None:
    cast, urn = measured
    known = counted(urn)
    if not known:
        pytest.skip("The made-up publications count no disadvantaged pupils of this school.")
    said = spending.Amount("2026/27", 100, measure=known[0].key)
    made = spending.begin(said, urn=urn, by=cast.head(urn), now=NOW)
    assert (made.pupils, made.source) == (known[0].pupils, known[0].words)


def test_needs_of_a_place_are_read_from_what_is_published_of_its_schools(measured: tuple[Cast, int]) -> None:
    cast, urn = measured
    found = reading.place_needs(cast.area, on=TODAY)
    said = reading.published_of(urn)
    assert found.schools == 3
    assert all(one.because in {Because.FUNNEL, Because.GAP} for one in said.reasons)
    assert said.reasons or said.unknown


def test_each_has_waiting_what_they_have_to_do(cast: Cast) -> None:
    plan, sena, head = a_plan(cast), cast.people["Sena"], cast.head(URN)
    assert [one.words for one in waiting_for(head, TODAY)] == ["Approve the draft of a school plan: School plan"]
    assert waiting_for(sena, TODAY) == []
    approved(cast, plan)
    assert [one.words for one in waiting_for(sena, TODAY)] == ["Overdue: =Ring"]
    assert [one.due for one in waiting_for(head, LATER)] == [LATER]
    assert waiting_for(cast.people["Cora"], TODAY) == []


@pytest.mark.parametrize("page", ["self-evaluation/", "needs/", "plans/{}/"])
def test_pages_ask_as_often_for_many_rows_as_for_few(cast: Cast, page: str) -> None:
    plan, sena = a_plan(cast), cast.people["Sena"]
    client, address = browser(cast, "Sena"), f"{HOME}{page.format(plan.pk)}"
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert client.get(address).status_code == 200
    priority = plan.priorities.get()
    for number in range(6):
        made = a_claim(cast)
        claims.show(claims.Shown(words="Seen."), claim=made, by=sena, now=NOW)
        needs.name(Topic.OTHER, f"Need {number}", urn=URN, by=sena, now=NOW)
        plans.act(plans.Promise("Ring", sena), priority=priority, by=sena, now=NOW)
        plans.prioritise(plans.Wanted("x", claims=[made]), plan=plan, by=sena, now=NOW)
        plans.receive(plans.Helped("x", TODAY, who="Ada"), priority=priority, by=sena, now=NOW)
    with CaptureQueriesContext(connection) as many:
        assert client.get(address).status_code == 200
    assert len(many) == len(few)


def test_the_place_asks_as_often_for_many_shared_needs_as_for_one(cast: Cast) -> None:
    client, address = browser(cast, "Cora"), "/school-plans/places/south-harbour/"
    counts = []
    for number in range(5):
        need = needs.name(Topic.OTHER, f"Need {number}", urn=URN, by=cast.head(URN), now=NOW)
        needs.share(True, need=need, by=cast.head(URN), now=NOW)
        if number in {0, 4}:
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            counts.append(len(asked))
    assert counts[0] == counts[1]
