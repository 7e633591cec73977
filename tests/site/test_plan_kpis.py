"""KPIs measure themselves: published values, a frozen baseline, a line to the target, and a rule that may not tell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from tests.site import partnership_cast
from tests.site.conftest import Page
from tests.site.partnership_cast import NOW, TODAY, Cast

from ropewalk.core.errors import InputRefused, NotAllowed
from ropewalk.core.use_cases.figures import Wanted as FiguresWanted
from ropewalk.core.use_cases.figures import list_places, select_figures
from ropewalk.core.use_cases.store import Reader, Store
from ropewalk.site.agree.plan.actions.items import Promise, add
from ropewalk.site.agree.plan.actions.kpis import Wanted, Written, set_measure, write_in
from ropewalk.site.agree.plan.actions.plans import NewPlan, agree, draft, put
from ropewalk.site.agree.plan.kinds import Comes, ItemKind
from ropewalk.site.agree.plan.models import Item, Kpi, Plan
from ropewalk.site.agree.plan.selectors.changes import told
from ropewalk.site.agree.plan.selectors.measuring import in_order, measured
from ropewalk.site.agree.plan.trajectory import Course, Point, Verdict, judged

Reading = Callable[..., Page]
FALLING = Course(2023, 30.0, 2027, 26.0)
AREA = "X06000001"
HOME = "/plans/south-harbour/"


@pytest.fixture
def cast(made_up_store: Path, settings: Settings, db: None) -> Cast:  # noqa: ARG001
    settings.ROPEWALK_STORE = made_up_store
    made = partnership_cast.made()
    made.person("Cora", "coordinator", made.place)
    return made


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return draft(NewPlan("Plan"), place=cast.place, by=cast.people["Cora"], now=NOW)


@pytest.fixture
def item(cast: Cast, plan: Plan) -> Item:
    said = Promise(words="Fewer are absent", due=TODAY + timedelta(days=700), owner=cast.head(100001))
    return add(ItemKind.KPI, said, plan=plan, by=cast.people["Cora"], now=NOW)


def published(target: str = "20", period: str = "2022/23", by_period: str = "2029/30") -> Wanted:
    return Wanted(
        comes=Comes.PUBLISHED,
        area=AREA,
        measure="persistent_absence",
        phase="all",
        group="all",
        period=period,
        target=Decimal(target),
        by_period=by_period,
    )


@pytest.mark.parametrize(
    ("latest", "counts", "verdict"),
    [
        (28.0, (2800, 10_000), Verdict.ON_TRACK),
        (30.0, (3000, 10_000), Verdict.BEHIND),
        (24.0, (2400, 10_000), Verdict.AHEAD),
        # The line is at 29 per cent: a small place cannot tell.
        (28.0, (28, 100), Verdict.CANNOT_TELL),
        (30.0, (30, 100), Verdict.CANNOT_TELL),
        (28.0, None, Verdict.CANNOT_TELL),
    ],
)
def test_it_is_on_track_only_where_the_interval_lies_clear_of_the_line(
    latest: float, counts: tuple[int, int] | None, verdict: Verdict
) -> None:
    point = Point(2024, latest, *(counts or (None, None)))
    assert judged(FALLING, [Point(2023, 30.0), point]).verdict is verdict


def test_without_counts_three_values_on_one_side_of_the_line_tell() -> None:
    rising = Course(2020, 40.0, 2025, 50.0)

    def verdict(*values: float) -> Verdict:
        return judged(rising, [Point(2021 + place, value) for place, value in enumerate(values)]).verdict

    assert verdict(43, 45) is Verdict.CANNOT_TELL
    assert verdict(43, 45, 47) is Verdict.ON_TRACK
    assert verdict(41, 43, 45) is Verdict.BEHIND
    assert verdict(43, 45, 45) is Verdict.CANNOT_TELL
    assert verdict(51, 52, 53) is Verdict.AHEAD


def test_nobody_can_tell_without_a_target_a_later_value_or_a_line_that_goes_anywhere() -> None:
    points = [Point(2023, 30.0, 300, 1000), Point(2024, 10.0, 100, 1000)]
    assert judged(None, points).verdict is Verdict.CANNOT_TELL
    assert judged(FALLING, points[:1]).because == "There is no value after the baseline yet."
    assert judged(Course(2023, 30.0, 2027, 30.0), points).verdict is Verdict.CANNOT_TELL


def test_its_value_is_what_is_published_each_with_where_it_comes_from(
    cast: Cast, item: Item, made_up_store: Path
) -> None:
    kpi = set_measure(published(), item=item, by=cast.people["Cora"], now=NOW)
    reader = Reader(Store(made_up_store))
    assert AREA in {one.code for one in list_places(reader)}
    wanted = FiguresWanted(place=AREA, measures=["persistent_absence"], phases=["all"], groups=["all"])
    whole = {one.period: one.value for one in select_figures(reader, wanted) if " " not in one.period}
    assert {one.period: one.value for one in in_order(kpi)} == whole
    shown = measured(kpi)
    assert len(shown.values) == len(whole) > 2
    assert shown.latest is not None
    assert "measure=persistent_absence" in shown.latest.address
    assert shown.baseline.endswith("in 2022 to 2023")


def test_what_makes_no_sense_is_refused(cast: Cast, item: Item, plan: Plan) -> None:
    cora = cast.people["Cora"]
    for wanted, words in (
        (published(by_period="2021/22"), "does not follow the first"),
        (published(by_period="2030"), "does not follow the first"),
        (published(period="1999/00"), "no value of this in 1999/00"),
        (published(period="soon"), "is not a period"),
        (Wanted(comes=Comes.TYPED), "no unit"),
    ):
        with pytest.raises(InputRefused, match=words):
            set_measure(wanted, item=item, by=cora, now=NOW)
    action = add(ItemKind.ACTION, Promise(words="Ring"), plan=plan, by=cora, now=NOW)
    with pytest.raises(InputRefused, match="no KPI"):
        set_measure(published(), item=action, by=cora, now=NOW)
    with pytest.raises(NotAllowed):
        set_measure(published(), item=item, by=cast.head(100001), now=NOW)
    assert not Kpi.objects.exists()


def test_the_baseline_is_frozen_when_the_plan_is_agreed_and_a_later_target_is_shown_as_such(
    cast: Cast, item: Item, plan: Plan
) -> None:
    cora, head, later = cast.people["Cora"], cast.head(100001), NOW + timedelta(days=90)
    set_measure(published("20"), item=item, by=cora, now=NOW)
    put(plan=plan, to=[head], by=cora, now=NOW)
    agree(plan=plan, by=head, now=NOW)
    kpi = Kpi.objects.get(item=item)
    assert kpi.frozen_at == NOW
    assert kpi.baseline == Decimal(str(next(one.value for one in in_order(kpi) if one.period == "2022/23")))
    with pytest.raises(InputRefused, match="was agreed"):
        set_measure(published(period="2023/24"), item=item, by=cora, now=later)
    set_measure(published("18"), item=item, by=cora, now=later)
    newest = told(Plan.objects.get(pk=plan.pk))[0]
    assert newest.words.startswith("KPI 1 (“Fewer are absent”): target moved from 20 to 18 by Cora")
    assert newest.later


def test_a_value_is_written_in_with_its_source_only_where_nothing_measures_it(cast: Cast, item: Item) -> None:
    cora, head = cast.people["Cora"], cast.head(100001)
    wanted = Wanted(comes=Comes.TYPED, unit="per cent", target=Decimal(90))
    kpi = set_measure(wanted, item=item, by=cora, now=NOW)
    first = Written(day=TODAY - timedelta(days=300), value=Decimal(50), source="Survey of heads")
    write_in(first, kpi=kpi, by=head, now=NOW)
    second = Written(day=TODAY, value=Decimal(95), source="Survey", numerator=380, denominator=400)
    write_in(second, kpi=kpi, by=cora, now=NOW)
    shown = measured(Kpi.objects.get(pk=kpi.pk))
    assert shown.judged.verdict is Verdict.AHEAD
    assert [one.source for one in shown.values] == [
        "Survey of heads (written in by head of 100001)",
        "Survey (written in by Cora)",
    ]
    for said, words in (
        (Written(day=TODAY, value=Decimal(1), source=" "), "no source"),
        (Written(day=TODAY + timedelta(days=1), value=Decimal(1), source="x"), "still to come"),
        (Written(day=TODAY, value=Decimal(1), source="x", numerator=1), "Half of the counts"),
        (Written(day=TODAY, value=Decimal(1), source="x", numerator=3, denominator=2), "no share"),
    ):
        with pytest.raises(InputRefused, match=words):
            write_in(said, kpi=kpi, by=cora, now=NOW)
    with pytest.raises(NotAllowed):
        write_in(first, kpi=kpi, by=cast.head(100002), now=NOW)
    measured_one = set_measure(published(), item=item, by=cora, now=NOW)
    with pytest.raises(InputRefused, match="A measure gives its value"):
        write_in(first, kpi=measured_one, by=cora, now=NOW)


def test_a_coordinator_sets_a_kpi_on_its_page_which_shows_verdict_table_and_drawing(
    cast: Cast, item: Item, client: Client, read: Reading
) -> None:
    client.force_login(cast.people["Cora"])
    home = f"{HOME}items/{item.pk}/"
    assert "not said yet how this is measured" in read(home).words
    said = {"comes": "published", "area": AREA, "measure": "persistent_absence", "phase": "all", "group": "all"}
    assert client.post(f"{home}measure/", {**said, "period": "2022/23", "by_period": "x"}).status_code == 422
    said |= {"period": "2022/23", "by_period": "2029/30", "target": "20"}
    assert client.post(f"{home}measure/", said).headers["Location"] == home
    page = read(home)
    assert "come from?" in page.words
    assert "When is it on track?" in page.words
    drawing = client.get(f"{home}chart.svg").content.decode()
    assert "<title" in drawing
    assert "Broken line: straight from the baseline to the target" in drawing
    assert client.get(f"{home}chart.json").json()["datasets"]
    assert "2022 to 2023" in client.get(f"{home}values.csv").content.decode()
    typed = {"comes": "typed", "unit": "visits", "target": "12"}
    assert client.post(f"{home}measure/", typed).headers["Location"] == home
    written = {"day": TODAY, "value": "4", "source": "The diary."}
    assert client.post(f"{home}value/", written).headers["Location"] == home
    assert "4 visits" in read(home).words
    assert client.get(f"{home}chart.svg").status_code == 404
