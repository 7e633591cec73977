"""Every mistake listed is in the files, where it is listed, and is found by the check it is listed under."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest
from tests.core.synth.made_up_returns import checked, found, make, rows

from ropewalk.core.returns.checks import Stage, all_checks
from ropewalk.core.synth.returns.mistakes.registry import MISTAKES

Listed = dict[str, set[tuple[int | None, str]]]


@pytest.fixture(scope="session")
def spoilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two years of nine schools with mistakes in one line of a hundred."""
    folder = tmp_path_factory.mktemp("spoilt") / "place"
    make(folder, schools=9, pupils=1500, years=2, seed=3, mistakes=0.01)
    return folder


@pytest.fixture(scope="session")
def listed(spoilt: Path) -> Listed:
    """What mistakes.csv says, by file."""
    by_file: Listed = defaultdict(set)
    for row in rows(spoilt / "mistakes.csv"):
        by_file[row["file"]].add((int(row["line"]) if row["line"] else None, row["check"]))
    return by_file


def test_there_is_a_mistake_for_every_check(listed: Listed) -> None:
    made = {check for slips in listed.values() for _, check in slips}
    assert set(all_checks()) - made == set()
    assert made <= set(all_checks())
    assert len(MISTAKES) == len({mistake.check for mistake in MISTAKES})


@pytest.mark.parametrize("year", ["2023-24", "2024-25"])
def test_each_listed_mistake_is_found_where_it_is_listed(spoilt: Path, listed: Listed, year: str) -> None:
    with checked(spoilt, sorted((spoilt / year).iterdir()), date(2000 + int(year[5:]), 8, 31)) as con:
        there = found(con)
    for file, slips in listed.items():
        if file.startswith(year):
            name = Path(file).name
            looked_for = {(name, line, check) for line, check in slips if _stage(check) is not Stage.CONSISTENT}
            assert looked_for - there == set()


def test_each_file_that_cannot_be_used_is_refused_for_the_listed_reason(spoilt: Path, listed: Listed) -> None:
    files = [file for file in listed if file.startswith("unusable/")]
    assert len(files) == 14
    for file in files:
        with checked(spoilt, [spoilt / file], date(2025, 8, 31)) as con:
            there = {(line, check) for _, line, check in found(con)}
        assert listed[file] <= there, file


def test_about_the_chosen_share_of_lines_is_spoilt(spoilt: Path, listed: Listed) -> None:
    for year in ("2023-24", "2024-25"):
        for kind in ("roll", "register"):
            lines = len((spoilt / year / f"{kind}.csv").read_bytes().splitlines())
            spoilt_lines = {line for line, _ in listed[f"{year}/{kind}.csv"]}
            assert 0.005 < len(spoilt_lines) / lines < 0.05 if kind == "roll" else len(spoilt_lines) / lines < 0.011


def test_without_mistakes_the_same_place_differs_only_where_they_are(spoilt: Path, tmp_path: Path) -> None:
    make(tmp_path, schools=9, pupils=1500, years=2, seed=3)
    assert not (tmp_path / "mistakes.csv").exists()
    clean = Counter((tmp_path / "2024-25" / "register.csv").read_text(encoding="utf-8").splitlines())
    wrong = Counter((spoilt / "2024-25" / "register.csv").read_text(encoding="utf-8").splitlines())
    assert 0.9 < (clean & wrong).total() / clean.total() < 1


def test_what_is_sent_again_contradicts_what_was_sent_first(spoilt: Path, listed: Listed) -> None:
    first = {(row["urn"], row["upn"]): row for row in rows(spoilt / "2024-25" / "roll.csv")}
    changed: Counter[str] = Counter()
    again = (spoilt / "sent-again" / "roll.csv").read_text(encoding="utf-8").splitlines()
    columns = again[0].split(",")
    for line, check in listed["sent-again/roll.csv"]:
        row = dict(zip(columns, again[(line or 0) - 1].split(","), strict=True))
        known = first.get((row["urn"], row["upn"]), {})
        changed[check] += (check == "sex_changed" and known["sex"] != row["sex"]) or (
            check == "entry_date_changed" and known["start_date"] != row["start_date"]
        )
    assert changed["sex_changed"] == changed["entry_date_changed"] == 3
    schools = {row["urn"] for row in rows(spoilt / "sent-again" / "register.csv")}
    assert len(schools) == 1


def test_mistakes_are_dealt_over_the_folders_of_schools(tmp_path: Path) -> None:
    make(tmp_path, schools=4, pupils=400, years=1, seed=3, mistakes=0.01, by_school=True)
    for urn in (row["urn"] for row in rows(tmp_path / "schools.csv")):
        listed_here = [row for row in rows(tmp_path / "mistakes.csv") if f"/{urn}/" in row["file"]]
        assert len({row["check"] for row in listed_here}) > 10


def _stage(check: str) -> Stage:
    return all_checks()[check].stage
