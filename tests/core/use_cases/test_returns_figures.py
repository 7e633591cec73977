"""Figures from schools' own returns: values, reasons, gaps, the receipts they rest on, on every engine here."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ropewalk.core.errors import InputRefused, NotFound
from ropewalk.core.identity.upn import check_letter
from ropewalk.core.schema.figure import Figure
from ropewalk.core.schema.missing import Missing
from ropewalk.core.use_cases.facts_store import Facts
from ropewalk.core.use_cases.figures import Wanted
from ropewalk.core.use_cases.returns import submit_files
from ropewalk.core.use_cases.returns_figures import Known, ReturnsWanted, returns_figures, select_with_returns
from ropewalk.core.use_cases.store import Store

PLACE = "E06000026"
OAK, ELM = 990001, 990002
KEY = b"a key for this test and no other, long enough"
PRESENT = "/ \\ / \\ / \\ / \\ / \\"
LATER = Known(today=date(2025, 9, 1))


def upn(serial: int) -> str:
    rest = f"879123420{serial:03d}"
    return check_letter("A" + rest) + rest


ROLL = "urn,upn,year_group,start_date,leaving_date,enrolment_status,fsm_eligible\n" + "".join(
    f"{school},{upn(pupil)},8,2023-09-04,,C,{fsm}\n"
    for school, pupil, fsm in [(OAK, 1, "Y"), (OAK, 2, "N"), (OAK, 3, "N"), (ELM, 4, "Y")]
)
REGISTER = "urn,upn,week_beginning,marks\n" + "".join(
    f"{school},{upn(pupil)},{week},{marks}\n"
    for school, pupil, week, marks in [
        (OAK, 1, "2024-09-09", "I I / \\ / \\ / \\ / \\"),
        (OAK, 2, "2024-09-09", PRESENT),
        (OAK, 3, "2024-09-16", PRESENT),
        (ELM, 4, "2024-09-09", PRESENT),
    ]
)
SUSPENSIONS = f"urn,upn,category,start_date,sessions\n{OAK},{upn(1)},SUSP,2024-09-23,4\n"


def submit(home: Path, at: datetime, **files: str) -> Facts:
    """Send files to the store of this home; its facts."""
    paths = []
    for name, text in files.items():
        path = home / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    facts, scratch = Facts(home / "store"), home / "scratch"
    scratch.mkdir(exist_ok=True)
    done = submit_files(facts, paths, by="office", key=KEY, scratch=scratch, now=at, year="2024/25", place="Plymouth")
    assert done.receipt is not None
    return facts


@pytest.fixture
def facts(tmp_path: Path) -> Facts:
    """Two schools have sent roll and register; a correction and Oak's suspensions came a day later."""
    submit(tmp_path, datetime(2025, 2, 1, tzinfo=UTC), roll=ROLL, register=REGISTER)
    corrected = REGISTER.replace("I I / \\", "I / / \\")
    only_oak = "\n".join(line for line in corrected.splitlines() if not line.startswith(str(ELM)))
    return submit(tmp_path, datetime(2025, 2, 2, tzinfo=UTC), register=f"{only_oak}\n", suspensions=SUSPENSIONS)


def one(figures: list[Figure], measure: str, **cell: str) -> Figure:
    wanted = {"phase": "all", "group": "all", "period": "2024/25", **cell}
    (found,) = [
        f for f in figures if f.measure == measure and all(getattr(f, name) == value for name, value in wanted.items())
    ]
    return found


@pytest.mark.parametrize("engine", ["duckdb", "oracle"])
def test_a_figure_has_value_counts_and_the_receipts_it_rests_on(facts: Facts, engine: str) -> None:
    known = Known(today=date(2025, 9, 1), engine=engine)
    figures = returns_figures(facts, ReturnsWanted(place=PLACE), known)
    overall = one(figures, "absence_overall", period="2024-W37")
    assert (overall.numerator, overall.denominator, overall.value, overall.missing) == (1, 30, 100 / 30, None)
    receipts = [submission.id for submission in facts.snapshot().submissions]
    source = overall.source.as_json()
    assert (source["kind"], source["title"], source["submissions"]) == ("returns", "Schools' own returns", receipts)
    assert source["edition"] == "as known on 1 September 2025"
    assert source["calculation"] == "sessions missed divided by possible sessions"
    assert overall.school is None
    assert one(figures, "persistent_absence").numerator == 1
    assert one(figures, "persistent_absence", phase="secondary").denominator == 4


