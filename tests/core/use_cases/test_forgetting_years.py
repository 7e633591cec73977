"""Facts of school years long over leave the store, with whoever is known by nothing else; old lines set aside too."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests.core.use_cases.planted_child import ELM, KEY, OAK, PRESENT, ROLL, Sent, store, upn

from ropewalk.core.errors import InputRefused
from ropewalk.core.facts.store import Facts
from ropewalk.core.identity.book import standings
from ropewalk.core.use_cases.forgetting_years import forget_old_lines, forget_years, years_over
from ropewalk.core.use_cases.returns import receipts, refused_files
from ropewalk.core.use_cases.shredding import child_of_number, erasures, held_about

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
HEADER = "urn,upn,week_beginning,marks"


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """One pupil of 2019/20 alone, one of that year and of 2024/25, one of 2024/25; a line set aside in each return."""
    roll = [
        ROLL,
        f"{OAK},{upn(1)},,Old,One,2005-01-01,F,,11,2019-09-03,2020-07-20,N",
        f"{OAK},{upn(2)},,Both,Two,2009-01-01,F,,7,2019-09-03,,N",
        f"{OAK},{upn(4)},,Bad,Four,never,F,,7,never,,N",
    ]
    old = [HEADER, *(f"{OAK},{upn(pupil)},2019-09-09,{PRESENT}" for pupil in (1, 2))]
    new = [HEADER, *(f"{ELM},{upn(pupil)},2024-09-09,{PRESENT}" for pupil in (2, 3)), f"{ELM},{upn(3)},never,{PRESENT}"]
    sent = [
        Sent(datetime(2025, 1, 6, tzinfo=UTC), {"register": (old, [])}),
        Sent(datetime(2025, 1, 7, tzinfo=UTC), {"roll": (roll, [])}, year="2019/20"),
        Sent(datetime(2026, 9, 1, tzinfo=UTC), {"register": (new, [])}),
    ]
    return store(tmp_path_factory.mktemp("years"), planted=False, sent=sent)


def test_fewer_than_a_year_is_refused(facts: Facts) -> None:
    with pytest.raises(InputRefused, match="less than a year"):
        years_over(facts, older_than=0, today=NOW.date())


def test_nothing_goes_while_it_is_young_enough(facts: Facts) -> None:
    assert years_over(facts, older_than=7, today=NOW.date()).rows == 0
    assert forget_years(facts, older_than=7, by="Dana", reason="The terms say so", now=NOW) is None
    # 2019/20 ended in 2020; on 31 July 2026 the year of 2026/27 has not begun.
    assert years_over(facts, older_than=6, today=date(2026, 7, 31)).rows == 0
    assert years_over(facts, older_than=6, today=date(2026, 8, 1)).rows > 0


def test_years_over_go_with_whoever_is_known_by_nothing_else(facts: Facts) -> None:
    over = years_over(facts, older_than=6, today=NOW.date())
    assert over.years == ("2019/20",)
    known = {serial: child_of_number(facts, upn(serial), key=KEY) for serial in (1, 2, 3)}
    before = held_about(facts, known[2], key=KEY).tables
    assert set(over.records) == set(known[1].records)
    done = forget_years(facts, older_than=6, by="Dana", reason="The terms say so", now=NOW)
    assert done is not None
    assert (done.kind, done.years, done.rows) == ("years", ("2019/20",), over.rows)
    assert erasures(facts, years=frozenset({"2019/20"})) == [done]
    assert erasures(facts, years=frozenset({"2024/25"})) == []
    assert {one.year for one in facts.snapshot().coverage} <= {"2024/25"}
    assert set(standings(facts.book)) == {record for serial in (2, 3) for record in known[serial].records}
    after = held_about(facts, known[2], key=KEY).tables
    assert (before, after) == ({"attendance": 2, "roll": 1}, {"attendance": 1})
    assert len(receipts(facts)) == 3


def test_lines_set_aside_go_after_a_year(facts: Facts) -> None:
    def aside() -> list[bool]:
        return [bool(refused_files(facts, one.id, key=KEY)) for one in receipts(facts)]

    assert aside() == [True, True, False]
    assert forget_old_lines(facts, now=NOW, only_count=True) == 1
    assert aside() == [True, True, False]
    assert forget_old_lines(facts, now=NOW) == 1
    assert aside() == [True, False, False]
    assert forget_old_lines(facts, now=NOW) == 0
