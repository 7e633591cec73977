"""Workstreams: figures from published statistics, a frozen and signed baseline, ideas, a charter, what is decided."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import ProtectedError
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.site import partnership_cast
from tests.site.conftest import Page
from tests.site.partnership_cast import BEGAN, NOW, TODAY, Cast
from tests.site.workstreams_cast import ABSENCE, IDEA, TYPED, at_task, frozen, proposed, signed

from ropewalk.core.errors import InputRefused, NotAllowed
from ropewalk.core.measures import all_measures
from ropewalk.core.use_cases.figures import Wanted, list_schools, select_figures
from ropewalk.core.use_cases.following import Followed, follow
from ropewalk.core.use_cases.importing import import_open_data
from ropewalk.core.use_cases.making_up import make_up_published_files
from ropewalk.core.use_cases.store import Reader, Store
from ropewalk.site.agree.workstreams.actions import baseline, ideas, task
from ropewalk.site.agree.workstreams.forms import MeasureForm
from ropewalk.site.agree.workstreams.kinds import Aim, Ending, Evidence
from ropewalk.site.agree.workstreams.models import Idea, Picture, SubmittedFigure, Workstream
from ropewalk.site.agree.workstreams.selectors.impact import impact_of
from ropewalk.site.agree.workstreams.selectors.state import state_of
from ropewalk.site.agree.workstreams.selectors.workstreams import ideas_of
from ropewalk.site.agree.workstreams.stages import Stage
from ropewalk.site.foundation.audit.models import Entry
from ropewalk.site.foundation.organisations.actions import join_place, name_organisation, name_place
from ropewalk.site.foundation.organisations.kinds import OrganisationKind, PlaceKind

Reading = Callable[..., Page]
REGION = "X12000001"
COUNCILS = [f"X06{number:06d}" for number in range(1, 13)]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of made-up published absence, pupils and neighbours."""
    folder = tmp_path_factory.mktemp("workstreams")
    written = make_up_published_files(folder / "published", seed=1, progress=lambda *_: None)
    chosen = [one for one in written if one.name.startswith(("spc_", "lait", "absence_bands", "statistical"))]
    import_open_data(Store(folder / "store"), chosen, now="2026-03-01T00:00:00Z", progress=lambda *_: None)
    return folder / "store"


@pytest.fixture
def cast(published: Path, settings: Settings, db: None) -> Cast:  # noqa: ARG001
    settings.ROPEWALK_STORE = published
    made = partnership_cast.made()
    made.person("Cora", "coordinator", made.area)
    return made


@pytest.fixture
def cora(cast: Cast) -> dict[str, Any]:
    return {"by": cast.people["Cora"], "now": NOW}


@pytest.fixture
def inclusion(cast: Cast, cora: dict[str, Any]) -> Workstream:
    return proposed(cast.area, **cora)


def expected_of(made: Workstream) -> str:
    return hashlib.sha256(baseline.draft(made, NOW)).hexdigest()


def test_a_published_figure_is_read_and_never_typed(
    cast: Cast, cora: dict[str, Any], inclusion: Workstream, published: Path
) -> None:
    first = inclusion.contributors.earliest("pk")
    made = baseline.submit_published(ABSENCE, period="2022/23", contributor=first, **cora)
    own = follow(Reader(Store(published)), Followed(cast.area.code, "persistent_absence", "all", "all")).own
    there = own.at("2022/23")
    assert there is not None
    assert made.value == f"{there.value:.1f}% ({there.numerator:,} of {there.denominator:,})"
    with pytest.raises(InputRefused, match="Nothing is published for 1999 to 2000"):
        baseline.submit_published(ABSENCE, period="1999/00", contributor=first, **cora)
    with pytest.raises(InputRefused, match="Nothing is published"):
        unknown = replace(ABSENCE, phase="alternative")
        baseline.submit_published(unknown, period="", contributor=first, **cora)


def test_every_aim_is_followed_by_measures_that_are_known(cora: dict[str, Any], inclusion: Workstream) -> None:
    for aim in Aim:
        assert set(aim.measures) <= set(all_measures())
        assert bool(aim.measures) == (aim is not Aim.OTHER)
        offered = [name for name, _ in MeasureForm(workstream=Workstream(aim=aim)).fields["measure"].choices]
        assert offered[: len(aim.measures) + 1] == ["", *aim.measures]
        assert sorted(offered) == sorted(["", *all_measures()])
    first = inclusion.contributors.earliest("pk")
    group = replace(ABSENCE, measure="free_school_meals", group="girls")
    with pytest.raises(InputRefused, match="Nothing is published"):
        baseline.submit_published(group, period="", contributor=first, **cora)


