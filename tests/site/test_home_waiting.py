"""What waits for somebody: each source says so with one address, and doing it there takes it off the list."""

from __future__ import annotations

import time as clock
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.databases import database_of
from tests.editions_world import CODE, Stores, World, let_the_window_pass, make_world, own_store, stands
from tests.site import partnership_cast, workstreams_cast
from tests.site.partnership_cast import Cast

from ropewalk.core.use_cases.editions import Edition as Content
from ropewalk.core.use_cases.facts_store import Facts
from ropewalk.core.use_cases.returns import receipts
from ropewalk.site.agree.home.asking import Asking
from ropewalk.site.agree.home.helping import SOURCES as HELPING
from ropewalk.site.agree.home.lines import Waiting, day_words
from ropewalk.site.agree.home.page import waiting_for
from ropewalk.site.agree.home.waiting import SOURCES
from ropewalk.site.agree.partnership.actions.agreements import NewAgreement, draft_agreement, put_before_members
from ropewalk.site.agree.partnership.actions.belonging import Choice, decide
from ropewalk.site.agree.partnership.actions.bodies import NewBody, NewSeat, begin, take_seat
from ropewalk.site.agree.partnership.actions.meetings import Called, Resolved, call, resolve
from ropewalk.site.agree.partnership.kinds import AgreementKind, BodyKind, OutcomeKind, Part
from ropewalk.site.agree.partnership.models import AgreementVersion, Body
from ropewalk.site.agree.partnership.wording import Wording
from ropewalk.site.agree.plan.actions.items import Promise, add
from ropewalk.site.agree.plan.actions.kpis import Wanted as KpiWanted
from ropewalk.site.agree.plan.actions.kpis import set_measure
from ropewalk.site.agree.plan.actions.plans import NewPlan, draft, put
from ropewalk.site.agree.plan.actions.targets import propose
from ropewalk.site.agree.plan.kinds import Comes, ItemKind, State
from ropewalk.site.agree.plan.models import Item, Plan
from ropewalk.site.agree.school_plans.actions import needs, plans
from ropewalk.site.agree.school_plans.kinds import State as SchoolPlanState
from ropewalk.site.agree.school_plans.kinds import Topic
from ropewalk.site.agree.workstreams.actions import ideas, task
from ropewalk.site.agree.workstreams.models import Workstream
from ropewalk.site.foundation.accounts.invitations import invite
from ropewalk.site.foundation.accounts.models import Account, Invitation
from ropewalk.site.foundation.organisations.kinds import OrganisationKind
from ropewalk.site.foundation.organisations.models import Organisation
from ropewalk.site.foundation.permissions.models import Grant
from ropewalk.site.foundation.terms import actions as terms_actions
from ropewalk.site.foundation.terms.purposes import Purpose
from ropewalk.site.foundation.terms.wording import first_wording
from ropewalk.site.see.editions.challenging import Kind, challenge
from ropewalk.site.see.editions.models import Draft
from ropewalk.site.see.editions.releasing import check
from ropewalk.site.see.sharing import uploads
from ropewalk.site.see.sharing.models import Upload

pytestmark = pytest.mark.django_db
HEAD = 100001


def now() -> datetime:
    return timezone.now()


def today() -> date:
    return timezone.localdate()


def waits(person: Account, source: str, at: datetime | None = None) -> list[Waiting]:
    """What a source says of somebody."""
    return list(SOURCES[source](Asking(person, at or now())))


def client_of(person: Account) -> Client:
    client = Client()
    client.force_login(person)
    return client


def done(person: Account, source: str, said: dict[str, Any], *, form: str = "") -> None:
    """One thing waits; its page opens, and what is sent there (or to the form on it) takes it off the list."""
    [one] = waits(person, source)
    client = client_of(person)
    assert client.get(one.address).status_code == 200, one.address
    answer = client.post(one.address + form, said)
    assert answer.status_code == 302, answer.content.decode()
    assert waits(person, source) == []


