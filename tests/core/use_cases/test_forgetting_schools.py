"""All that a school has sent can be erased; what others sent stays, and children known from nothing else go too."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.core.use_cases.planted_child import AFTER, BEFORE, ELM, KEY, OAK, store, upn
from tests.databases import copy_store

from ropewalk.core.errors import InputRefused, NotFound
from ropewalk.core.facts.store import Facts
from ropewalk.core.facts.writing import damaged_files
from ropewalk.core.identity.book import standings
from ropewalk.core.use_cases.forgetting_schools import HeldOfSchool, erase_school, held_of_school
from ropewalk.core.use_cases.returns import receipts, refused_files
from ropewalk.core.use_cases.shredding import child_of_number, erasures, held_about

NOW = datetime(2025, 1, 6, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    return store(tmp_path_factory.mktemp("schools"), planted=True)


@pytest.fixture
def facts(made: Facts, tmp_path: Path) -> Facts:
    return Facts(copy_store(made.root, tmp_path / "store"))


def erase(facts: Facts, held: HeldOfSchool, reason: str = "It stopped sharing") -> None:
    erase_school(facts, held, key=KEY, by="Dana", reason=reason, now=NOW)


def test_a_school_goes_and_the_others_stay(facts: Facts) -> None:
    before = {school: held_of_school(facts, school, key=KEY) for school in (OAK, ELM)}
    erase(facts, before[OAK])
    assert held_of_school(facts, ELM, key=KEY).parts == before[ELM].parts
    with pytest.raises(NotFound, match="990001"):
        held_of_school(facts, OAK, key=KEY)
    assert not damaged_files(facts, facts.snapshot())
    assert len(receipts(facts)) == 3
    # Lines set aside of the other school stay: those of a namesake and of the child.
    aside = [content.decode() for one in receipts(facts) for _, content in refused_files(facts, one.id, key=KEY)]
    assert [content.count("never") for content in aside] == [2]
    [told] = erasures(facts)
    assert (told.kind, told.rows, told.by) == ("school", before[OAK].rows, "Dana")


def test_children_known_from_nothing_else_go_with_it(facts: Facts) -> None:
    child = child_of_number(facts, BEFORE, key=KEY)
    erase(facts, held_of_school(facts, OAK, key=KEY))
    # Pupils of the school alone are gone; the child who moved on is known by both numbers at the other one.
    for serial in (0, 1, 2):
        with pytest.raises(NotFound):
            child_of_number(facts, upn(serial), key=KEY)
    held = held_about(facts, child_of_number(facts, AFTER, key=KEY), key=KEY)
    assert (held.child, held.schools) == (child, (ELM,))
    assert len(standings(facts.book)) == 5


def test_a_reason_is_asked_for_and_what_changed_is_not_erased_unseen(facts: Facts) -> None:
    held = held_of_school(facts, OAK, key=KEY)
    with pytest.raises(InputRefused, match="no reason"):
        erase(facts, held, reason=" ")
    erase(facts, held)
    with pytest.raises((InputRefused, NotFound)):
        erase(facts, held)
