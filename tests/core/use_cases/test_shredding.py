"""A child that was erased is nowhere: no byte of the store holds it, and figures are as if it had never been there."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.core.use_cases.planted_child import (
    AFTER,
    BEFORE,
    BORN,
    ELM,
    KEY,
    OAK,
    PLACE,
    SECRETS,
    SURNAME,
    send_again,
    store,
    traces,
    upn,
)
from tests.databases import copy_store

from ropewalk.core.errors import InputRefused, NotFound
from ropewalk.core.facts.store import Facts
from ropewalk.core.facts.writing import damaged_files
from ropewalk.core.use_cases.linking import links
from ropewalk.core.use_cases.returns import receipts, refused_files
from ropewalk.core.use_cases.returns_figures import Known, ReturnsWanted, returns_figures
from ropewalk.core.use_cases.shredding import (
    Held,
    child_of_number,
    child_of_record,
    erase_child,
    erasures,
    forget_sender,
    held_about,
)
from ropewalk.core.use_cases.year_sums import keep_year_sums

NOW = datetime(2025, 1, 6, 9, tzinfo=UTC)
LATER = Known(today=date(2025, 9, 1))
LEVELS = ((), (OAK, ELM))


def figures(
    facts: Facts, as_of: str | None = None, levels: Sequence[tuple[int, ...]] = ((),)
) -> list[tuple[object, ...]]:
    """All figures of the place, or of schools, without the receipts they rest on."""
    known = Known(today=LATER.today, as_of=as_of)
    found = [
        (one.measure, one.place, one.school, one.period, one.phase, one.group, one.value, one.missing)
        for schools in levels
        for one in returns_figures(facts, ReturnsWanted(place=PLACE, schools=schools), known)
    ]
    return sorted(found, key=str)


def erase(facts: Facts, held: Held) -> None:
    erase_child(facts, held, key=KEY, by="Dana", reason="A parent asked for it", now=NOW)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Facts]:
    folder = tmp_path_factory.mktemp("shredding")
    return {name: store(folder / name, planted=name == "with") for name in ("with", "without")}


@pytest.fixture(scope="module")
def held(made: dict[str, Facts]) -> Held:
    return held_about(made["with"], child_of_number(made["with"], BEFORE, key=KEY), key=KEY)


def test_all_that_is_held_is_shown(made: dict[str, Facts], held: Held) -> None:
    facts = made["with"]
    assert len(held.child.records) == 2
    assert set(held.child.numbers) == {BEFORE, AFTER}
    assert held.tables == {"attendance": 4, "moves": 1, "results": 1, "roll": 2, "suspensions": 1}
    assert held.schools == (OAK, ELM)
    assert held.lines_aside == 2
    assert len(held.links) == 1
    assert held.receipts == tuple(one.id for one in reversed(receipts(facts)))
    # Whatever is named, a present number, a former one or either record, it is the same child.
    others = [child_of_number(facts, AFTER.lower(), key=KEY)]
    others += [child_of_record(facts, record, key=KEY) for record in held.child.records]
    assert {held.child} == set(others)


def test_what_is_not_there_is_said_without_repeating_it(made: dict[str, Facts]) -> None:
    with pytest.raises(NotFound) as told:
        child_of_number(made["with"], upn(99), key=KEY)
    assert upn(99) not in str(told.value)
    with pytest.raises(InputRefused) as refused:
        child_of_number(made["with"], "Quex", key=KEY)
    assert "Quex" not in str(refused.value)
    with pytest.raises(NotFound):
        child_of_record(made["with"], 4711, key=KEY)


@pytest.mark.parametrize("reason", ["", f"the family of {SURNAME} asked", f"asked for {BEFORE.lower()}"])
def test_a_reason_is_given_and_does_not_name_the_child(made: dict[str, Facts], held: Held, reason: str) -> None:
    with pytest.raises(InputRefused) as refused:
        erase_child(made["with"], held, key=KEY, by="Dana", reason=reason, now=NOW)
    assert SURNAME not in str(refused.value)
    assert held_about(made["with"], held.child, key=KEY) == held


def copied(made: dict[str, Facts], folder: Path) -> Facts:
    """A store of one's own with the child."""
    copy_store(made["with"].root.parent, folder / "home")
    return Facts(folder / "home" / "store")


