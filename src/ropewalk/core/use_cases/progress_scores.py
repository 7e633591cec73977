"""Progress-8-style scores of a place's schools: results from returns, held against a national table that is supplied.

The national table is a CSV with a row for each band of prior attainment: ``year, prior_from, attainment8,
standard_deviation``. Prior attainment is the mean of the scaled scores in key stage 2 reading and mathematics.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

from ropewalk.core.compare.progress_scores import Band, NationalTable, ProgressScore, PupilResult, progress_score
from ropewalk.core.engines.plan import roll_days
from ropewalk.core.errors import InputRefused, Problem
from ropewalk.core.use_cases.live_state import LiveState
from ropewalk.core.use_cases.value_added import pupils_of, years_with
from ropewalk.core.views.live import Scope
from ropewalk.core.views.value_added import STAGES, Stage

YEAR, FROM, MEAN, DEVIATION = COLUMNS = ("year", "prior_from", "attainment8", "standard_deviation")
_RESULTS = STAGES[Stage.KS2_KS4]
LAYOUT = f"Write one row for each band, with the columns {', '.join(COLUMNS)}."


@dataclass(frozen=True, slots=True)
class SchoolScore:
    """A school's score; ``urn`` is ``None`` for all schools of the place together."""

    urn: int | None
    name: str
    score: ProgressScore


def read_national_tables(path: Path) -> dict[str, NationalTable]:
    """The national tables of a file, by academic year. Raises InputRefused with every problem found."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise InputRefused([Problem("The file cannot be read.", "Give a CSV in UTF-8.", path.name)]) from None
    reader = csv.DictReader(io.StringIO(text))
    lacking = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if lacking:
        raise InputRefused([Problem(f"Columns are missing: {', '.join(lacking)}.", LAYOUT, path.name, 1)])
    problems: list[Problem] = []
    rows = list(_rows(reader, path.name, problems))
    tables = _tables(rows, path.name, problems) if not problems else {}
    if not tables and not problems:
        problems.append(Problem("The file has no rows.", LAYOUT, path.name))
    if problems:
        raise InputRefused(problems)
    return tables


def _rows(reader: csv.DictReader[str], file: str, problems: list[Problem]) -> Iterator[tuple[str, float, float, float]]:
    for number, row in enumerate(reader, start=2):
        values = [_number(row, name, file, number, problems) for name in (FROM, MEAN, DEVIATION)]
        year = (row[YEAR] or "").strip()
        if not _is_year(year):
            problems.append(Problem("This is no academic year.", "Write it as 2023/24.", file, number, YEAR))
        elif None not in values:
            prior, mean, deviation = (value for value in values if value is not None)
            yield year, prior, mean, deviation


def _number(
    row: Mapping[str, str | None], column: str, file: str, number: int, problems: list[Problem]
) -> float | None:
    try:
        value = float(row[column] or "")
    except ValueError:
        value = float("nan")
    if isfinite(value):
        return value
    problems.append(Problem("This is no number.", "Write it as 45.2.", file, number, column))
    return None


def _is_year(text: str) -> bool:
    begin, _, end = text.partition("/")
    return len(begin) == 4 and begin.isdigit() and end.isdigit() and int(end) == (int(begin) + 1) % 100


def _tables(
    rows: Sequence[tuple[str, float, float, float]], file: str, problems: list[Problem]
) -> dict[str, NationalTable]:
    found = {}
    for year in sorted({row[0] for row in rows}):
        own = [row for row in rows if row[0] == year]
        if len({row[3] for row in own}) > 1:
            what = f"The rows of {year} give several standard deviations."
            problems.append(Problem(what, "A year has one, the same in each row.", file, None, DEVIATION))
            continue
        try:
            found[year] = NationalTable(year, tuple(Band(row[1], row[2]) for row in own), own[0][3])
        except ValueError as wrong:
            problems.append(Problem(f"{wrong}", f"Mend the rows of {year}.", file))
    return found


def place_progress_scores(
    state: LiveState, scope: Scope, tables: Mapping[str, NationalTable], year: str | None = None
) -> tuple[SchoolScore, ...]:
    """Scores of the place and its schools by name; without a year that of the newest Attainment 8 scores sent.

    Raises InputRefused where no school sent any and no year is named. Children of Year 11 on roll on census day
    without a result are counted as such.
    """
    years = years_with(state, scope, _RESULTS.after)
    chosen = year or (years[0] if years else None)
    if chosen is None:
        what = f"No school of {scope.name} has sent Attainment 8 scores."
        raise InputRefused([Problem(what, "Send results.csv with the assessment KS4_A8.")])
    by_school: dict[int, list[PupilResult]] = {}
    known = set()
    for pupil in pupils_of(state, scope, _RESULTS.before, _RESULTS.after, chosen):
        by_school.setdefault(pupil.school, []).append(PupilResult(pupil.after, pupil.before))
        known.add((pupil.school, pupil.child))
    for school, child in _in_year_11(state, scope, chosen):
        if (school, child) not in known:
            by_school.setdefault(school, []).append(PupilResult(None, None))
    everyone = [pupil for pupils in by_school.values() for pupil in pupils]
    schools = [
        SchoolScore(school.urn, school.name, progress_score(by_school[school.urn], chosen, tables))
        for school in state.schools_of(scope)
        if school.urn in by_school
    ]
    return (SchoolScore(None, scope.name, progress_score(everyone, chosen, tables)), *schools)


def _in_year_11(state: LiveState, scope: Scope, year: str) -> list[tuple[int, int]]:
    day = roll_days(year).census
    rows = state.rows(
        "SELECT DISTINCT e.school, e.child FROM enrolment AS e JOIN school AS s USING (school) WHERE s.place = ? "
        "AND e.year = ? AND e.year_group = '11' AND (e.status IS NULL OR e.status IN ('C', 'M')) "
        "AND e.start <= ? AND (e.leaving IS NULL OR e.leaving >= ?) ORDER BY ALL",
        [scope.place.code, year, day, day],
    )
    return [(school, child) for school, child in rows]
