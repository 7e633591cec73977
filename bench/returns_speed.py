"""Speed of checking and loading returns as whole processes, beside pandas reading and counting the same files.

One secondary school's year, and a whole city's. Ropewalk checks every cell by every rule, compares with what was sent
before, makes pseudonyms, writes facts and a receipt; pandas reads the files, makes absence by school and week, and
keeps nothing.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import beside

from ropewalk.core.use_cases.importing import import_open_data
from ropewalk.core.use_cases.making_up import PlaceWanted, make_up_returns
from ropewalk.core.use_cases.store import Store

OPTIONS = ("pupils",)
NEEDS_PUBLISHED_FILES = False
CITY_PUPILS, CITY_SCHOOLS = 40_000, 110
SCHOOL_PUPILS = 1_500
SCHOOL_RUNS, CITY_RUNS = 5, 3
# A primary school of the usual size comes with the secondary one.
BESIDE_IT = 383
# Each run submits to a copy of a store that knows the schools, or the second would find it was received before.
SUBMIT = """
import os, shutil, sys, tempfile
store = tempfile.mkdtemp(dir=sys.argv[1])
shutil.copytree(sys.argv[2], store, dirs_exist_ok=True)
os.environ["XDG_DATA_HOME"] = sys.argv[1] + "/data"
from ropewalk.cli.main import main
sys.argv = ["ropewalk", "returns", "submit", sys.argv[3], "--by", "bench", "--store", store]
main()
"""
PANDAS = """
import sys
from pathlib import Path
import pandas as pd
APART = {"D", "X", "Q", "Y", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7", "Z", "#", "-"}
ABSENT = {"C", "C1", "C2", "E", "H", "I", "J1", "M", "R", "S", "T", "G", "N", "O", "U"}
files = {path.stem: pd.read_csv(path) for path in sorted(Path(sys.argv[1]).glob("*.csv")) if path.stem != "schools"}
register = files["register"]
marks = register.assign(mark=register["marks"].str.split()).explode("mark")
marks["possible"] = ~marks["mark"].isin(APART)
marks["absent"] = marks["mark"].isin(ABSENT)
weeks = marks.groupby(["urn", "week_beginning"])[["possible", "absent"]].sum()
print(len(files["roll"]), len(register), len(weeks), int(weeks["absent"].sum()))
"""


def secondary(folder: Path) -> Path:
    """The returns of the larger of two schools: a secondary school of about 1,500 pupils."""
    wanted = PlaceWanted(schools=2, pupils=SCHOOL_PUPILS + BESIDE_IT, years=1, seed=1, by_school=True)
    make_up_returns(folder, wanted, progress=lambda *_: None)
    return max(folder.rglob("register.csv"), key=lambda path: path.stat().st_size).parent


def city(folder: Path, pupils: int) -> Path:
    """The returns of a city's year."""
    schools = max(6, round(CITY_SCHOOLS * pupils / CITY_PUPILS))
    make_up_returns(folder, PlaceWanted(schools=schools, pupils=pupils, years=1, seed=1), progress=lambda *_: None)
    return next(folder.rglob("register.csv")).parent


def measure(returns: Path, spare: Path, runs: int) -> list[object]:
    """Print how long one return takes; gives Ropewalk's runs. The register of schools stands beside the returns."""
    store = Path(tempfile.mkdtemp(dir=spare))
    register = next(path for path in (returns.parent / "register", returns.parent.parent / "register") if path.is_dir())
    now = "2026-01-01T00:00:00+00:00"
    import_open_data(Store(store), [register], now=now, progress=lambda *_: None)
    with (returns / "register.csv").open("rb") as file:
        weeks = sum(1 for _ in file) - 1
    with (returns / "roll.csv").open("rb") as file:
        pupils = sum(1 for _ in file) - 1
    print(f"\n{pupils:,} rows of the roll, {weeks:,} rows of the register, {10 * weeks:,} marks")
    ours = "Ropewalk: check, compare, load, receipt"
    found = beside.compare(
        (
            beside.Contender(ours, [sys.executable, "-c", SUBMIT, str(spare), str(store), str(returns)]),
            beside.Contender("pandas: read, absence by week", [sys.executable, "-c", PANDAS, str(returns)]),
        ),
        runs,
    )
    runs_of_ours: list[object] = found[ours]
    return runs_of_ours


def main(_data: Path, _store: Path, *, pupils: int | None = None) -> None:
    """Measure and print; ``pupils`` of the city, 40,000 without."""
    print(beside.load())
    with beside.scratch(4 * 2**30) as folder:
        spare = folder / "stores"
        spare.mkdir()
        with beside.told("a secondary school's year"):
            school = secondary(folder / "school")
        beside.target("One school's year", measure(school, spare, SCHOOL_RUNS), 3)
        number = pupils or CITY_PUPILS
        with beside.told(f"a year of a city of {number:,} pupils"):
            whole = city(folder / "city", number)
        runs = measure(whole, spare, CITY_RUNS)
        if number == CITY_PUPILS:
            beside.target("A city's year", runs, 60, 2048)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path())
