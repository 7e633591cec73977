"""What was found in a return: counts of lines for each file, and every problem by rule, with where and what to do."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from ropewalk.core.returns.checks import Check, Severity, all_checks
from ropewalk.core.returns.running import refused_lines_sql

MOST_PLACES = 20


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file, or sheet: ``lines`` of data = ``accepted`` + ``refused``; ``blank`` lines held nothing."""

    file: int
    name: str
    kind: str | None
    format: str
    sha256: str
    bytes: int
    lines: int
    accepted: int
    refused: int
    blank: int
    note: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem stands. ``line`` counts as a spreadsheet does and is None for a whole file."""

    file: str
    line: int | None
    column: str | None
    detail: str | None


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """All problems of one rule: how many, and where the first of them stand."""

    check: str
    stage: str
    severity: Severity
    title: str
    says: str
    do: str
    whole_file: bool
    count: int
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class ReturnReport:
    """Files in the order they were read; problems in the order in which they matter, then of stages."""

    files: tuple[FileReport, ...]
    problems: tuple[ProblemGroup, ...]

    @property
    def lines(self) -> int:
        """Rows of data in all files."""
        return sum(file.lines for file in self.files)

    @property
    def accepted(self) -> int:
        """Rows that count."""
        return sum(file.accepted for file in self.files)

    @property
    def refused(self) -> int:
        """Rows that were set aside."""
        return sum(file.refused for file in self.files)

    @property
    def has_whole_file_problem(self) -> bool:
        """Whether a file could not be read at all."""
        return any(problem.whole_file for problem in self.problems)

    def count(self, severity: Severity) -> int:
        """How many problems matter so much."""
        return sum(problem.count for problem in self.problems if problem.severity is severity)


def report(con: duckdb.DuckDBPyConnection, *, most_places: int = MOST_PLACES) -> ReturnReport:
    """What was found so far; at most ``most_places`` places for each rule."""
    return ReturnReport(_files(con), _problems(con, most_places))


def _files(con: duckdb.DuckDBPyConnection) -> tuple[FileReport, ...]:
    whole = ", ".join(f"'{check.id}'" for check in all_checks().values() if check.whole_file)
    rows = con.execute(f"""
        WITH refused AS (SELECT file, count(*) AS count FROM ({refused_lines_sql()}) GROUP BY file),
        unread AS (SELECT DISTINCT file FROM problem WHERE line IS NULL AND check_id IN ({whole})),
        counted AS (
          SELECT s.*, CASE WHEN u.file IS NOT NULL THEN s.lines ELSE coalesce(r.count, 0) END AS refused
          FROM source_file AS s LEFT JOIN refused AS r USING (file) LEFT JOIN unread AS u USING (file))
        SELECT file, name, kind, format, sha256, bytes, lines, lines - refused, refused, blank, note
        FROM counted ORDER BY file
        """).fetchall()  # noqa: S608 - our own SQL
    return tuple(FileReport(*row) for row in rows)


def _problems(con: duckdb.DuckDBPyConnection, most_places: int) -> tuple[ProblemGroup, ...]:
    counts = dict(con.execute("SELECT check_id, count(*) FROM problem GROUP BY check_id").fetchall())
    places: dict[str, list[Place]] = {}
    rows = con.execute(
        "SELECT p.check_id, s.name, p.line, p.column_name, p.detail "
        "FROM problem AS p JOIN source_file AS s USING (file) "
        "QUALIFY row_number() OVER (PARTITION BY p.check_id ORDER BY p.file, p.line, p.column_name, p.detail) <= ? "
        "ORDER BY p.check_id, p.file, p.line, p.column_name, p.detail",
        [most_places],
    ).fetchall()
    for check_id, *place in rows:
        places.setdefault(check_id, []).append(Place(*place))
    known = sorted((check for check in all_checks().values() if check.id in counts), key=_weight)
    return tuple(_group(check, counts[check.id], tuple(places.get(check.id, ()))) for check in known)


def _weight(check: Check) -> tuple[int, int]:
    return list(Severity).index(check.severity), list(type(check.stage)).index(check.stage)


def _group(check: Check, count: int, places: tuple[Place, ...]) -> ProblemGroup:
    return ProblemGroup(
        check.id,
        check.stage.slug,
        check.severity,
        check.title,
        check.says,
        check.do,
        check.whole_file,
        count,
        places,
    )