@pytest.fixture
def cast(live_store: Path, settings: Settings, db: None) -> Cast:  # noqa: ARG001
    """A partnership with a board, run by Cora, at the council area; heads of its three schools."""
    settings.ROPEWALK_STORE = live_store
    made = partnership_cast.made()
    cora = made.person("Cora", "coordinator", made.area)
    made.head(HEAD)
    began = today() - timedelta(days=100)
    begin(NewBody(BodyKind.BOARD, "Board", began), place=made.area, by=cora, now=now())
    return made


def plan_of(cast: Cast, kind: ItemKind = ItemKind.ACTION, **said: Any) -> Item:
    """A part of a live plan that the head promised."""
    cora = cast.people["Cora"]
    plan = draft(NewPlan("One plan"), place=cast.area, by=cora, now=now())
    item = add(kind, Promise(words="Ring", owner=cast.head(HEAD), **said), plan=plan, by=cora, now=now())
    Plan.objects.update(state=State.LIVE)
    return item


def test_terms(cast: Cast) -> None:
    cora, head = cast.people["Cora"], cast.head(HEAD)
    assert waits(head, "terms") == []
    wording = first_wording(cast.area.name)
    made = terms_actions.write_draft(place=cast.area, wording=wording, expected="", by=cora, now=now())
    terms = terms_actions.put_in_force(place=cast.area, expected=made.digest, by=cora, now=now())
    assert waits(cora, "terms") == []
    done(head, "terms", {"digest": terms.digest, "choice": "all", "confirmed": "yes"})
    # Once terms ask for more, they are answered anew.
    article = wording.articles[Purpose.PLACE_FIGURES]
    longer = replace(article, retention_days=article.retention_days + 30)
    harder = replace(wording, articles={**wording.articles, Purpose.PLACE_FIGURES: longer})
    made = terms_actions.write_draft(place=cast.area, wording=harder, expected="", by=cora, now=now())
    terms = terms_actions.put_in_force(place=cast.area, expected=made.digest, by=cora, now=now())
    assert "have changed" in waits(head, "terms")[0].words
    done(head, "terms", {"digest": terms.digest, "choice": "all", "confirmed": "yes"})


def test_joining(cast: Cast) -> None:
    done(cast.head(HEAD), "joining", {"day": today().isoformat(), "words": "Governors agreed."})
    assert waits(cast.people["Cora"], "joining") == []


def agreement(cast: Cast, *numbers: int) -> list[AgreementVersion]:
    cora, versions = cast.people["Cora"], []
    for number in numbers:
        wording = Wording("We work together.", {OrganisationKind.SCHOOL: ("Share.",)})
        wanted = NewAgreement(AgreementKind.MEMORANDUM, f"Memorandum {number}")
        version = draft_agreement(wanted, wording, place=cast.area, by=cora, now=now())
        put_before_members(version=version, expected=version.digest, by=cora, now=now())
        versions.append(version)
    return versions


def test_agreements(cast: Cast) -> None:
    head, [version] = cast.head(HEAD), agreement(cast, 1)
    # Only members are asked.
    assert waits(head, "agreements") == []
    decide(Choice(HEAD, joins=True, day=today(), words="Yes."), place=cast.area, by=head, now=now())
    done(head, "agreements", {"organisation": cast.schools[HEAD].pk, "expected": version.digest})


def board(cast: Cast, *people: Account) -> Body:
    body = Body.objects.get(place=cast.area)
    for person in people:
        take_seat(NewSeat(Part.MEMBER, body.begins, person), body=body, by=cast.people["Cora"], now=now())
    return body


def test_meetings(cast: Cast) -> None:
    cora, head, other = cast.people["Cora"], cast.head(HEAD), cast.head(100002)
    body = board(cast, head)
    for days in (3, 9):
        called = Called(today() + timedelta(days=days), time(9), time(10), "Town hall")
        call(called, body=body, by=cora, now=now())
    [one] = waits(head, "meetings")
    assert one.when(today()) == f"on {day_words(today() + timedelta(days=3), today())}"
    assert client_of(head).get(one.address).status_code == 200
    assert waits(other, "meetings") == []
    # It is off the list when it is over, or called off.
    assert waits(head, "meetings", now() + timedelta(days=4)) != [one]
    assert client_of(cora).post(f"{one.address}off/", {"because": "Half term."}).status_code == 302
    assert waits(head, "meetings") == []


