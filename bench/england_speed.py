"""Speed of counting England's year of attendance: 9 million pupils, 24,000 schools, 350 million pupil-weeks.

Attendance measures for every school and council and every single group, as a cold process, beside DuckDB by hand over
the same pupil-weeks. The pupils are made up in DuckDB as facts, as a submission of each council would have left them;
the ten marks of each week, 3.4 billion in all, are not written out: no measure reads them.
"""

# ruff: noqa: S608 - all statements are made of our own names

from __future__ import annotations

import hashlib
import sys
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import beside
import duckdb

from ropewalk.core.facts.catalogue import Coverage, FactFile, NewSubmission, SchoolPlace, Submission
from ropewalk.core.facts.layout import ATTENDANCE, ROLL, FactTable
from ropewalk.core.facts.store import Facts

OPTIONS = ("pupils",)
NEEDS_PUBLISHED_FILES = False
PUPILS, PUPILS_OF_A_SCHOOL, COUNCILS = 9_000_000, 375, 153
SECONDS, MEBIBYTES = 60, 8 * 1024
YEAR, FIRST, LAST = "2024/25", date(2024, 9, 2), date(2025, 7, 21)
HOLIDAYS = ("2024-10-28", "2024-12-23", "2024-12-30", "2025-02-17", "2025-04-07", "2025-04-14", "2025-05-26")
# About so many bytes a pupil take in the facts, and in what is put aside when memory is short.
BYTES_A_PUPIL = 1500
INSTEAD = Path(__file__).with_name("instead")
OURS, BY_HAND = "Ropewalk: attendance by school, council and group", "DuckDB by hand, one row per pupil and week"


