"""Exploring the returns of a made-up place: what is answered, remembered and refused."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.databases import copy_store

from ropewalk.core.disclosure import Audience
from ropewalk.core.errors import InputRefused, NotFound
from ropewalk.core.use_cases.exploring import ExploreWanted, answers_before, explore, offered
from ropewalk.core.use_cases.facts_store import Facts
from ropewalk.core.use_cases.returns_figures import Known, ReturnsWanted, returns_figures
from ropewalk.core.use_cases.safe_figures import SafeWanted, safe_returns_figures

PLACE = "X06000001"
TODAY = date(2026, 3, 22)
AT = datetime(2026, 3, 22, 12, tzinfo=UTC)
KNOWN = Known(today=TODAY)


def wanted(family: str | None = None, level: str = "place", **more: object) -> ExploreWanted:
    return ExploreWanted(
        **{
            "place": PLACE,
            "measure": "persistent_absence",
            "period": "2024/25",
            "family": family,
            "level": level,
            **more,
        }  # type: ignore[arg-type]
    )


@pytest.fixture
def facts(live_store: Path, tmp_path: Path) -> Facts:
    """A copy of a store with returns of fourteen schools, in which a ledger may be begun."""
    copy_store(live_store, tmp_path / "store")
    return Facts(tmp_path / "store")


def files(facts: Facts) -> dict[str, bytes]:
    folder = facts.root / "explored"
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.json"))}


def test_counts_are_rounded_and_hold_what_is_true(facts: Facts) -> None:
    found = explore(facts, wanted("sex", "school"), KNOWN, AT)
    assert found.new
    assert found.released.audience == "analysts"
    true = {
        (figure.school, figure.group): (figure.numerator, figure.denominator)
        for figure in returns_figures(
            facts,
            ReturnsWanted(
                place=PLACE,
                schools=[int(unit) for unit in found.answer.units],
                measures=["persistent_absence"],
                phases=["all"],
                groups=["all", "girls", "boys"],
                periods=["2024/25"],
            ),
            KNOWN,
        )
    }
    assert len(found.lines) == 3 * len(found.answer.units) > 30
    for line in found.lines:
        counted, of = true[line.figure.school, line.figure.group]
        assert line.counted is not None
        assert line.of is not None
        assert counted in line.counted
        assert of in line.of
        assert line.figure.numerator == line.counted.shown
        if line.figure.value is not None:
            # A rate is made of nothing but what is shown beside it.
            assert line.figure.value == round(100 * line.counted.shown / line.of.shown)
            assert line.of.shown >= 21
    assert tuple(line.figure for line in found.lines) == found.released.figures
    assert {line.figure.missing for line in found.lines if line.figure.value is None} >= {"unreliable"}


def test_the_same_question_gives_the_same_answer_and_is_remembered_once(facts: Facts) -> None:
    first = explore(facts, wanted("sex"), KNOWN, AT)
    kept = files(facts)
    # A day later, with other facts perhaps.
    again = explore(facts, wanted("sex"), Known(today=date(2026, 4, 1)), datetime(2026, 4, 1, tzinfo=UTC))
    assert not again.new
    assert again.lines == first.lines
    assert files(facts) == kept
    assert len(kept) == 1
    assert [answer.question for answer in answers_before(facts, PLACE)] == [wanted("sex").question]


def test_no_cell_is_ever_rounded_in_another_way(facts: Facts) -> None:
    sexes = explore(facts, wanted("sex", "phase"), KNOWN, AT)
    needs = explore(facts, wanted("sen", "phase"), KNOWN, datetime(2026, 3, 23, tzinfo=UTC))
    for unit in sexes.answer.units:
        for part in ("of", "counted"):
            assert sexes.answer.bands[unit, part, "all"] == needs.answer.bands[unit, part, "all"]
    assert sexes.answer.as_of == needs.answer.as_of == "2026-03-22T12:00:00.000000Z"


def test_schools_that_do_not_share_are_not_counted(facts: Facts) -> None:
    everybody = explore(facts, wanted(level="school"), KNOWN, AT)
    one, *others = map(int, everybody.answer.units)
    fewer = explore(facts, wanted(level="school", schools=tuple(others)), KNOWN, AT)
    assert set(fewer.answer.units) == set(map(str, others))
    place, rest = (explore(facts, wanted(schools=of), KNOWN, AT).lines[0] for of in ((one, *others), tuple(others)))
    assert place.counted is not None
    assert rest.counted is not None
    # The two totals together must not tell how many pupils of the school are counted.
    left_out = everybody.answer.bands[str(one), "counted", "all"]
    assert left_out is not None
    low = max(left_out.low, place.counted.low - rest.counted.high)
    high = min(left_out.high, place.counted.high - rest.counted.low)
    assert high - low >= 5


def test_released_tables_are_reckoned_with(facts: Facts) -> None:
    shown = SafeWanted(place=PLACE, measure="persistent_absence", period="2024/25", audience=Audience.PARTNERS)
    table = safe_returns_figures(facts, shown, KNOWN)
    found = explore(facts, wanted("sex", "school"), KNOWN, AT)
    exact = {figure.school: figure.numerator for figure in table if figure.numerator is not None and figure.school}
    assert exact
    for line in found.lines:
        if line.figure.group == "all" and line.unit in exact:
            assert line.counted is not None
            assert exact[line.unit] in line.counted


def test_two_who_ask_at_once_are_answered_from_one_ledger(facts: Facts) -> None:
    asked = [wanted("sex"), wanted("sen"), wanted("sex"), wanted("sex", measure="severe_absence")]
    found: dict[int, object] = {}

    def ask(number: int) -> None:
        found[number] = explore(Facts(facts.root), asked[number], KNOWN, AT).answer

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(len(asked))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert found[0] == found[2]
    assert len(files(facts)) == 3


@pytest.mark.parametrize(
    ("asked", "error", "words"),
    [
        ({"measure": "absence_overall"}, InputRefused, "cannot be protected yet"),
        ({"measure": "no_such_measure"}, NotFound, "no_such_measure"),
        ({"period": "2025/26"}, InputRefused, "is not over"),
        ({"period": "2024-W40"}, InputRefused, "not defined for a week"),
        ({"level": "region"}, InputRefused, "no level 'region'"),
        ({"family": "hair"}, NotFound, "no family of groups 'hair'"),
        ({"place": "E06000026"}, NotFound, "has sent what"),
    ],
)
def test_what_cannot_be_explored_is_said(
    facts: Facts, asked: dict[str, object], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        explore(facts, wanted(**asked), KNOWN, AT)  # type: ignore[arg-type]
    assert not files(facts)


def test_an_answer_that_was_changed_in_the_ledger_is_refused(facts: Facts) -> None:
    explore(facts, wanted(), KNOWN, AT)
    [path] = (facts.root / "explored").rglob("*.json")
    path.write_text("{", encoding="utf-8")
    with pytest.raises(InputRefused, match="damaged"):
        explore(facts, wanted("sex"), KNOWN, AT)


def test_what_may_be_asked_is_what_was_sent_and_is_over(facts: Facts) -> None:
    found = offered(facts, today=TODAY)
    assert "2024/25" in found.periods
    assert "2025/26" not in found.periods
    assert "2025/26 autumn" in found.periods
    assert {"persistent_absence", "severe_absence", "basics_4"} <= {one.id for one in found.measures}
    assert "absence_overall" not in {one.id for one in found.measures}
    assert found.families["sex"] == ("girls", "boys")