def test_meeting_actions(cast: Cast) -> None:
    cora, head = cast.people["Cora"], cast.head(HEAD)
    [meeting] = call(Called(today(), time(0, 1), time(23, 59), "Hall"), body=board(cast, head), by=cora, now=now())
    begun = timezone.make_aware(datetime.combine(today(), time(12)))
    for owner, days in (("Head of 100001, School", 3), ("Somebody", 30)):
        said = Resolved(OutcomeKind.ACTION, "Ring", owner, today() + timedelta(days=days))
        resolve(said, meeting=meeting, by=cora, now=begun)
    assert "tell whoever keeps the minutes" in waits(head, "meeting_actions")[0].words
    assert waits(cast.head(100002), "meeting_actions") == []
    done(cora, "meeting_actions", {"day": today().isoformat()})
    assert waits(head, "meeting_actions") == []


def test_plan_agree(cast: Cast) -> None:
    item, head = plan_of(cast), cast.head(HEAD)
    Plan.objects.update(state=State.DRAFT)
    put(plan=Plan.objects.get(pk=item.plan_id), to=[head], by=cast.people["Cora"], now=now())
    assert waits(cast.head(100002), "plan_agree") == []
    done(head, "plan_agree", {"agrees": "yes"})


def test_plan_parts(cast: Cast) -> None:
    plan_of(cast, due=today() - timedelta(days=2))
    head = cast.head(HEAD)
    assert waits(head, "plan_parts")[0].is_late(today())
    assert waits(cast.people["Cora"], "plan_parts") == []
    done(head, "plan_parts", {"status": "done", "words": "Rung."})


def test_plan_status(cast: Cast) -> None:
    plan_of(cast, begins=today() - timedelta(days=60), due=today() + timedelta(days=60))
    done(cast.head(HEAD), "plan_status", {"status": "under_way", "words": "Half are rung."})
    assert len(waits(cast.head(HEAD), "plan_status", now() + timedelta(days=31))) == 1


def test_plan_targets(cast: Cast) -> None:
    kpi, cora, head = plan_of(cast, ItemKind.KPI), cast.people["Cora"], cast.head(HEAD)
    set_measure(KpiWanted(comes=Comes.TYPED, unit="visits"), item=kpi, by=cora, now=now())
    propose(Decimal(20), "We can.", item=kpi, by=cora, now=now())
    propose(Decimal(30), "We can do more.", item=kpi, by=cora, now=now())
    assert (waits(cora, "plan_targets"), waits(cast.head(100002), "plan_targets")) == ([], [])
    done(head, "plan_targets", {"answer": "agree"})


def test_an_adopted_target_is_nobody_s_to_answer(cast: Cast) -> None:
    kpi, cora = plan_of(cast, ItemKind.KPI), cast.people["Cora"]
    set_measure(KpiWanted(comes=Comes.TYPED, unit="visits", target=Decimal(30)), item=kpi, by=cora, now=now())
    propose(Decimal(30), "As it is.", item=kpi, by=cora, now=now())
    assert waits(cast.head(HEAD), "plan_targets") == []


@pytest.fixture
def workstream(cast: Cast) -> Workstream:
    return workstreams_cast.proposed(cast.area, by=cast.people["Cora"], now=now())


def post(cast: Cast, workstream: Workstream, step: str, **said: Any) -> None:
    address = f"/workstreams/{cast.area.code}/{workstream.pk}/{step}/"
    answer = client_of(cast.people["Cora"]).post(address, said)
    assert answer.status_code == 302, answer.content.decode()


CHOSEN = {"measure": "persistent_absence", "phase": "all", "group": "all"}


