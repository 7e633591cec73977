"""Made-up returns are submitted and counted by the real commands, and by the second calculation: to the last count."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

import pytest
from tests.databases import database_of

from ropewalk.core.returns.checks import all_checks
from ropewalk.core.returns.checks.declaration import Severity
from ropewalk.core.synth.returns import PlaceWanted, make_up_returns
from ropewalk.core.synth.returns.mistakes.book import Book
from ropewalk.core.synth.returns.mistakes.making import MISTAKES

ROOT = Path(__file__).resolve().parents[2]
PLACE, LAST_YEAR = "X06000001", "2024/25"
YEARS = {"2023-24": "2023/24", "2024-25": "2024/25"}
# One week of each term, and one in which schools are closed.
WEEKS = ("2023-W36", "2023-W51", "2024-W09", "2024-W28", "2025-W10", "2025-W16", "2025-W30")
# The last year to date is that of the newest week with registers, which is given when no period is asked for.
TO_DATE = ("2023/24 to 2023-W40", "2023/24 to 2024-W15", "2024/25 to 2024-W45", "2024/25 to 2025-W30")
LINES_TO_SPOIL = 5
PUPILS, FEWER = 1200, 600
Key = tuple[str, str, str, str, str, str]
Counted = dict[Key, tuple[Any, Any]]

pytestmark = pytest.mark.slow


def ropewalk(home: Path, *arguments: str | Path) -> str:
    """Run the real command on the store of this home; what it printed."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("ROPEWALK_")}
    own |= {"PYTHONPATH": str(ROOT / "src"), "XDG_DATA_HOME": str(home / "data")}
    own["DATABASE_URL"] = database_of(home / "store")
    done = subprocess.run(
        [sys.executable, "-m", "ropewalk", *map(str, arguments), "--store", str(home / "store")],
        env=own,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@dataclass(frozen=True)
class Sent:
    """A place whose schools have sent their returns: a store, the returns, and what schools there are."""

    home: Path
    returns: Path
    schools: Mapping[str, Mapping[str, str]]

    def figures(self, *options: str) -> Iterator[dict[str, Any]]:
        """Figures counted from returns."""
        for figure in json.loads(ropewalk(self.home, "figures", "--place", PLACE, "--format", "json", *options)):
            if figure["source"]["kind"] == "returns":
                yield figure


@pytest.fixture(scope="module", params=[PUPILS, FEWER], ids=["clean", "with questions"])
def sent(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Sent:
    """Six schools of whatever phases the made-up register says: two clean years, or one with every question."""
    home = tmp_path_factory.mktemp("second")
    returns, pupils = home / "returns", request.param
    years = 2 if pupils == PUPILS else 1
    wanted = PlaceWanted(schools=6, pupils=pupils, years=years, last_year=LAST_YEAR, seed=pupils)
    make_up_returns(returns, wanted, progress=lambda *_: None)
    sent = [name for name in YEARS if (returns / name).is_dir()]
    if pupils == FEWER:
        for name in sent:
            ask(returns / name, YEARS[name])
    ropewalk(home, "open-data", "import", returns / "register")
    for name in sent:
        said = ropewalk(home, "returns", "submit", returns / name, "--by", "office")
        assert "+ 0 set aside" in said
    return Sent(home, returns, schools_of(returns))


def schools_of(returns: Path) -> dict[str, dict[str, str]]:
    """Place, phase and trust of the schools; one whose number is mistyped is where its pupils' numbers are from."""
    schools = {row["urn"]: row for row in rows_of(returns / "schools.csv")}
    taught: dict[str, Counter[bool]] = {}
    for folder in YEARS:
        for row in rows_of(returns / folder / "roll.csv") if (returns / folder).is_dir() else ():
            if row["urn"] not in schools:
                young = row["year_group"] in {"N1", "N2", "R", *"123456"}
                taught.setdefault(row["urn"], Counter())[young] += 1
    for urn, pupils in taught.items():
        schools[urn] = {"place": PLACE, "phase": "primary" if pupils[True] > pupils[False] else "secondary"}
    return schools


def rows_of(path: Path) -> list[dict[str, str]]:
    """Rows of a file; a byte of another encoding in a name is of no interest here."""
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        return list(csv.DictReader(file))


def ask(folder: Path, year: str) -> None:
    """Make every kind of mistake about which the checks only ask: nothing is left out or refused for any of them."""
    checks = all_checks()
    questions = [mistake for mistake in MISTAKES if checks[mistake.check].severity is Severity.QUESTION]
    book, chance = Book.read(folder, year), Random(year)  # noqa: S311 - not a secret
    for mistake in sorted(questions, key=lambda mistake: (mistake.when, mistake.often)):
        mistake.spoil(book, chance, LINES_TO_SPOIL if mistake.often else 1)
    book.write()


@pytest.fixture(scope="module")
def expected(sent: Sent, naive: ModuleType) -> Counted:
    """The second calculation of the same files; a mean as it is, with how many it is of."""
    ends = [date.fromisocalendar(int(period[-8:-4]), int(period[-2:]), 1) for period in TO_DATE]
    counted = naive.calculate(sent.returns, sent.schools, to_date=ends)
    return {key: mean(*count) if key[2] == "attainment8" else count for key, count in counted.items()}


def mean(total: int, pupils: int) -> tuple[float, int]:
    """A sum of ten-thousandths as a mean."""
    return float(Fraction(total, 10_000 * pupils)), pupils


def key_of(figure: Mapping[str, Any]) -> Key:
    level, key = ("school", figure["school"]) if figure["school"] else ("place", figure["place"])
    return (level, key, figure["measure"], figure["phase"], figure["group"], figure["period"])


def count_of(figure: Mapping[str, Any]) -> tuple[Any, Any]:
    if figure["measure"] == "attainment8":
        return figure["value"], figure["denominator"]
    return figure["numerator"], figure["denominator"]


def compare(figures: Iterator[dict[str, Any]], expected: Counted) -> None:
    """Every figure that is no gap has the expected count; whatever is expected but is not there counts nothing."""
    found = {key_of(figure): count_of(figure) for figure in figures if not figure["measure"].startswith("gap_")}
    assert any(count[0] for count in found.values())
    different = {
        key: (count, expected.get(key)) for key, count in found.items() if count != expected.get(key) and any(count)
    }
    assert not different, f"{len(different)} of {len(found)} differ, such as {list(different.items())[:5]}"
    absent = {key: count for key, count in expected.items() if key not in found and count[0]}
    assert not absent, f"{len(absent)} of {len(expected)} are not there, such as {list(absent.items())[:5]}"


def at(expected: Counted, level: str, key: str, periods: tuple[str, ...] = ()) -> Counted:
    """What is expected of a place or school, in the periods given when none or when these are asked for."""
    return {
        of: count
        for of, count in expected.items()
        if of[:2] == (level, key) and (of[-1] in periods if periods else " to " not in of[-1] or of[-1] == TO_DATE[-1])
    }


def test_the_figures_of_the_place_agree_to_the_last_count(sent: Sent, expected: Counted) -> None:
    compare(sent.figures(), at(expected, "place", PLACE))


def test_the_figures_of_every_school_agree_to_the_last_count(sent: Sent, expected: Counted) -> None:
    for school in sent.schools:
        compare(sent.figures("--school", school), at(expected, "school", school))


@pytest.mark.parametrize("periods", [WEEKS, TO_DATE], ids=["weeks", "years to date"])
def test_single_weeks_and_years_to_date_agree_to_the_last_count(
    sent: Sent, expected: Counted, periods: tuple[str, ...]
) -> None:
    options = [option for period in periods for option in ("--period", period)]
    compare(sent.figures(*options), at(expected, "place", PLACE, periods))
    school = max(sent.schools)
    compare(sent.figures("--school", school, *options), at(expected, "school", school, periods))
