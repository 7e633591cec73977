"""Speed of a city's whole scorecard from returns, as a cold process, beside the same by hand over one row per mark.

Ropewalk counts every measure for every school, trust, phase and place, every group and every week, half term, term and
year. The others count less: seven measures of sessions and two of absence, without trusts and without events. Each
result is checked against Ropewalk's. ``--plot`` shows how cost grows with pupils and years.
"""

# ruff: noqa: S608 - all statements are made of our own names

from __future__ import annotations

import importlib.util
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

import altair as alt
import beside
import duckdb
from instead.marks_sql import ATTRIBUTES

from ropewalk.core.facts.assembling import assemble
from ropewalk.core.facts.catalogue import FactFile, NewSubmission, Submission
from ropewalk.core.facts.layout import FACT_TABLES
from ropewalk.core.facts.store import Facts
from ropewalk.core.facts.writing import span_year, write_facts
from ropewalk.core.publish.charts.chart import LINES, drawing, drawn_from, finished
from ropewalk.core.schema.attendance_codes import CODES, Category
from ropewalk.core.schema.calendar import academic_year, half_term, term
from ropewalk.core.use_cases.importing import import_open_data
from ropewalk.core.use_cases.making_up import PlaceWanted, make_up_returns
from ropewalk.core.use_cases.returns import submit_files
from ropewalk.core.use_cases.store import Store
from ropewalk.core.use_cases.year_sums import keep_year_sums

OPTIONS = ("pupils", "plot")
NEEDS_PUBLISHED_FILES = False
PUPILS, SCHOOLS, YEARS = 40_000, 110, 5
RUNS, SLOW_RUNS = 3, 1
# Every year is over by then.
TODAY = date(2100, 1, 1)
SIZES, LENGTHS = (1 / 8, 1 / 4, 1 / 2, 1), (1, 3, 5)
INSTEAD = Path(__file__).with_name("instead")
OURS, BY_HAND = "Ropewalk: every measure, group, level and period", "DuckDB by hand, one row per mark"


@dataclass(frozen=True)
class City:
    """A store of returns, and the same registers as tables of one row for each mark."""

    store: Path
    tables: Path
    pupils: int
    years: int
    marks: int

    def command(self, script: str) -> list[str]:
        """The command of a script that reads the tables, or the store."""
        return [sys.executable, str(INSTEAD / f"{script}.py"), str(self.tables if "marks" in script else self.store)]


def made(folder: Path, pupils: int, years: int) -> Path:
    """A store to which the schools of a made-up city sent their returns, a submission for each year."""
    returns, store = folder / "returns", folder / "store"
    wanted = PlaceWanted(schools=max(6, round(SCHOOLS * pupils / PUPILS)), pupils=pupils, years=years, seed=1)
    with beside.told(f"returns of {pupils:,} pupils over {years} years"):
        make_up_returns(returns, wanted, progress=lambda *_: None)
    now = datetime(2026, 1, 1, tzinfo=UTC)
    import_open_data(Store(store), [returns / "register"], now=now.isoformat(), progress=lambda *_: None)
    facts = Facts(store)
    with beside.told("checking and loading them"):
        for year in sorted(path.parent for path in returns.rglob("register.csv")):
            with tempfile.TemporaryDirectory(dir=folder) as spare:
                submit_files(facts, [year], by="bench", key=b"of no use to anybody", scratch=Path(spare), now=now)
        keep_year_sums(facts, today=TODAY)
    return store