def test_the_baseline_of_a_workstream(cast: Cast, workstream: Workstream) -> None:
    cora = cast.people["Cora"]
    council, ofsted = workstream.contributors.order_by("pk")
    assert "Set the measure" in waits(cora, "workstream_gate")[0].words
    done(cora, "workstream_gate", CHOSEN)
    assert "Council and Ofsted" in waits(cora, "workstream_figures")[0].words
    post(cast, workstream, "published", contributor=council.pk, period="", **CHOSEN)
    assert "figures of Ofsted to" in waits(cora, "workstream_figures")[0].words
    done(cora, "workstream_figures", {"contributor": ofsted.pk, "period": "", **CHOSEN})
    page = client_of(cora).get(waits(cora, "workstream_gate")[0].address)
    done(cora, "workstream_gate", {"expected": page.context["form"]["expected"].value()})
    digest = workstream.pictures.get().digest
    post(cast, workstream, "sign", contributor=council.pk, name="Ada", expected=digest)
    done(cora, "workstream_sign", {"contributor": ofsted.pk, "name": "Ben", "expected": digest})
    assert waits(cast.head(HEAD), "workstream_gate") == []


def test_the_think_tank_and_the_rest_of_a_workstream(cast: Cast, workstream: Workstream) -> None:
    cora, by = cast.people["Cora"], {"by": cast.people["Cora"], "now": now()}
    workstreams_cast.signed(workstream, workstreams_cast.frozen(workstream, **by), **by)
    council, ofsted = workstream.contributors.order_by("pk")
    said = {"title": "Meet", "words": "Early.", "owner": "Ada", "evidence": "none", "cost": "0"}
    done(cora, "workstream_gate", said)
    idea = workstream.ideas.get()
    post(cast, workstream, "vote", contributor=council.pk, idea=idea.pk)
    done(cora, "workstream_votes", {"contributor": ofsted.pk, "idea": idea.pk})
    assert "Shortlist" in waits(cora, "workstream_gate")[0].words
    ideas.shortlist(workstream=workstream, ideas=[idea], words="It is cheap.", **by)
    ends = (today() + timedelta(days=30)).isoformat()
    done(cora, "workstream_gate", {"text": "Meet.", "members": "Ada", "begins": today().isoformat(), "ends": ends})
    assert waits(cora, "workstream_end") == []
    task.close(workstream=workstream, words="Done.", **by)
    done(cora, "workstream_gate", {"ending": "adopted", "words": "It helped."})


def test_workstream_end(cast: Cast, workstream: Workstream) -> None:
    cora, then = cast.people["Cora"], now() - timedelta(days=40)
    workstreams_cast.at_task(workstream, by=cora, now=then)
    assert "was due on" in waits(cora, "workstream_end")[0].when(today())
    done(cora, "workstream_end", {"words": "We met every family."})


def test_roles(cast: Cast) -> None:
    assert waits(cast.dana, "roles") == []
    Grant.objects.filter(account=cast.people["Cora"], until__gte=today()).update(review_due=today())
    assert waits(cast.people["Cora"], "roles") == []
    done(cast.dana, "roles", {}, form="review/")


def test_invitations(cast: Cast) -> None:
    invite(name="Bob", email="bob@school.example", local_administrator=False, by=cast.dana, now=now())
    [one] = waits(cast.dana, "invitations")
    client = client_of(cast.dana)
    assert client.get(one.address).status_code == 200
    assert client.post(f"{one.address}{Invitation.objects.get().pk}/withdraw/").status_code == 302
    assert waits(cast.dana, "invitations") == []


@dataclass
class Editing:
    """An edition whose schools look at their figures, and who is there."""

    world: World
    address: str
    urn: int

    @property
    def head(self) -> Account:
        return self.world.head(self.urn)

    def person(self, name: str) -> Account:
        return self.world.people[name]