def weeks() -> list[date]:
    """The Mondays of the school year's weeks."""
    mondays = [FIRST + timedelta(weeks=n) for n in range((LAST - FIRST).days // 7 + 1)]
    return [monday for monday in mondays if monday.isoformat() not in HOLIDAYS]


def made(root: Path, pupils: int) -> None:
    """Write the facts of the country, a submission for each council."""
    facts = Facts(root)
    schools = max(COUNCILS, pupils // PUPILS_OF_A_SCHOOL)
    with closing(duckdb.connect(config={"threads": 2})) as con, facts.writing():
        _make_schools(con, schools)
        listed = ", ".join(f"DATE '{monday}'" for monday in weeks())
        for council in range(COUNCILS):
            con.execute(_ROLL.format(council=council))
            con.execute(_ATTENDANCE.format(weeks=listed))
            sequence = council + 1
            files = [_written(con, facts, table, sequence) for table in (ROLL, ATTENDANCE)]
            own = con.execute("SELECT school, count(*) FROM fact_roll GROUP BY school ORDER BY school").fetchall()
            coverage = []
            for school, there in own:
                coverage.append(Coverage(sequence, ROLL.id, school, YEAR, YEAR, YEAR, there, there))
                first, last, rows = f"{FIRST}", f"{LAST}", there * len(weeks())
                coverage.append(Coverage(sequence, ATTENDANCE.id, school, YEAR, first, last, rows, there))
            places = [SchoolPlace(sequence, school, f"X{council:08d}", "said") for school, _ in own]
            name = f"R{council:05d}"
            sent = Submission(sequence, name, "2025-08-01T00:00:00+00:00", "bench", name, "{}")
            facts.commit(NewSubmission(sent, files, coverage, places))


def _make_schools(con: duckdb.DuckDBPyConnection, schools: int) -> None:
    """Four in five are primary schools; councils and phases are mixed, numbers of pupils run on."""
    con.execute(
        "CREATE TABLE school_plan AS SELECT 100000 + n AS school, n % 153 AS council, phase, size, "
        "CAST(sum(size) OVER (ORDER BY n) - size AS INTEGER) AS first FROM (SELECT n, "
        "CASE WHEN h < 80 THEN 'primary' WHEN h < 97 THEN 'secondary' ELSE 'special' END AS phase, "
        "CASE WHEN h < 80 THEN 120 + k % 281 WHEN h < 97 THEN 560 + k % 801 ELSE 60 + k % 141 END AS size "
        "FROM (SELECT n, hash(n) % 100 AS h, hash(n + 1000000) % 100000 AS k "
        f"FROM (SELECT CAST(unnest(range({schools})) AS INTEGER) AS n)))"
    )


# A pupil's attributes are drawn from one number of 64 bits, a few bits for each.
_ROLL = """
CREATE OR REPLACE TEMP TABLE fact_roll AS SELECT CAST(school AS INTEGER) AS school, CAST(record AS INTEGER) AS record,
'2024/25' AS year, DATE '2021-09-01' AS start, CAST(NULL AS DATE) AS leaving, NULL AS leaving_reason,
CAST(NULL AS INTEGER) AS destination, 'C' AS status,
CASE phase WHEN 'primary' THEN ['R','1','2','3','4','5','6'][1 + record % 7]
  ELSE ['7','8','9','10','11'][1 + record % 5] END AS year_group,
IF(h & 1 = 0, 'F', 'M') AS sex,
CASE WHEN (h >> 1) % 100 < 62 THEN 'WBRI' ELSE ['WOTH','APKN','BAFR','AIND','MOTH','OOTH','AOTH','ABAN','MWAS','MWBC',
  'BCRB','BOTH','MWBA','CHNE','NOBT','REFU','WROM','WIRI','WIRT'][1 + (h >> 9) % 19] END AS ethnicity,
IF((h >> 14) % 100 < 79, 'ENG', 'OTH') AS first_language, (h >> 21) % 100 < 25 AS fsm,
(h >> 21) % 100 < 29 AS disadvantaged,
CASE WHEN (h >> 28) % 1000 < 53 THEN 'E' WHEN (h >> 28) % 1000 < 195 THEN 'K' ELSE 'N' END AS sen, NULL AS sen_type_1,
NULL AS sen_type_2, (h >> 38) % 1000 < 7 AS looked_after, (h >> 48) % 100 < 3 AS child_in_need, false AS young_carer,
false AS service_child FROM (SELECT school, phase, record, CAST(hash(record) >> 1 AS BIGINT) AS h FROM (
SELECT school, phase, first + unnest(range(CAST(size AS BIGINT))) AS record FROM school_plan
WHERE council = {council} ORDER BY school))
"""
# Most pupils miss little; one in eight misses much. Weeks of bank holidays have eight sessions.
_ATTENDANCE = """
CREATE OR REPLACE TEMP VIEW fact_attendance AS SELECT school, record, week, CAST(NULL AS VARCHAR) AS marks,
CAST(possible AS UTINYINT) AS possible, CAST(possible - away - visit AS UTINYINT) AS present,
CAST(visit AS UTINYINT) AS approved, CAST(IF(truant, 0, away) AS UTINYINT) AS authorised,
CAST(IF(truant, away, 0) AS UTINYINT) AS unauthorised, CAST(IF((h >> 32) % 100 < 6, 1, 0) AS UTINYINT) AS late,
CAST(IF(NOT truant AND (h >> 39) % 1000 < 20, away, 0) AS UTINYINT) AS part_time,
CAST(IF(NOT truant AND (h >> 39) % 1000 > 996, away, 0) AS UTINYINT) AS suspended,
CAST(IF(NOT truant AND (h >> 39) % 1000 BETWEEN 20 AND 800, away, 0) AS UTINYINT) AS illness
FROM (SELECT *, IF(possible - away > 2 AND (h >> 50) % 100 < 3, 2, 0) AS visit FROM (
SELECT *, IF((h >> 1) % 1000 < IF(hash(record + 7) % 8 = 0, 400, 90), least(1 + (h >> 12) % 10, possible), 0) AS away,
(h >> 22) % 100 < 30 AS truant FROM (
SELECT school, record, week, IF(week IN (DATE '2025-04-21', DATE '2025-05-05'), 8, 10) AS possible,
CAST(hash(CAST(record AS BIGINT) * 100000 + (week - DATE '2000-01-01')) >> 1 AS BIGINT) AS h FROM (
SELECT school, record, unnest([{weeks}]) AS week FROM fact_roll))))
"""


def _written(con: duckdb.DuckDBPyConnection, facts: Facts, table: FactTable, sequence: int) -> FactFile:
    """A file of facts; the rows come in the order of their key."""
    path = facts.folder / table.id / f"R{sequence:05d}.parquet"
    path.parent.mkdir(exist_ok=True)
    columns = ", ".join(f'CAST("{column.name}" AS {column.type}) AS "{column.name}"' for column in table.columns)
    con.execute(
        f"COPY (SELECT {columns}, CAST({sequence} AS INTEGER) AS submission FROM fact_{table.id}) "
        f"TO '{path}' (FORMAT PARQUET, COMPRESSION ZSTD)"
    )
    [(rows,)] = con.execute(f"SELECT count(*) FROM '{path}'").fetchall()
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return FactFile(sequence, table.id, f"{table.id}/{path.name}", rows, path.stat().st_size, digest)


def main(_data: Path, _store: Path, *, pupils: int | None = None) -> None:
    """Measure and print; ``pupils`` of the country, 9 million without."""
    number = pupils or PUPILS
    print(beside.load())
    with beside.scratch(2**30 + number * BYTES_A_PUPIL) as folder:
        store = folder / "store"
        with beside.told(f"a year of {number:,} pupils as facts"):
            made(store, number)
        size = sum(path.stat().st_size for path in store.rglob("*.parquet"))
        print(f"{size / 2**20:,.0f} MiB in {2 * COUNCILS} files\n")
        command = [str(store), str(folder)]
        found = beside.compare(
            (
                beside.Contender(OURS, [sys.executable, str(INSTEAD / "ropewalk_attendance.py"), *command]),
                beside.Contender(BY_HAND, [sys.executable, str(INSTEAD / "weeks_duckdb.py"), *command]),
            ),
            1,
        )
        said = {name: runs[0].said.split()[:2] for name, runs in found.items() if not runs[0].gave_up}
        same = len(set(map(tuple, said.values()))) == 1
        print("All count the same." if same else f"NOT THE SAME: {said}")
        if number == PUPILS:
            beside.target("England's year", found[OURS], SECONDS, MEBIBYTES)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path())