def tables(store: Path, folder: Path, years: int) -> City:
    """Write the registers of a store as one row for each mark, and what is known of pupils, weeks and schools."""
    with closing(duckdb.connect(config={"threads": 2})) as con:
        assemble(con, Facts(store))
        _codes(con)
        # What is written is sorted as a register is: by school, pupil and day.
        marks = (
            "SELECT school, record AS child, CAST(week + CAST((place - 1) // 2 AS INTEGER) AS DATE) AS day, "
            "IF(place % 2 = 1, 'AM', 'PM') AS session, code FROM (SELECT school, record, week, "
            "unnest(string_split(marks, ' ')) AS code, generate_subscripts(string_split(marks, ' '), 1) AS place "
            f"FROM read_parquet('{store}/facts/attendance/*.parquet'))"
        )
        found = ", ".join(f"coalesce(CAST({one} AS VARCHAR), '') AS {one}" for one in ATTRIBUTES)
        roll = (
            f"SELECT DISTINCT ON (school, child, year) school, child, year, {found} FROM enrolment ORDER BY start DESC"
        )
        queries = {"mark": marks, "code": "SELECT * FROM code", "roll": roll, "week": "SELECT * FROM calendar"}
        _calendar(con)
        for name, query in {**queries, "school": "SELECT school, place, phase FROM school"}.items():
            (folder / name).mkdir(parents=True)
            con.execute(f"COPY ({query}) TO '{folder}/{name}/1.parquet' (FORMAT PARQUET, COMPRESSION ZSTD)")
        [(marks_written,)] = con.execute(f"SELECT count(*) FROM '{folder}/mark/1.parquet'").fetchall()
        [(pupils,)] = con.execute(
            "SELECT max(n) FROM (SELECT count(DISTINCT child) AS n FROM enrolment GROUP BY year)"
        ).fetchall()
    return City(store, folder, pupils, years, marks_written)


def _codes(con: duckdb.DuckDBPyConnection) -> None:
    """Codes of possible sessions, with what they count as."""
    con.execute(
        "CREATE TABLE code (code VARCHAR, authorised TINYINT, unauthorised TINYINT, late TINYINT, part_time TINYINT, "
        "suspended TINYINT, illness TINYINT)"
    )
    rows = {
        one.code: [
            one.category is Category.AUTHORISED,
            one.category is Category.UNAUTHORISED,
            one.late,
            *(one.code == own for own in ("C2", "E", "I")),
        ]
        for one in CODES
        if one.category.is_possible
    }
    con.executemany("INSERT INTO code VALUES (?, ?, ?, ?, ?, ?, ?)", [[code, *map(int, n)] for code, n in rows.items()])


def _calendar(con: duckdb.DuckDBPyConnection) -> None:
    """The weeks of the registers, with the periods they lie in."""
    con.execute("CREATE TABLE calendar (week DATE, year VARCHAR, half_term VARCHAR, term VARCHAR)")
    weeks: list[date] = [week for (week,) in con.execute("SELECT DISTINCT week FROM attendance").fetchall()]
    con.executemany(
        "INSERT INTO calendar VALUES (?, ?, ?, ?)",
        [[week, academic_year(week), half_term(week), term(week)] for week in weeks],
    )


def part_of(store: Path, folder: Path, share: float, years: int) -> Path:
    """A store with a share of the schools of another and its last years, written as submissions are."""
    whole, part = Facts(store), Facts(folder / "store")
    snapshot = whole.snapshot()
    schools = sorted({one.school for one in snapshot.coverage}, key=lambda urn: (urn * 7919) % 1009)
    kept = ", ".join(map(str, schools[: max(1, round(share * len(schools)))]))
    wanted = ", ".join(f"'{year}'" for year in sorted({one.year for one in snapshot.coverage})[-years:])
    with closing(duckdb.connect(config={"threads": 2})) as con, part.writing():
        files: list[FactFile] = []
        coverage = []
        for table in FACT_TABLES.values():
            con.execute(
                f"CREATE VIEW fact_{table.id} AS SELECT * EXCLUDE (submission) FROM "
                f"read_parquet('{whole.folder}/{table.id}/*.parquet') "
                f"WHERE school IN ({kept}) AND {span_year(table)} IN ({wanted})"
            )
            file, found = write_facts(con, part, table.id, "R1", 1)
            files.append(file)
            coverage += found
        sent = Submission(1, "R1", snapshot.submissions[0].recorded_at, "bench", "all", snapshot.submissions[0].receipt)
        known = {one.school for one in coverage}
        places = {one.school: one for one in snapshot.places if one.school in known}
        moved = [type(one)(1, one.school, one.place, one.place_from) for one in places.values()]
        part.commit(NewSubmission(sent, files, coverage, moved))
    keep_year_sums(part, today=TODAY)
    return part.root


def contenders(city: City) -> Iterator[object]:
    """Ropewalk, and what others would write."""
    yield beside.Contender(OURS, city.command("ropewalk_counts"))
    yield beside.Contender(BY_HAND, city.command("marks_duckdb"))
    yield beside.Contender("Polars by hand", city.command("marks_polars"))
    yield beside.Contender("pandas by hand", city.command("marks_pandas"))
    yield beside.Contender("Spark local[2] by hand", city.command("marks_spark"), left_out=_without_spark())