@pytest.fixture
def editing(edition_stores: Stores, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Editing:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    world = make_world(own_store(edition_stores.before, tmp_path, settings))
    first: Content = edition_stores.first
    edition = world.drafted(first)
    return Editing(world, f"/editions/{CODE}/{edition.number}/", first.wanted.partners[0])


def test_editions_own(editing: Editing) -> None:
    [one] = waits(editing.head, "editions_own")
    assert one.when(today()) == f"by {day_words(today() + timedelta(days=14), today())}"
    assert waits(editing.person("Cora"), "editions_own") == []
    done(editing.head, "editions_own", {}, form="content/")


def test_editions_answer(editing: Editing) -> None:
    edition = Draft.objects.get().edition
    said = {"kind": "comment", "words": "One class was on a trip."}
    assert client_of(editing.head).post(f"{editing.address}schools/{editing.urn}/challenge/", said).status_code == 302
    assert (waits(editing.head, "editions_own"), waits(editing.head, "editions_answer")) == ([], [])
    number = edition.challenges.for_system_job("a test").get().pk
    form = f"challenges/{number}/"
    done(editing.person("Cora"), "editions_answer", {"outcome": "stands", "words": "Trips count."}, form=form)


def test_editions_check_and_release(editing: Editing) -> None:
    edition = Draft.objects.get().edition
    assert waits(editing.person("Olu"), "editions_check") == []
    let_the_window_pass(edition)
    assert waits(editing.head, "editions_own") == []
    # Whoever computed the figures does not check them.
    assert waits(editing.person("Cora"), "editions_check") == []
    seen = {"seen": stands(edition).draft.digest}
    for name in ("Olu", "Petra"):
        done(editing.person(name), "editions_check", seen, form="check/")
    assert waits(editing.head, "editions_release") == []
    done(editing.person("Cora"), "editions_release", seen, form="release/")


def test_editions_in_as_many_questions_for_a_challenged_one(editing: Editing) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            waiting_for(Asking(editing.person("Olu"), now()))
        return len(caught)

    before = asked()
    for words in ("One.", "Two.", "Three."):
        said = {"edition": Draft.objects.get().edition, "urn": editing.urn, "by": editing.head, "now": now()}
        challenge(**said, kind=Kind.COMMENT, words=words)
    assert asked() == before
    with pytest.raises(Exception, match=r"answered first|look at their own"):
        check(edition=Draft.objects.get().edition, seen="", words="", by=editing.person("Olu"), now=now())


ROLL = "urn,upn,surname,forename,date_of_birth,sex,year_group,enrolment_status,start_date\n"


@pytest.fixture
def lead(live_store: Path, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, db: None) -> Account:  # noqa: ARG001
    """The data lead of a school, on a store of this test's own."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[2] / "src"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("ROPEWALK_IDENTITY_KEY", "k" * 32)
    store = own_store(live_store, tmp_path, settings)
    monkeypatch.setenv("DATABASE_URL", database_of(store))
    made = partnership_cast.made()
    urn = receipts(Facts(store))[0].schools[0]
    Organisation.objects.filter(key=str(HEAD)).update(key=str(urn))
    school = Organisation.objects.get(key=str(urn))
    made.person("A head", "head", school)
    return made.person("Dora", "data_lead", school)


def uploaded(client: Client, address: str) -> Upload:
    """A roll is sent at an address and checked."""
    urn = int(address.split("/")[3])
    year = timezone.localdate().year - (timezone.localdate().month < 9)
    row = f"{urn},H011206719000,Canary,Zebedee,2014-03-01,M,8,C,{year}-09-01\n"
    assert client.get(address).status_code == 200
    sent = client.post(
        f"{address}send/", {"files": [SimpleUploadedFile("roll.csv", (ROLL + row).encode())], "year": ""}
    )
    assert sent.status_code == 302, sent.content.decode()
    return settled(Upload.objects.for_system_job("a test").latest("at"))


def settled(upload: Upload) -> Upload:
    for _ in range(600):
        if uploads.standing_of(upload).state is not uploads.State.WORKING:
            return upload
        clock.sleep(0.1)
    pytest.fail("the upload is still being worked on")


def test_returns_and_uploads(lead: Account) -> None:
    client, head = client_of(lead), Account.objects.get_by_natural_key("A head")
    [one] = waits(lead, "returns")
    assert "the roll of" in one.words
    # A school with a data lead does not ask its head.
    assert waits(head, "returns") == []
    Grant.objects.filter(account=lead).update(ended_on=today())
    assert len(waits(head, "returns")) == 1
    Grant.objects.filter(account=lead).update(ended_on=None)
    upload = uploaded(client, one.address)
    [checked] = waits(lead, "uploads")
    assert (checked.address, waits(head, "uploads")) == (f"/returns/uploads/{upload.pk}/", [])
    assert client.post(f"{checked.address}submit/").status_code == 302
    settled(upload)
    assert waits(lead, "uploads") == []
    assert "the roll of" not in "".join(still.words for still in waits(lead, "returns"))


def test_files_given_up_wait_no_more(lead: Account) -> None:
    client = client_of(lead)
    uploaded(client, waits(lead, "returns")[0].address)
    done(lead, "uploads", {}, form="delete/")


def test_every_source_is_tested_here() -> None:
    here = Path(__file__).read_text(encoding="utf-8")
    assert [name for name in SOURCES if f'"{name}"' not in here] == []


def test_late_comes_first_and_what_has_no_day_last(cast: Cast) -> None:
    plan_of(cast, due=today() - timedelta(days=2))
    cora, head = cast.people["Cora"], cast.head(HEAD)
    call(Called(today() + timedelta(days=3), time(9), time(10), "Hall"), body=board(cast, head), by=cora, now=now())
    found = [one.when(today()).split(" ")[0] for one in waiting_for(Asking(head, now()))]
    # The part that is late, the meeting, and then the returns and whether the school joins.
    assert found == ["was", "on", "no", "no"]


def test_it_asks_no_more_questions_for_many_than_for_few(cast: Cast, django_assert_num_queries: Any) -> None:
    cora, head = cast.people["Cora"], cast.head(HEAD)
    decide(Choice(HEAD, joins=True, day=today(), words="Yes."), place=cast.area, by=head, now=now())

    def more(number: int) -> None:
        agreement(cast, number)
        plan = draft(NewPlan(f"Plan {number}"), place=cast.area, by=cora, now=now())
        for days in (-3, 2, 60):
            begins, due = today() - timedelta(days=60), today() + timedelta(days=days)
            said = Promise(words="Ring", owner=head, begins=begins, due=due)
            add(ItemKind.ACTION, said, plan=plan, by=cora, now=now())
        Plan.objects.filter(pk=plan.pk).update(state=State.LIVE)
        made = workstreams_cast.proposed(cast.area, by=cora, now=now(), title=f"Stream {number}")
        workstreams_cast.frozen(made, by=cora, now=now())
        called = Called(today() + timedelta(days=number), time(9), time(10), "Hall")
        call(called, body=Body.objects.get(), by=cora, now=now())

    board(cast, head, cora)
    more(1)
    counts: dict[Account, int] = {}
    asked: Callable[[Account], int] = lambda person: len(waiting_for(Asking(person, now())))  # noqa: E731
    few = {}
    for person in (head, cora):
        with CaptureQueriesContext(connection) as caught:
            few[person] = asked(person)
        counts[person] = len(caught)
    for number in (2, 3, 4, 5):
        more(number)
    for person in (head, cora):
        with django_assert_num_queries(counts[person]):
            assert asked(person) > few[person]


def test_school_plans(cast: Cast) -> None:
    lead = cast.person("Sena", "senco", cast.schools[HEAD])
    drafted = plans.draft("School plan", urn=HEAD, by=lead, now=now())
    plans.prioritise(plans.Wanted("Every child is seen."), plan=drafted, by=lead, now=now())
    head = cast.head(HEAD)
    assert waits(lead, "school_plans") == waits(cast.people["Cora"], "school_plans") == []
    [one] = waits(head, "school_plans")
    assert client_of(head).get(one.address).status_code == 200
    approve = plans.Move(SchoolPlanState.APPROVED, review_due=today() + timedelta(days=90))
    plans.move(approve, plan=drafted, by=head, now=now())
    assert waits(head, "school_plans") == []


def test_who_runs_the_partnership_sees_needs_that_heads_share(cast: Cast) -> None:
    head, cora = cast.head(HEAD), cast.people["Cora"]

    def seen(person: Account) -> list[str]:
        return [one.more for one in HELPING["school_needs"](Asking(person, now()))]

    need = needs.name(Topic.MOBILITY, "Many come late.", urn=HEAD, by=head, now=now())
    assert seen(cora) == []
    needs.share(True, need=need, by=head, now=now())
    assert (seen(cora), seen(cast.head(100002))) == (["Many come late."], [])