def test_a_typed_figure_has_definition_source_and_evidence(cora: dict[str, Any], inclusion: Workstream) -> None:
    first = inclusion.contributors.earliest("pk")
    for name in ("title", "value", "period", "definition", "source", "evidence"):
        with pytest.raises(InputRefused, match=f"There is no {name}"):
            baseline.submit_typed(replace(TYPED, **{name: " "}), contributor=first, **cora)
    assert not SubmittedFigure.objects.exists()


def test_definitions_that_differ_are_reconciled_before_the_picture_is_frozen(
    cora: dict[str, Any], inclusion: Workstream
) -> None:
    council, ofsted = inclusion.contributors.order_by("pk")
    with pytest.raises(InputRefused, match="No measure is set"):
        baseline.freeze(workstream=inclusion, expected="", **cora)
    baseline.set_measure(ABSENCE, workstream=inclusion, **cora)
    with pytest.raises(InputRefused, match="Nobody submitted"):
        baseline.freeze(workstream=inclusion, expected=expected_of(inclusion), **cora)
    baseline.submit_typed(TYPED, contributor=council, **cora)
    with pytest.raises(InputRefused, match="no definitions differ"):
        baseline.reconcile(workstream=inclusion, title=TYPED.title, words="Half.", **cora)
    baseline.submit_typed(replace(TYPED, definition="No place"), contributor=ofsted, **cora)
    with pytest.raises(InputRefused, match="not reconciled: Out of school"):
        baseline.freeze(workstream=inclusion, expected=expected_of(inclusion), **cora)
    read = expected_of(inclusion)
    baseline.reconcile(workstream=inclusion, title=TYPED.title, words="Half or more counts.", **cora)
    with pytest.raises(InputRefused, match="changed since you read it"):
        baseline.freeze(workstream=inclusion, expected=read, **cora)
    made = baseline.freeze(workstream=inclusion, expected=expected_of(inclusion), **cora)
    content = json.loads(made.content)
    assert content["reconciled"] == [{"title": "Out of school", "words": "Half or more counts."}]
    assert [one["definition"] for one in content["figures"]] == ["Half or more missed", "No place"]


def test_a_frozen_picture_is_signed_as_it_was_read_by_everybody_and_never_changes(
    cora: dict[str, Any], inclusion: Workstream
) -> None:
    picture = frozen(inclusion, **cora)
    assert picture.digest == hashlib.sha256(picture.content.encode()).hexdigest()
    council, ofsted = inclusion.contributors.order_by("pk")
    with pytest.raises(InputRefused, match="not the picture you read"):
        baseline.sign(contributor=council, name="Ada", expected="0" * 64, **cora)
    baseline.sign(contributor=council, name="Ada", expected=picture.digest, **cora)
    with pytest.raises(InputRefused, match="signed already"):
        baseline.sign(contributor=council, name="Ada", expected=picture.digest, **cora)
    assert state_of(inclusion).stage is Stage.BASELINE
    baseline.submit_typed(TYPED, contributor=ofsted, **cora)
    with pytest.raises(InputRefused, match="added after it was frozen"):
        baseline.sign(contributor=ofsted, name="Ben", expected=picture.digest, **cora)
    again = baseline.freeze(workstream=inclusion, expected=expected_of(inclusion), **cora)
    assert again.number == 2
    signed(inclusion, again, **cora)
    assert state_of(inclusion).stage is Stage.THINK_TANK
    with pytest.raises(InputRefused, match="belongs to the stage “Baseline”"):
        baseline.submit_typed(TYPED, contributor=ofsted, **cora)
    again.content = "{}"
    for change in (again.save, again.delete, Picture.objects.all().delete, lambda: Picture.objects.update(number=9)):
        with pytest.raises(ProtectedError):
            change()
    assert not [one for one in Entry.objects.all() if "Ada" in one.about]