def _without_spark() -> str:
    """Why Spark cannot be run here; blank where it can. Its client alone has no engine."""
    if "SPARK_HOME" in os.environ:
        return ""
    spec = importlib.util.find_spec("pyspark")
    if spec is None or spec.origin is None:
        return "no Spark is installed"
    if not (Path(spec.origin).parent / "jars").is_dir():
        return "only Spark's client is installed, not Spark"
    return ""


def agreed(found: dict[str, list[object]]) -> None:
    """Print whether all counted the same sessions missed and the same pupils persistently absent."""
    said = {name: runs[0].said.split()[:2] for name, runs in found.items() if not runs[0].gave_up}  # type: ignore[attr-defined]
    missed, persistent = said[OURS]
    different = [name for name, one in said.items() if one != said[OURS]]
    print(
        f"{int(missed):,} sessions missed and {int(persistent):,} persistently absent in a year, in every calculation"
        if not different
        else f"NOT THE SAME: {json.dumps(said)}"
    )


def grown(whole: City, folder: Path, plot: Path) -> None:
    """Measure smaller places and shorter times, print them, and draw them."""
    rows = []
    print(f"\n{'pupils':>8} {'years':>6} {'marks':>13} {'Ropewalk s':>11} {'DuckDB by hand s':>17} {'ratio':>7}")
    for share in SIZES:
        for years in LENGTHS:
            name = folder / f"part-{share}-{years}"
            city = tables(part_of(whole.store, name, share, years), name / "tables", years)
            times = {
                what: median(beside.run(city.command(script)).wall for _ in range(3))
                for what, script in ((OURS, "ropewalk_counts"), (BY_HAND, "marks_duckdb"))
            }
            ours, theirs = times[OURS], times[BY_HAND]
            print(f"{city.pupils:>8,} {years:>6} {city.marks:>13,} {ours:>11.2f} {theirs:>17.2f} {theirs / ours:>7.2f}")
            rows += [
                {"pupils": city.pupils, "years": f"{years} year{'s'[: years > 1]}", "tool": tool, "seconds": seconds}
                for tool, seconds in (("Ropewalk", ours), ("DuckDB by hand", theirs))
            ]
    plot.write_text(drawn(rows), encoding="utf-8")
    print(f"\nDrawn in {plot}")


def drawn(rows: list[dict[str, object]]) -> str:
    """Seconds by pupils as SVG, a line for each tool and number of years."""
    tools = ["Ropewalk", "DuckDB by hand"]
    lengths = sorted({str(row["years"]) for row in rows})
    colour = alt.Color("tool:N", title=None, scale=alt.Scale(domain=tools, range=[LINES[0][0], LINES[1][0]]))
    shape = alt.Shape("years:N", title=None, scale=alt.Scale(domain=lengths, range=[one[2] for one in LINES]))
    base = drawn_from(rows).encode(
        x=alt.X("pupils:Q", title="Pupils in a year"),
        y=alt.Y("seconds:Q", title="Seconds of a cold process", scale=alt.Scale(zero=True)),
        color=colour,
        detail="years:N",
    )
    lines = base.mark_line(strokeWidth=2)
    points = base.mark_point(size=60, filled=True, opacity=1).encode(shape=shape)
    return drawing(
        "How long a scorecard takes as places grow",
        "Seconds for the whole scorecard against pupils, for one, three and five years: Ropewalk, and DuckDB by "
        "hand over one row for each mark.",
        finished(alt.layer(lines, points)),
    )


def main(_data: Path, _store: Path, *, pupils: int | None = None, plot: Path | None = None) -> None:
    """Measure and print; ``pupils`` of the city, 40,000 without."""
    number = pupils or PUPILS
    print(beside.load())
    with beside.scratch(number * YEARS * 20_000 * (3 if plot else 1)) as folder:
        store = made(folder, number, YEARS)
        with beside.told("one row for each mark"):
            city = tables(store, folder / "tables", YEARS)
        print(f"\n{city.pupils:,} pupils a year, {city.years} years, {city.marks:,} marks")
        fast, slow = list(contenders(city))[:2], list(contenders(city))[2:]
        found = beside.compare(fast, RUNS)
        found |= beside.compare(slow, SLOW_RUNS, found[OURS])
        agreed(found)
        if number == PUPILS:
            beside.target("The whole scorecard", found[OURS], 2)
        if plot:
            grown(city, folder, plot)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path())