@dataclass(frozen=True)
class Erased:
    """A store of which the child was erased, what was held of it, and what was found of it before."""

    facts: Facts
    held: Held
    traces: list[str]


@pytest.fixture(scope="module")
def erased(made: dict[str, Facts], held: Held, tmp_path_factory: pytest.TempPathFactory) -> Erased:
    facts = copied(made, tmp_path_factory.mktemp("erased"))
    keep_year_sums(facts, today=LATER.today)
    # What a backup leaves behind that is killed.
    shutil.copytree(facts.folder, facts.root / ".backup" / "facts")
    before = traces(facts, held.child.records)
    erase(facts, held)
    return Erased(facts, held, before)


def test_nothing_of_the_child_is_left(erased: Erased) -> None:
    facts, records = erased.facts, erased.held.child.records
    # What finds nothing now found the child in facts, sums, book and lines before.
    for where in ("attendance/", "roll/", "sums/", "pseudonym", f"{BORN} sealed", f"{BEFORE} sealed"):
        assert any(where in one for one in erased.traces), where
    assert traces(facts, records) == []
    assert not damaged_files(facts, facts.snapshot())
    assert links(facts) == []
    with pytest.raises(NotFound):
        child_of_number(facts, BEFORE, key=KEY)
    with pytest.raises(NotFound):
        child_of_record(facts, records[0], key=KEY)


def test_what_is_of_others_stays(made: dict[str, Facts], erased: Erased) -> None:
    # Lines of others that were set aside, those of a namesake too; receipts as they were given.
    aside = [content for one in receipts(erased.facts) for _, content in refused_files(erased.facts, one.id, key=KEY)]
    assert [content.decode().count("never") for content in aside] == [1, 1]
    assert receipts(erased.facts) == receipts(made["with"])


def test_figures_are_as_if_the_child_had_never_been_there(made: dict[str, Facts], erased: Erased) -> None:
    without = figures(made["without"], levels=LEVELS)
    assert figures(made["with"]) != figures(made["without"])
    assert figures(erased.facts, levels=LEVELS) == without
    # And as known before; and from sums made anew.
    assert figures(erased.facts, "2024-10-02") == figures(made["without"], "2024-10-02")
    keep_year_sums(erased.facts, today=LATER.today)
    assert figures(erased.facts, levels=LEVELS) == without
    assert traces(erased.facts, erased.held.child.records) == []


def test_that_something_was_erased_is_remembered_and_not_whose(made: dict[str, Facts], erased: Erased) -> None:
    assert erasures(made["with"]) == []
    facts = erased.facts
    told = erasures(facts)
    assert [(one.kind, one.by, one.rows, one.tables) for one in told] == [("child", "Dana", 9, 5)]
    assert told[0].years == ("2023/24", "2024/25")
    assert erasures(facts, since=told[0].erased_at) == []
    assert erasures(facts, years=frozenset({"2022/23"})) == []
    assert erasures(facts, since="2025-01-01", years=frozenset({"2024/25"})) == told
    assert not any(secret in str(told) for secret in SECRETS)


def test_sent_again_the_child_comes_back(made: dict[str, Facts], held: Held, tmp_path: Path) -> None:
    facts = copied(made, tmp_path)
    erase(facts, held)
    send_again(facts, tmp_path / "home")
    again = held_about(facts, child_of_number(facts, BEFORE, key=KEY), key=KEY)
    assert (again.tables, again.schools, len(again.links)) == (held.tables, held.schools, len(held.links))
    # Under numbers of its own: what was written about the old ones speaks of nobody now.
    assert not set(again.child.records) & set(held.child.records)


def test_what_changed_since_it_was_shown_is_not_erased_unseen(
    made: dict[str, Facts], held: Held, tmp_path: Path
) -> None:
    facts = copied(made, tmp_path)
    erase(facts, held)
    with pytest.raises(InputRefused, match="has changed"):
        erase(facts, held)


def test_whoever_sent_can_be_made_nameless(made: dict[str, Facts], tmp_path: Path) -> None:
    facts = copied(made, tmp_path)
    by = [one.by for one in receipts(facts)]
    assert "Bob" in by
    assert forget_sender(facts, "bob", becomes="Erased person 17") == by.count("Bob")
    assert [one.by for one in receipts(facts)] == [name.replace("Bob", "Erased person 17") for name in by]
    assert not [path for path in facts.root.rglob("*") if path.is_file() and b'"Bob"' in path.read_bytes()]
