"""``ropewalk figures --audience``: figures from returns that partners, or everyone, may see."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.databases import copy_store

Ropewalk = Callable[..., subprocess.CompletedProcess[str]]
PLACE = "X06000001"
WANTED = ("--place", PLACE, "--measure", "persistent_absence", "--period", "2024/25")


@pytest.fixture(scope="module")
def home(live_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of a store with returns of fourteen schools, in which a ledger may be begun."""
    home = tmp_path_factory.mktemp("audiences")
    copy_store(live_store, home / "store")
    return home


def asked(ropewalk: Ropewalk, home: Path, *more: str) -> subprocess.CompletedProcess[str]:
    named = {"ROPEWALK_STORE": str(home / "store"), "XDG_DATA_HOME": str(home / "data")}
    return ropewalk("figures", *more, **named)


def figures(ropewalk: Ropewalk, home: Path, *more: str) -> list[dict[str, object]]:
    done = asked(ropewalk, home, *WANTED, "--json", *more)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, object]] = json.loads(done.stdout)
    return found


def test_partners_see_schools_and_everyone_the_place_and_its_phases(ropewalk: Ropewalk, home: Path) -> None:
    groups = ("--group", "all", "--group", "girls", "--group", "boys")
    partners = figures(ropewalk, home, "--audience", "partners", *groups)
    everyone = figures(ropewalk, home, "--audience", "everyone", *groups)
    assert len({figure["school"] for figure in partners}) > 10
    assert everyone == [figure for figure in partners if figure["school"] is None]
    assert {"all", "primary"} <= {figure["phase"] for figure in everyone}
    for figure in partners:
        numerator, denominator = figure["numerator"], figure["denominator"]
        if figure["missing"] is None:
            assert isinstance(numerator, int)
            assert isinstance(denominator, int)
            assert numerator >= 5
            assert denominator - numerator >= 5
            assert denominator >= 20
        else:
            assert figure["value"] is None
    assert any(figure["missing"] == "suppressed" for figure in partners)
    assert any(figure["missing"] is None for figure in partners if figure["school"])


def test_what_is_shown_is_what_the_administrator_sees(ropewalk: Ropewalk, home: Path) -> None:
    own = {
        (figure["phase"], figure["group"]): (figure["value"], figure["numerator"], figure["denominator"])
        for figure in figures(ropewalk, home, "--group", "all", "--group", "girls")
        if figure["source"]["kind"] == "returns"  # type: ignore[index]
    }
    shown = figures(ropewalk, home, "--audience", "everyone", "--group", "all", "--group", "girls")
    told = [figure for figure in shown if figure["missing"] is None]
    assert told
    for figure in told:
        known = own[figure["phase"], figure["group"]]
        assert (figure["value"], figure["numerator"], figure["denominator"]) == known


def test_one_school_is_chosen_from_the_protected_table(ropewalk: Ropewalk, home: Path) -> None:
    partners = figures(ropewalk, home, "--audience", "partners")
    school = next(str(figure["school"]) for figure in partners if figure["school"])
    mine = [figure for figure in partners if figure["school"] == school]
    assert figures(ropewalk, home, "--audience", "partners", "--school", school) == mine


@pytest.mark.parametrize(
    ("more", "code", "words"),
    [
        (("--place", PLACE, "--period", "2024/25"), 2, "one measure and one period"),
        (("--place", PLACE, "--measure", "absence_overall", "--period", "2024/25"), 2, "cannot be protected yet"),
        ((*WANTED, "--group", "girls", "--group", "ehcp"), 2, "one kind at a time"),
        ((*WANTED, "--group", "idaci_1"), 4, "do not say who is in the group"),
        ((*WANTED, "--school", "990003"), 2, "not for everyone"),
        (("--place", "Plymouth", "--measure", "persistent_absence", "--period", "2024/25"), 4, "has sent what"),
    ],
)
def test_what_cannot_be_given_out_is_said(
    ropewalk: Ropewalk, home: Path, more: tuple[str, ...], code: int, words: str
) -> None:
    done = asked(ropewalk, home, *more, "--audience", "everyone")
    assert done.returncode == code, done.stderr
    assert words in done.stderr
    assert done.stdout == ""
