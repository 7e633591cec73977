"""``ropewalk progress-scores``: results from returns against a national table that is given."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.databases import database_of
from tests.made_up_results import BEFORE, FIRST_URN, PLACE, PUPILS, YEAR, send_results

from ropewalk.cli.main import ropewalk
from ropewalk.core.errors import InputRefused, RopewalkError
from ropewalk.core.use_cases.progress_scores import read_national_tables

NATIONAL = f"""year,prior_from,attainment8,standard_deviation
{YEAR},80,20,12
{YEAR},95,40,12
{YEAR},105,55,12
2024/25,80,30,12
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("progress")
    send_results(folder / "store", folder / "scratch")
    (folder / "national.csv").write_text(NATIONAL, encoding="utf-8")
    return folder / "store"


@pytest.fixture(autouse=True)
def its_own_database(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database_of(store))


def run(store: Path, *more: str, place: str = PLACE) -> tuple[int, str]:
    national = store.parent / "national.csv"
    arguments = ["progress-scores", place, "--national", str(national), "--store", str(store), *more]
    answer = CliRunner().invoke(ropewalk, arguments)
    if isinstance(answer.exception, RopewalkError):
        return answer.exception.exit_code, str(answer.exception)
    return answer.exit_code, answer.output


def by_hand(store: Path) -> list[float]:
    """The scores of the first school's pupils, from the files it sent."""
    rows = [line.split(",") for line in (store.parent / "scratch" / "results.csv").read_text().splitlines()[1:]]
    own = [row for row in rows if row[0] == str(FIRST_URN)]
    scores = []
    for _, upn, year, assessment, value in own:
        if (year, assessment) != (YEAR, "KS4_A8"):
            continue
        before = [float(row[4]) for row in own if row[1] == upn and row[2] == BEFORE]
        if before:
            prior = sum(before) / len(before)
            expected = 55 if prior >= 105 else 40 if prior >= 95 else 20
            scores.append((float(value) - expected) / 10)
    return scores


def test_scores_are_those_worked_out_by_hand(store: Path) -> None:
    code, said = run(store, "--json")
    assert code == 0, said
    place, *schools = json.loads(said)
    assert (place["school"], place["period"], len(schools)) == (None, YEAR, len(PUPILS))
    first = next(one for one in schools if one["school"] == str(FIRST_URN))
    scores = by_hand(store)
    assert first["value"] == pytest.approx(sum(scores) / len(scores))
    assert (first["pupils"], first["without_prior"], first["without_result"]) == (
        len(scores),
        PUPILS[0] - len(scores),
        0,
    )
    half = 1.959963984540054 * 12 / len(scores) ** 0.5
    assert first["interval"] == pytest.approx([first["value"] - half, first["value"] + half])
    assert place["pupils"] == sum(one["pupils"] for one in schools)


def test_the_table_says_who_is_not_in_the_score(store: Path) -> None:
    code, said = run(store)
    assert code == 0
    lines = said.splitlines()
    assert len(lines) == 2 + len(PUPILS)
    assert lines[0].split()[:3] == ["school", "name", "pupils"]
    assert "of 40 pupils have no known prior attainment and are not in it." in said


def test_a_year_without_progress_8_says_why_whatever_the_table_holds(store: Path) -> None:
    code, said = run(store, "--year", "2024/25", "--json")
    assert code == 0
    [place] = json.loads(said)
    assert place["value"] is None
    assert place["reason"].startswith("No Progress 8 for 2024/25")


def test_a_year_without_a_table_says_so(store: Path) -> None:
    code, said = run(store, "--year", BEFORE, "--json")
    assert (code, json.loads(said)[0]["reason"]) == (0, f"No national table of {BEFORE} was supplied.")


def test_a_place_that_has_sent_nothing_or_is_none(store: Path) -> None:
    assert run(store, place="Plymouth")[0] == 4
    assert run(store, place="Atlantis")[0] == 4


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("year,prior_from\n2022/23,80\n", "row 1: Columns are missing: attainment8, standard_deviation."),
        (NATIONAL.replace("95", "low"), "row 3, column prior_from: This is no number."),
        (NATIONAL.replace("2024/25", "2024"), "row 5, column year: This is no academic year."),
        (NATIONAL.replace("40,12", "40,11"), "column standard_deviation: The rows of 2022/23 give several"),
        (NATIONAL.replace("105", "90"), "The bands of prior attainment must rise"),
        ("year,prior_from,attainment8,standard_deviation\n", "The file has no rows."),
    ],
)
def test_a_table_that_is_wrong_is_refused_with_what_to_do(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "national.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputRefused) as refused:
        read_national_tables(file)
    assert said in str(refused.value)
    assert "national.csv" in str(refused.value)