def test_each_contributor_has_one_vote_and_the_shortlist_is_decided_in_words(
    cast: Cast, cora: dict[str, Any], inclusion: Workstream
) -> None:
    signed(inclusion, frozen(inclusion, **cora), **cora)
    for wrong, said in (
        (replace(IDEA, owner=" "), "no owner"),
        (replace(IDEA, evidence=Evidence.STRONG), "no link"),
        (replace(IDEA, pence=-1), "less than nothing"),
    ):
        with pytest.raises(InputRefused, match=said):
            ideas.bring_idea(wrong, workstream=inclusion, **cora)
    meet, write = (ideas.bring_idea(replace(IDEA, title=t), workstream=inclusion, **cora) for t in ("Meet", "Write"))
    council, ofsted = inclusion.contributors.order_by("pk")
    for idea, contributor in ((meet, council), (meet, ofsted), (write, council), (write, ofsted)):
        ideas.vote(idea=idea, contributor=contributor, **cora)
    assert [(one.idea.title, one.votes, one.cost) for one in ideas_of(inclusion)] == [
        ("Write", 2, "£18,500"),
        ("Meet", 0, "£18,500"),
    ]
    other = proposed(cast.area, title="Other", **cora).contributors.earliest("pk")
    with pytest.raises(InputRefused, match="another workstream"):
        ideas.vote(idea=meet, contributor=other, **cora)
    for chosen, words, said in (([], "Cheap.", "No idea"), ([write], " ", "no decision")):
        with pytest.raises(InputRefused, match=said):
            ideas.shortlist(workstream=inclusion, ideas=chosen, words=words, **cora)
    ideas.shortlist(workstream=inclusion, ideas=[write], words="Cheap.", **cora)
    assert [one.is_chosen for one in ideas_of(inclusion)] == [True, False]


def test_a_task_is_closed_or_formally_extended_and_then_decided_once(
    cora: dict[str, Any], inclusion: Workstream
) -> None:
    charter = task.NewCharter("Meet.", "Ada", TODAY, TODAY + timedelta(days=9))
    with pytest.raises(InputRefused, match="belongs to the stage “Think Tank”"):
        task.begin(charter, workstream=inclusion, **cora)
    at_task(inclusion, **cora)
    late = {**cora, "now": NOW + timedelta(days=40)}
    assert state_of(inclusion).is_late(TODAY + timedelta(days=40))
    with pytest.raises(InputRefused, match="not after"):
        task.extend(workstream=inclusion, ends=TODAY + timedelta(days=40), because="Snow.", **late)
    task.extend(workstream=inclusion, ends=TODAY + timedelta(days=60), because="Snow.", **late)
    assert state_of(inclusion).ends == TODAY + timedelta(days=60)
    with pytest.raises(InputRefused, match="belongs to the stage “Impact”"):
        task.decide(workstream=inclusion, ending=Ending.ADOPTED, words="It helped.", **late)
    task.close(workstream=inclusion, words="Forty meetings.", **late)
    made = task.decide(workstream=inclusion, ending=Ending.ADAPTED, words="Cannot tell yet.", **late)
    assert made.digest == hashlib.sha256(made.seen.encode()).hexdigest()
    assert state_of(inclusion).stage is Stage.OVER
    with pytest.raises(InputRefused, match="“Decided”"):
        task.decide(workstream=inclusion, ending=Ending.STOPPED, words="No.", **late)