def test_what_was_known_before_a_correction_can_be_asked_for(facts: Facts) -> None:
    before = Known(today=date(2025, 9, 1), as_of="2025-02-01")
    figures = returns_figures(facts, ReturnsWanted(place=PLACE, measures=["absence_overall"]), before)
    assert one(figures, "absence_overall").numerator == 2
    assert one(figures, "absence_overall").source.edition == "as known on 1 February 2025"
    assert len(one(figures, "absence_overall").source.submissions) == 1


def test_a_gap_is_a_difference_and_needs_both_sides(facts: Facts) -> None:
    figures = returns_figures(facts, ReturnsWanted(place=PLACE, measures=["gap_persistent_absence"]), LATER)
    gap = one(figures, "gap_persistent_absence")
    assert (gap.value, gap.unit, gap.numerator) == (50.0, "percentage_points", None)
    assert {figure.measure for figure in figures} == {"gap_persistent_absence"}
    assert {figure.group for figure in figures} == {"all"}


def test_reasons_stand_where_there_is_no_value(facts: Facts) -> None:
    early = Known(today=date(2024, 11, 5))
    figures = returns_figures(facts, ReturnsWanted(place=PLACE, schools=[OAK, ELM]), early)
    rates = {f.school: f for f in figures if (f.measure, f.group, f.period) == ("suspension_rate", "all", "2024/25")}
    assert {school: (f.numerator, f.missing) for school, f in rates.items()} == {
        str(OAK): (1, Missing.NOT_AVAILABLE),
        str(ELM): (None, Missing.NOT_AVAILABLE),
    }
    days = one([f for f in figures if f.school == str(OAK)], "days_lost_to_suspension")
    assert (days.value, days.missing) == (2.0, None)
    assert all((f.value is None) != (f.missing is None) for f in figures)


def test_figures_come_newest_first_and_by_what_is_named(facts: Facts) -> None:
    wanted = ReturnsWanted(
        place=PLACE, schools=[OAK], measures=["absence_overall"], groups=["fsm"], periods=["2024/25", "2024-W37"]
    )
    found = returns_figures(facts, wanted, LATER)
    assert [(f.period, f.group, f.school, f.value) for f in found] == [
        ("2024/25", "fsm", str(OAK), 10.0),
        ("2024-W37", "fsm", str(OAK), 10.0),
    ]


def test_a_place_without_returns_has_no_figures(facts: Facts) -> None:
    assert returns_figures(facts, ReturnsWanted(place="E06000027"), LATER) == []
    assert returns_figures(facts, ReturnsWanted(place=PLACE, measures=["neet"]), LATER) == []
    assert returns_figures(facts, ReturnsWanted(place=PLACE, periods=["2025"]), LATER) == []


def test_a_store_with_returns_needs_no_published_figures(facts: Facts) -> None:
    wanted = Wanted(place="Plymouth", school=str(OAK), measures=["lateness"], periods=["2024/25"], groups=["all"])
    released = select_with_returns(Store(facts.root), facts, wanted, LATER)
    assert [(figure.place, figure.school, figure.value) for figure in released] == [(PLACE, str(OAK), 0.0)]
    assert released.audience == "whoever sees the returns"
    with pytest.raises(NotFound, match="URN"):
        select_with_returns(Store(facts.root), facts, Wanted(place="Plymouth", school="Oak"), LATER)


@pytest.mark.parametrize(
    ("measure", "period", "words"),
    [
        (
            "persistent_absence",
            "2024-W37",
            "Persistent absence is not defined for a week: the shortest period is a",
        ),
        ("suspension_rate", "2024/25 autumn 1", "is not defined for a half term: the shortest period is a term"),
        ("gap_persistent_absence", "2024-W37", "is not defined for a week"),
        ("stability", "2024/25 autumn", "is not defined for a term: the shortest period is a year"),
    ],
)
def test_a_period_that_is_too_short_is_named(facts: Facts, measure: str, period: str, words: str) -> None:
    wanted = Wanted(place="Plymouth", measures=[measure], periods=[period])
    with pytest.raises(NotFound, match=words):
        select_with_returns(Store(facts.root), facts, wanted, LATER)


@pytest.mark.parametrize("period", ["2024/25 to 2025-W40", "2024-W60", "2024/25 autumn and spring"])
def test_a_period_that_is_none_is_named(facts: Facts, period: str) -> None:
    with pytest.raises(NotFound):
        returns_figures(facts, ReturnsWanted(place=PLACE, periods=[period]), LATER)


def test_an_engine_that_is_none_is_named(facts: Facts) -> None:
    with pytest.raises(InputRefused, match="There is no engine 'abacus'"):
        returns_figures(facts, ReturnsWanted(place=PLACE), Known(today=date(2025, 9, 1), engine="abacus"))
