"""What a return would change is said without a word of what other schools sent."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ropewalk.core.use_cases.facts_store import Facts
from ropewalk.core.use_cases.looking_through import Change, look_through
from ropewalk.core.use_cases.returns import submit_files

KEY = b"k" * 32
HEAD = "urn,upn,surname,forename,date_of_birth,sex,year_group,enrolment_status,start_date\n"
OWN, OTHER = 990100, 990200
# Two real numbers by their check letter; the first is known at the other school, the second nowhere.
KNOWN, STRANGE = "H011206719000", "F011207319000"


def roll(urn: int, upn: str) -> str:
    return f"{HEAD}{urn},{upn},Canary,Zebedee,2014-03-01,M,8,C,2025-09-01\n"


@pytest.fixture
def facts(tmp_path: Path) -> Facts:
    """A store in which the other school has sent the roll."""
    facts = Facts(tmp_path / "store")
    send(facts, tmp_path, roll(OTHER, KNOWN))
    return facts


def send(facts: Facts, folder: Path, text: str) -> None:
    file = folder / "roll.csv"
    file.write_text(text, encoding="utf-8")
    (folder / "scratch").mkdir(exist_ok=True)
    now = datetime(2025, 10, 1, tzinfo=UTC)
    submit_files(facts, [file], by="Alice", key=KEY, scratch=folder / "scratch", now=now, year="2025/26")


def changes(facts: Facts, folder: Path, text: str) -> tuple[Change, ...]:
    file = folder / "roll.csv"
    file.write_text(text, encoding="utf-8")
    (folder / "scratch").mkdir(exist_ok=True)
    today = date(2025, 10, 2)
    return look_through(facts, [file], scratch=folder / "scratch", today=today, key=KEY, year="2025/26").changes


def test_a_school_does_not_learn_whether_another_knows_a_child(facts: Facts, tmp_path: Path) -> None:
    known, strange = (changes(facts, tmp_path, roll(OWN, upn)) for upn in (KNOWN, STRANGE))
    assert known == strange
    assert (known[0].before, known[0].unseen, known[0].pupils) == (0, 1, 1)


def test_a_school_is_told_of_what_it_sent_itself(facts: Facts, tmp_path: Path) -> None:
    send(facts, tmp_path, roll(OWN, KNOWN))
    [change] = changes(facts, tmp_path, roll(OWN, KNOWN) + roll(OWN, STRANGE).removeprefix(HEAD))
    assert (change.before, change.again, change.rows, change.unseen, change.pupils) == (1, 1, 2, 1, 2)