def test_only_whoever_runs_the_partnership_does_any_of_it(
    cast: Cast, cora: dict[str, Any], inclusion: Workstream
) -> None:
    at_task(inclusion, **cora)
    head: dict[str, Any] = {"by": cast.head(100001), "now": NOW}
    [council, _] = inclusion.contributors.order_by("pk")
    idea = Idea.objects.get()
    for refused in (
        lambda: proposed(cast.area, title="Mine", **head),
        lambda: baseline.add_contributor(workstream=inclusion, name="Mine", **head),
        lambda: baseline.set_measure(ABSENCE, workstream=inclusion, **head),
        lambda: baseline.submit_published(ABSENCE, period="", contributor=council, **head),
        lambda: baseline.submit_typed(TYPED, contributor=council, **head),
        lambda: baseline.reconcile(workstream=inclusion, title="x", words="x", **head),
        lambda: baseline.freeze(workstream=inclusion, expected="", **head),
        lambda: baseline.sign(contributor=council, name="x", expected="", **head),
        lambda: ideas.bring_idea(IDEA, workstream=inclusion, **head),
        lambda: ideas.vote(idea=idea, contributor=council, **head),
        lambda: ideas.shortlist(workstream=inclusion, ideas=[idea], words="x", **head),
        lambda: task.begin(task.NewCharter("x", "x", TODAY, TODAY), workstream=inclusion, **head),
        lambda: task.extend(workstream=inclusion, ends=TODAY, because="x", **head),
        lambda: task.close(workstream=inclusion, words="x", **head),
        lambda: task.decide(workstream=inclusion, ending=Ending.STOPPED, words="x", **head),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_a_regional_lead_leads_a_workstream_whose_baseline_pools_all_councils(
    cast: Cast, published: Path, client: Client, read: Reading
) -> None:
    region = name_place(kind=PlaceKind.REGION, code=REGION, name="Made-up region")
    rosa = cast.person("Rosa", "regional_lead", region)
    made = proposed(region, by=rosa, now=NOW)
    picture = frozen(made, by=rosa, now=NOW)
    own = json.loads(picture.content)["readings"][0]
    reader = Reader(Store(published))
    parts = [
        follow(reader, Followed(code, "persistent_absence", "all", "all")).own.at(own["period"]) for code in COUNCILS
    ]
    assert own["places"] == len(COUNCILS)
    assert own["numerator"] == sum(one.numerator or 0 for one in parts if one)
    assert own["denominator"] == sum(one.denominator or 0 for one in parts if one)
    client.force_login(rosa)
    assert f"pooled from {len(COUNCILS)} places" in read(f"/workstreams/{REGION}/{made.pk}/").words
    client.force_login(cast.head(100001))
    assert client.get(f"/workstreams/{REGION}/{made.pk}/").status_code == 404


def test_a_named_set_pools_its_schools_and_says_nothing_where_one_is_missing(
    cast: Cast, cora: dict[str, Any], published: Path
) -> None:
    reader, meals = Reader(Store(published)), replace(ABSENCE, measure="free_school_meals")
    place = name_place(kind=PlaceKind.NAMED_SET, code="ropes", name="Ropes")
    there = list_schools(reader, cast.area.code)[:4]
    assert len({one.phase for one in there}) > 1
    for one in there:
        school = name_organisation(kind=OrganisationKind.SCHOOL, key=one.urn, name=one.name)
        join_place(organisation=school, place=place, begins=BEGAN, by="Dana", now=NOW)
    by: dict[str, Any] = {**cora, "by": cast.dana}
    contributor = proposed(place, **by).contributors.earliest("pk")
    made = baseline.submit_published(meals, period="", contributor=contributor, **by)
    wanted = Wanted(place=cast.area.code, measures=("free_school_meals",), periods=("2022/23",))
    own = [figure for one in there for figure in select_figures(reader, replace(wanted, school=one.urn)).figures]
    counted, of = (sum(getattr(one, name) for one in own) for name in ("numerator", "denominator"))
    assert made.value == f"{100 * counted / of:.1f}% ({counted:,} of {of:,})"
    assert made.source.endswith("pooled from 4 places")
    stranger = name_organisation(kind=OrganisationKind.SCHOOL, key="999999", name="No figures")
    join_place(organisation=stranger, place=place, begins=BEGAN, by="Dana", now=NOW)
    with pytest.raises(InputRefused, match="Nothing is published"):
        baseline.submit_published(meals, period="", contributor=contributor, **by)


@pytest.fixture(scope="module")
def two_years(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Stores before and after the newest year of absence by counts was published."""
    folder = tmp_path_factory.mktemp("years")
    written = make_up_published_files(folder / "published", seed=1, progress=lambda *_: None)
    [bands] = [one for one in written if one.name.startswith("absence_bands")]
    [near] = [one for one in written if one.name.startswith("statistical")]
    earlier = folder / bands.name
    lines = bands.read_text(encoding="utf-8").splitlines(keepends=True)
    earlier.write_text("".join(line for line in lines if ",202223," not in line), encoding="utf-8")
    assert len(earlier.read_bytes()) < len(bands.read_bytes())
    for store, file in (("before", earlier), ("after", bands)):
        import_open_data(Store(folder / store), [file, near], now="2026-03-01T00:00:00Z", progress=lambda *_: None)
    return folder / "before", folder / "after"


@pytest.mark.parametrize("code", ["X06000001", REGION])
def test_the_frozen_baseline_is_set_against_now_here_and_beside(
    cast: Cast, settings: Settings, two_years: tuple[Path, Path], code: str
) -> None:
    place = cast.area if code != REGION else name_place(kind=PlaceKind.REGION, code=REGION, name="Made-up region")
    settings.ROPEWALK_STORE = two_years[0]
    made = proposed(place, by=cast.dana, now=NOW)
    picture = frozen(made, by=cast.dana, now=NOW)
    found = impact_of(made, on=TODAY)
    assert found is not None
    assert {one.said for one in found.lines} == {"Cannot tell. Nothing newer than the baseline is published yet."}
    settings.ROPEWALK_STORE = two_years[1]
    found = impact_of(made, on=TODAY)
    assert found is not None
    there = json.loads(picture.content)["readings"][0]
    assert (there["period"], there["where"]) == ("2021/22", place.name)
    own, *beside = found.lines
    assert "2021 to 2022" in own.then
    assert f"({there['numerator']:,} of {there['denominator']:,})" in own.then
    assert "2022 to 2023" in own.now
    assert own.interval != "not known"
    assert not own.said.startswith("Cannot tell")
    others = ["Made-up England"]
    if code == REGION:
        assert there["places"] == len(COUNCILS)
    else:
        others = ["Statistical neighbours", "Made-up region", *others]
    assert [one.where for one in beside] == others
    assert [one.where for one in found.against] == [f"{place.name} less {one}" for one in others]
    assert "not known" not in {one.interval for one in (*beside, *found.against)}


def test_a_coordinator_goes_through_the_stages_on_pages_and_a_head_reads(
    cast: Cast, client: Client, read: Reading
) -> None:
    home = f"/workstreams/{cast.area.code}/"
    cora = cast.people["Cora"]
    client.force_login(cora)
    assert "No workstream is proposed yet" in read(home).words
    said = {"title": "Inclusion", "aim": "in_school", "question": "Who?", "chair": "Dora", "contributors": "Council"}
    made = client.post(f"{home}new/", said).headers["Location"]
    contributor = Workstream.objects.get().contributors.get().pk
    today = timezone.localdate()
    chosen = {"measure": "persistent_absence", "phase": "all", "group": "all"}
    for step, sent in (
        ("measure", chosen),
        ("published", {**chosen, "period": "", "contributor": contributor}),
        ("typed", {**vars(TYPED), "contributor": contributor}),
        ("typed", {**vars(TYPED), "definition": "No <i>place</i>", "contributor": contributor}),
        ("reconcile", {"title": TYPED.title, "words": "Half."}),
        ("freeze", None),
        ("sign", {"contributor": contributor, "name": "Ada"}),
        ("idea", {"title": "Meet", "words": "Early", "owner": "Ada", "evidence": "none", "cost": "£1,250"}),
        ("vote", {"contributor": contributor, "idea": None}),
        ("shortlist", {"numbers": "1", "words": "Cheap."}),
        ("charter", {"text": "Meet.", "members": "Ada\nBen", "begins": today, "ends": today + timedelta(days=30)}),
        ("extend", {"ends": today + timedelta(days=60), "because": "Snow."}),
        ("close", {"words": "Forty meetings."}),
        ("decide", {"ending": "stopped", "words": "Cannot tell."}),
    ):
        send = {key: Idea.objects.get().pk if value is None else value for key, value in (sent or {}).items()}
        form = client.get(f"{made}{step}/")
        assert form.status_code == 200, step
        if step in {"freeze", "sign"}:
            send["expected"] = form.context["form"].initial["expected"]
        answer = client.post(f"{made}{step}/", send)
        assert (answer.status_code, answer.headers.get("Location")) == (302, made), (step, answer.content.decode())
    client.force_login(cast.head(100001))
    page = read(made)
    assert "No &lt;i&gt;place&lt;/i&gt;" in page.html
    for words in ("Reconciled: Half.", "Ada for Council", "£1,250", "until", "Snow.", "Stopped", "Cannot tell"):
        assert words in page.words, words
    assert client.get(f"{made}idea/").status_code == 404
    for file in ("baseline.csv", "ideas.csv", "impact.csv", "baseline.json"):
        assert client.get(f"{made}{file}").headers["Content-Disposition"].startswith("attachment")
    picture = client.get(f"{made}baseline.json").content
    assert hashlib.sha256(picture).hexdigest() in page.html
    assert "Inclusion" in client.get(f"{home}workstreams.csv").content.decode()
    assert "Decided" in read(home).words
